import { expect } from 'chai';
import { remember } from './remember.js';

describe('remember', () => {
  it('computes once for each argument, also where the result is undefined', () => {
    const calls: number[] = [];
    const half = remember(String, (value: number) => {
      calls.push(value);
      return value % 2 === 0 ? value / 2 : undefined;
    });
    expect([half(4), half(3), half(4), half(3)]).to.deep.equal([2, undefined, 2, undefined]);
    expect(calls).to.deep.equal([4, 3]);
  });

  it('keeps 1024 results and forgets the oldest first', () => {
    let calls = 0;
    const count = remember(String, (value: number) => {
      calls += 1;
      return value;
    });
    for (let value = 0; value <= 1024; value += 1) count(value);
    for (let value = 1; value <= 1024; value += 1) count(value);
    expect(calls).to.equal(1025);
    count(0);
    expect(calls).to.equal(1026);
  });
});
