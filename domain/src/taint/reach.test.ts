import { expect } from 'chai';
import { reachOf } from './reach.js';

const at = (block: number) => ({ block, position: 0, item: 0 });

describe('reachOf', () => {
  it('goes to what was inside then, and not to what was put in later or taken out before', () => {
    const within = [
      { inner: 'carton', outer: 'container', transactionId: 'stuffed', from: at(1) },
      { inner: 'gone', outer: 'container', transactionId: 'x', from: at(1), until: at(4) },
      { inner: 'later', outer: 'container', transactionId: 'y', from: at(6) },
      { inner: 'item', outer: 'carton', transactionId: 'packed', from: at(0) },
    ];
    const reached = reachOf(['container'], at(5), within, []);
    expect(reached.map(({ object }) => object)).to.deep.equal(['container', 'carton', 'item']);
    expect(reached[2]?.path).to.deep.equal([
      { object: 'container' },
      { object: 'carton', transactionId: 'stuffed' },
      { object: 'item', transactionId: 'packed' },
    ]);
  });

  it('counts what goes in with the word itself as inside, and what comes out with it as out', () => {
    const within = [
      { inner: 'in', outer: 'container', transactionId: 'x', from: at(5) },
      { inner: 'out', outer: 'container', transactionId: 'y', from: at(1), until: at(5) },
      { inner: 'other', outer: 'pallet', transactionId: 'z', from: at(1) },
    ];
    const made = [
      { input: 'in', output: 'made', transactionId: 'm', at: at(5) },
      { input: 'strange', output: 'never', transactionId: 'n', at: at(6) },
    ];
    const reached = reachOf(['container'], at(5), within, made);
    expect(reached.map(({ object }) => object)).to.deep.equal(['container', 'in', 'made']);
  });

  it('tells the earliest way to what is reached by several', () => {
    const made = [
      { input: 'a', output: 'b', transactionId: 'ab', at: at(2) },
      { input: 'a', output: 'c', transactionId: 'ac', at: at(9) },
      { input: 'b', output: 'c', transactionId: 'bc', at: at(3) },
      { input: 'b', output: 'd', transactionId: 'bd', at: at(4) },
    ];
    const reached = reachOf(['a'], at(1), [], made);
    expect(reached.map(({ object, at: when }) => [object, when.block])).to.deep.equal([
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 4],
    ]);
  });

  it('follows what was made of it afterwards, from then on', () => {
    const made = [
      { input: 'lot', output: 'paint', transactionId: 'mixed', at: at(7) },
      { input: 'lot', output: 'earlier', transactionId: 'z', at: at(3) },
    ];
    const within = [{ inner: 'label', outer: 'paint', transactionId: 'w', from: at(8) }];
    const reached = reachOf(['lot'], at(5), within, made);
    expect(reached.map(({ object, at: when }) => [object, when.block])).to.deep.equal([
      ['lot', 5],
      ['paint', 7],
    ]);
  });

  it('ends where things go in a circle', () => {
    const made = [
      { input: 'a', output: 'b', transactionId: 'ab', at: at(2) },
      { input: 'b', output: 'a', transactionId: 'ba', at: at(3) },
    ];
    expect(reachOf(['a'], at(1), [], made).map(({ object }) => object)).to.deep.equal(['a', 'b']);
  });
});
