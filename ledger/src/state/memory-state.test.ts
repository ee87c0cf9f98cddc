import { expect } from 'chai';
import fc from 'fast-check';
import { MemoryState } from './memory-state.js';
import type { StateUpdate } from './state-reader.js';

const version = { block: 1, tx: 0 };
const put = (key: string, text = key): StateUpdate => ({
  namespace: 'cc',
  key,
  version,
  value: Buffer.from(text),
});
const del = (key: string): StateUpdate => ({ namespace: 'cc', key, version });
const keysOf = (state: MemoryState, start = '', end = ''): string[] =>
  [...state.range('cc', start, end)].map(([key]) => key);

describe('MemoryState', function () {
  this.timeout(30_000);

  it('answers ranges like a sorted copy of what was written, through any order of writes, deletes and ranges', () => {
    const key = fc.oneof(
      fc.constantFrom('', '__proto__', 'a\0b', '\uFFFD', '\u{1F600}'),
      fc.string({ maxLength: 3 }),
    );
    const step = fc.record({ key, remove: fc.boolean(), ask: fc.boolean(), start: key, end: key });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const state = new MemoryState();
        const model = new Set<string>();
        for (const { key, remove, ask, start, end } of steps) {
          state.apply([remove ? del(key) : put(key)]);
          if (remove) model.delete(key);
          else model.add(key);
          if (!ask) continue;
          const bytes = (text: string): Buffer => Buffer.from(text);
          const expected = [...model]
            .filter(
              (k) => bytes(k).compare(bytes(start)) >= 0 && (end === '' || bytes(k).compare(bytes(end)) < 0),
            )
            .sort((a, b) => bytes(a).compare(bytes(b)));
          expect(keysOf(state, start, end)).to.deep.equal(expected);
        }
      }),
    );
  });

  it('keeps namespaces apart and forgets those that became empty', () => {
    const state = new MemoryState();
    state.apply([put('a'), { ...put('a', 'other'), namespace: 'cc$$hpair' }]);
    expect(Buffer.from(state.get('cc$$hpair', 'a')?.value ?? []).toString()).to.equal('other');
    state.apply([del('a')]);
    expect(state.namespaces()).to.deep.equal(['cc$$hpair']);
    expect(state.get('cc', 'a')).to.equal(undefined);
  });

  it('loses the metadata with a write that carries none', () => {
    const state = new MemoryState();
    state.apply([{ ...put('a'), metadata: Uint8Array.of(1) }]);
    state.apply([put('a')]);
    expect(state.get('cc', 'a')).to.deep.equal({ value: Buffer.from('a'), version });
  });

  it('keeps copies, so that a value does not hold the block that it came in', () => {
    const state = new MemoryState();
    const block = new Uint8Array(1000);
    state.apply([{ ...put('a'), value: block.subarray(10, 20), metadata: block.subarray(20, 22) }]);
    const { value, metadata } = state.get('cc', 'a') ?? {};
    expect(value?.buffer.byteLength).to.equal(10);
    expect(metadata?.buffer.byteLength).to.equal(2);
  });
});
