import { expect } from 'chai';
import fc from 'fast-check';
import { MemoryState } from '../state/index.js';
import { at, put, stateOf } from '../testing/state-fixtures.js';
import { PendingUpdates } from './pending-updates.js';

describe('PendingUpdates', function () {
  this.timeout(30_000);

  it('ranges over the state as it will be once they are applied', () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', '\uFFFD', '\u{1F600}'), maxLength: 2 });
    const write = fc.record({ key, remove: fc.boolean() });
    fc.assert(
      fc.property(fc.array(key), fc.array(write), key, key, (present, writes, start, end) => {
        const state = stateOf(...present.map((name) => put(name, at(1, 0))));
        const pending = new PendingUpdates(state);
        for (const { key: name, remove } of writes) {
          pending.put(remove ? { namespace: 'cc', key: name, version: at(2, 0) } : put(name, at(2, 0)));
        }
        const applied = new MemoryState();
        applied.apply(present.map((name) => put(name, at(1, 0))));
        const merged = [...pending.range('cc', start, end)];
        applied.apply(pending);
        const expected = [...applied.range('cc', start, end)].map(([name, { version }]) => [name, version]);
        expect(merged).to.deep.equal(expected);
      }),
    );
  });

  it('counts a deleted key as written and finds nothing under it', () => {
    const pending = new PendingUpdates(stateOf(put('k', at(1, 0))));
    pending.put({ namespace: 'cc', key: 'k', version: at(2, 0) });
    expect(pending.has('cc', 'k')).to.equal(true);
    expect(pending.latest('cc', 'k')).to.equal(undefined);
  });
});
