import { expect } from 'chai';
import { encodeBase64url } from '../bytes/base64url.js';
import { PSG_LICENCE_PLATE_COMMITMENT } from '../epcis/psg.js';
import { PassageError } from '../errors/passage-error.js';
import { readStatement } from '../statement/read-statement.js';
import { observation, TestDevice, testLedger } from '../testing/index.js';
import { commitmentOf, placesOf, readHeldOpenings } from './prove-field.js';

const salt = encodeBase64url(new Uint8Array(32).fill(9));
const opening = {
  ledger: testLedger,
  subject: 'container:CSQU3054383',
  owner: 'CARRIER1',
  field: 'licencePlate',
  salt,
  value: '12가3456',
};
const commitment = commitmentOf(opening) ?? '';

describe('the proof of a field', () => {
  it('reads openings as gateways and devices give them', () => {
    const kept = { ...opening, v: 1, commitment, keptAt: '2026-01-31T12:00:00.000Z' };
    expect(readHeldOpenings(kept)).to.deep.equal([kept]);
    expect(readHeldOpenings([opening, kept])).to.have.length(2);
    for (const wrong of [{}, [], { ...opening, salt: 'x' }, { ...opening, more: 1 }, 'text'])
      expect(() => readHeldOpenings(wrong)).to.throw(PassageError);
  });

  it('opens the one commitment, and no other by any part that differs', () => {
    expect(commitment).to.match(/^[\w-]{43}$/);
    expect(commitmentOf({ ...opening, commitment })).to.equal(commitment);
    for (const change of [
      { ledger: 'cd'.repeat(32) },
      { subject: 'container:MWCU6059784' },
      { owner: 'BROKER1' },
      { field: 'driver' },
      { salt: encodeBase64url(new Uint8Array(32)) },
      { value: '12가3457' },
    ]) {
      expect(commitmentOf({ ...opening, ...change }), JSON.stringify(change)).to.match(/^[\w-]{43}$/);
      expect(commitmentOf({ ...opening, ...change }), JSON.stringify(change)).not.to.equal(commitment);
      expect(commitmentOf({ ...opening, ...change, commitment })).to.equal(undefined);
    }
  });

  it('finds the commitment wherever a statement of the ledger has it', () => {
    const payload = {
      ...observation(),
      [PSG_LICENCE_PLATE_COMMITMENT]: commitment,
      'psg:more': [{ 'psg:deep': commitment }, 'other'],
    };
    const statement = readStatement(new TestDevice(testLedger).statement({ payload }));
    expect(placesOf(commitment, testLedger, statement)).to.deep.equal([
      '/psg:licencePlateCommitment',
      '/psg:more/0/psg:deep',
    ]);
    expect(placesOf(commitment, 'cd'.repeat(32), statement)).to.deep.equal([]);
    expect(placesOf(salt, testLedger, statement)).to.deep.equal([]);
  });
});
