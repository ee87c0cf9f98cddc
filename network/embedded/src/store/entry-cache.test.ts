import { expect } from 'chai';
import type { StateEntry } from '@passage/ledger';

import { EntryCache } from './entry-cache.js';

function entry(length: number): StateEntry {
  return { value: new Uint8Array(length), version: { block: 1, tx: 0 } };
}

describe('EntryCache', () => {
  let reads: string[];
  let cache: EntryCache;

  function get(namespace: string, key: string, found?: StateEntry): StateEntry | undefined {
    return cache.get(namespace, key, () => {
      reads.push(`${namespace}/${key}`);
      return found;
    });
  }

  beforeEach(() => {
    reads = [];
    cache = new EntryCache(4);
  });

  it('reads an entry once, and a missing one too', () => {
    const found = entry(1);
    expect(get('a', 'k', found)).to.equal(found);
    expect(get('a', 'k')).to.equal(found);
    expect(get('a', 'none')).to.equal(undefined);
    expect(get('a', 'none', found)).to.equal(undefined);
    expect(reads).to.deep.equal(['a/k', 'a/none']);
  });

  it('reads again what has been written in between, whichever half it is in', () => {
    for (const key of ['old', '1', '2']) get('a', key, entry(1));
    for (const key of ['old', '2']) {
      cache.forget('a', key);
      const written = entry(2);
      expect(get('a', key, written)).to.equal(written);
    }
  });

  it('takes no key for another one', () => {
    get('a', 'bc', entry(1));
    expect(get('ab', 'c')).to.equal(undefined);
    expect(get('a b', 'c')).to.equal(undefined);
  });

  it('keeps what is read again, and forgets the rest', () => {
    get('a', 'hot', entry(1));
    for (let n = 0; n < 10; n++) {
      get('a', String(n), entry(1));
      get('a', 'hot');
    }
    expect(reads.filter((read) => read === 'a/hot')).to.have.length(1);
    get('a', '0');
    expect(reads.filter((read) => read === 'a/0')).to.have.length(2);
  });

  it('does not keep long values', () => {
    for (let n = 0; n < 2; n++) get('a', 'long', entry(5000));
    expect(reads).to.have.length(2);
  });
});
