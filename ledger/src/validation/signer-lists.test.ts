import { expect } from 'chai';
import { MspManager, serializeIdentity } from '../identity/index.js';
import { utf8 } from '../codec/index.js';
import { validSigners } from '../policy/index.js';
import { issue, signer as signerOf } from '../testing/certificates.js';
import { testCa, testMsp } from '../testing/test-msp.js';
import { SignerLists } from './signer-lists.js';
import type { EndorserTransaction } from '../block/index.js';
import type { Endorsement } from '../proto/index.js';

const ca = testCa();
const newMsps = (): MspManager => new MspManager([testMsp('OrgMSP', ca)]);
const msps = newMsps();
const message = utf8('message');
const peers = Array.from({ length: 20 }, () => issue(ca, { units: ['peer'] }));
const endorsements = peers.map(({ pem, key }) => ({
  endorser: serializeIdentity('OrgMSP', pem),
  signature: signerOf(key)(message),
}));
const [first, second] = endorsements as [Endorsement, Endorsement];
const unknown = { ...first, endorser: serializeIdentity('OtherMSP', peers[0]?.pem ?? message) };

const by = (...signed: readonly Endorsement[]): EndorserTransaction =>
  ({ endorsements: signed }) as unknown as EndorserTransaction;
const ALL_GOOD = 0xffffffff;

describe('lists of signers', () => {
  const lists = new SignerLists();

  it('are what `validSigners` says, a signer once, in whichever serialization of its certificate', () => {
    const padded = {
      ...first,
      endorser: serializeIdentity('OrgMSP', Uint8Array.of(...(peers[0]?.pem ?? []), 10)),
    };
    for (const signed of [[first, second], [second, first], [first, first, second], [first, padded], []]) {
      const asked = signed.map(({ endorser: identity, signature }) => ({ identity, message, signature }));
      expect(lists.of(by(...signed), msps, ALL_GOOD)).to.deep.equal(validSigners(asked, msps));
    }
  });

  it('are the same for the same endorsers by the same configuration, and others for others', () => {
    const list = lists.of(by(first, second), msps, ALL_GOOD);
    expect(lists.of(by({ ...first, signature: message }, second), msps, ALL_GOOD)).to.equal(list);
    expect(lists.of(by(second, first), msps, ALL_GOOD)).not.to.equal(list);
    const other = lists.of(by(first, second), newMsps(), ALL_GOOD);
    expect(other).not.to.equal(list);
    expect(other?.map(({ id }) => id)).to.deep.equal(list?.map(({ id }) => id));
  });

  it('are not there where a signature is not known to be good, or a signer not known', () => {
    // Bit 0 speaks of the creator.
    expect(lists.of(by(first, second), msps, 0b011)).to.equal(undefined);
    expect(lists.of(by(first, second), msps, 0b101)).to.equal(undefined);
    expect(lists.of(by(first, second), msps, 0b110)).not.to.equal(undefined);
    expect(lists.of(by(first, unknown), msps, ALL_GOOD)).to.equal(undefined);
  });

  it('are made anew once there were many others', () => {
    const list = lists.of(by(first, second), msps, ALL_GOOD);
    for (const one of endorsements) lists.of(by(one), msps, ALL_GOOD);
    const again = lists.of(by(first, second), msps, ALL_GOOD);
    expect(again).not.to.equal(list);
    expect(again).to.deep.equal(list);
  });
});
