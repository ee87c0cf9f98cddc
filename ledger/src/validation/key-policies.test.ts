import { expect } from 'chai';
import { encode } from '../codec/index.js';
import { KVMetadataWrite } from '../proto/index.js';
import { at, chaincodeSet, put, stateOf } from '../testing/state-fixtures.js';
import { KeyPolicies, VALIDATION_PARAMETER } from './key-policies.js';

const metadata = (...values: number[][]): Uint8Array =>
  encode(KVMetadataWrite, {
    entries: values.map((bytes) => ({ name: VALIDATION_PARAMETER, value: Uint8Array.from(bytes) })),
  });

describe('KeyPolicies', () => {
  it('finds the last policy in the metadata, and none in empty bytes, other metadata or no metadata', () => {
    const other = encode(KVMetadataWrite, { entries: [{ name: 'OTHER', value: Uint8Array.of(1) }] });
    const policies = new KeyPolicies(
      stateOf(
        put('own', at(1, 0), 'old', metadata([1], [2])),
        put('cleared', at(1, 0), 'old', metadata([])),
        put('other', at(1, 0), 'old', other),
        put('broken', at(1, 0), 'old', Uint8Array.of(0xff)),
        put('plain', at(1, 0)),
      ),
    );
    expect(policies.of('cc', 'own')).to.deep.equal(Uint8Array.of(0x0a, 1, 2));
    for (const key of ['cleared', 'other', 'broken', 'plain', 'absent']) {
      expect(policies.of('cc', key), key).to.equal(undefined);
    }
  });

  it('remembers changes of public and of private keys apart', () => {
    const policies = new KeyPolicies(stateOf());
    const collection = {
      namespace: 'cc$$hpair',
      collection: 'pair',
      reads: [],
      writes: [],
      metadataWrites: [{ key: 'ab12', entries: [] }],
      privateHash: new Uint8Array(),
    };
    policies.noteChanges(
      chaincodeSet({ metadataWrites: [{ key: 'k', entries: [] }], collections: [collection] }),
    );
    expect(policies.isChanged('cc', 'k')).to.equal(true);
    expect(policies.isChanged('cc$$hpair', 'ab12')).to.equal(true);
    expect(policies.isChanged('cc', 'ab12')).to.equal(false);
    expect(policies.isChanged('cc$$hpair', 'k')).to.equal(false);
  });
});
