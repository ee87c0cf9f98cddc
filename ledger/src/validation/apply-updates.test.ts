import { expect } from 'chai';
import { encode, utf8 } from '../codec/index.js';
import { KVMetadataWrite } from '../proto/index.js';
import { at, chaincodeSet, put, stateOf } from '../testing/state-fixtures.js';
import { applyWrites } from './apply-updates.js';
import { PendingUpdates } from './pending-updates.js';
import type { ChaincodeSet } from '../rwset/index.js';
import type { StateUpdate } from '../state/index.js';

const entries = [{ name: 'VALIDATION_PARAMETER', value: Uint8Array.of(1) }];
const metadata = encode(KVMetadataWrite, { entries });
const version = at(5, 2);
const base = stateOf(put('k', at(1, 0), 'old', metadata));

function outcome(...sets: Partial<ChaincodeSet>[]): StateUpdate[] {
  const pending = new PendingUpdates(base);
  for (const set of sets) applyWrites([chaincodeSet(set)], version, pending);
  return [...pending];
}

describe('applyWrites', () => {
  it('keeps the metadata where only the value is written', () => {
    const written = outcome({ writes: [{ key: 'k', value: utf8('new') }] });
    expect(written).to.deep.equal([put('k', version, 'new', metadata)]);
  });

  it('keeps the value and raises the version where only the metadata is written', () => {
    const other = [{ name: 'VALIDATION_PARAMETER', value: Uint8Array.of(2) }];
    const written = outcome({ metadataWrites: [{ key: 'k', entries: other }] });
    expect(written).to.deep.equal([put('k', version, 'old', encode(KVMetadataWrite, { entries: other }))]);
  });

  it('leaves nothing where only the metadata of an absent key is written', () => {
    expect(outcome({ metadataWrites: [{ key: 'absent', entries }] })).to.deep.equal([]);
  });

  it('drops the metadata where no entries are written', () => {
    const written = outcome({ metadataWrites: [{ key: 'k', entries: [] }] });
    expect(written).to.deep.equal([put('k', version)]);
  });

  it('takes the metadata away with the key', () => {
    const gone = { namespace: 'cc', key: 'k', version };
    expect(outcome({ writes: [{ key: 'k' }] })).to.deep.equal([gone]);
    expect(outcome({ writes: [{ key: 'k' }], metadataWrites: [{ key: 'k', entries }] })).to.deep.equal([
      gone,
    ]);
    const created = outcome({ writes: [{ key: 'k' }] }, { writes: [{ key: 'k', value: utf8('new') }] });
    expect(created).to.deep.equal([put('k', version, 'new')]);
  });

  it('gives a new key its value and metadata at once', () => {
    const written = outcome({
      writes: [{ key: 'n', value: utf8('new') }],
      metadataWrites: [{ key: 'n', entries }],
    });
    expect(written).to.deep.equal([put('n', version, 'new', metadata)]);
  });

  it('adds up what a forged write set says twice, as peers do: two writes of a key change nothing but its version', () => {
    const twice = {
      writes: [
        { key: 'k', value: utf8('x') },
        { key: 'k', value: utf8('y') },
      ],
    };
    expect(outcome(twice)).to.deep.equal([put('k', version)]);
  });
});
