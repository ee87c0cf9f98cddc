import { expect } from 'chai';

import { ReadCache } from './read-cache.js';

describe('ReadCache', () => {
  let reads: string[];
  let cache: ReadCache<string>;

  function get(id: string, found?: string): string | undefined {
    return cache.get(id, () => {
      reads.push(id);
      return found;
    });
  }

  beforeEach(() => {
    reads = [];
    cache = new ReadCache((row) => row.length <= 10, 4);
  });

  it('reads a row once, and a missing one too', () => {
    expect(get('k', 'one')).to.equal('one');
    expect(get('k', 'two')).to.equal('one');
    expect(get('none')).to.equal(undefined);
    expect(get('none', 'two')).to.equal(undefined);
    expect(reads).to.deep.equal(['k', 'none']);
  });

  it('reads again what has been written in between, whichever half it is in', () => {
    for (const id of ['old', '1', '2']) get(id, 'before');
    for (const id of ['old', '2']) {
      cache.forget(id);
      expect(get(id, 'after')).to.equal('after');
    }
  });

  it('keeps what is read again, and forgets the rest', () => {
    get('hot', 'x');
    for (let n = 0; n < 10; n++) {
      get(String(n), 'x');
      get('hot');
    }
    expect(reads.filter((read) => read === 'hot')).to.have.length(1);
    get('0');
    expect(reads.filter((read) => read === '0')).to.have.length(2);
  });

  it('does not keep what is too long', () => {
    for (let n = 0; n < 2; n++) get('long', 'x'.repeat(11));
    expect(reads).to.have.length(2);
  });
});
