import { expect } from 'chai';

import { LedgerError } from '../errors.js';
import { formatPolicy } from '../policy/index.js';
import { parseCollections } from './collections-file.js';

describe('parseCollections', () => {
  it('reads what the peer’s command line reads, with its defaults', () => {
    const [plain, whole] = parseCollections(`[
      { "name": "a", "policy": "OR('A.member', 'B.member')" },
      { "name": "b", "policy": "OR('A.member')", "requiredPeerCount": 1, "maxPeerCount": 3, "blockToLive": 9,
        "memberOnlyRead": true, "memberOnlyWrite": true, "endorsementPolicy": { "signaturePolicy": "AND('A.peer', 'B.peer')" } }
    ]`);
    expect(plain).to.deep.include({
      name: 'a',
      requiredPeerCount: 0,
      maximumPeerCount: 1,
      blockToLive: 0,
      memberOnlyRead: false,
      memberOnlyWrite: false,
    });
    expect(plain).not.to.have.property('endorsementPolicy');
    expect(whole).to.deep.include({
      requiredPeerCount: 1,
      maximumPeerCount: 3,
      blockToLive: 9,
      memberOnlyRead: true,
      memberOnlyWrite: true,
    });
    const policies = [plain?.memberOrgsPolicy?.signaturePolicy, whole?.endorsementPolicy?.signaturePolicy];
    expect(policies.map((policy) => policy && formatPolicy(policy))).to.deep.equal([
      "OR('A.member', 'B.member')",
      "AND('A.peer', 'B.peer')",
    ]);
  });

  it('takes a policy of the channel for endorsement, too', () => {
    const [collection] = parseCollections(
      `[{ "name": "a", "policy": "OR('A.peer')", "endorsementPolicy": { "channelConfigPolicy": "/Channel/Application/Endorsement" } }]`,
    );
    expect(collection?.endorsementPolicy).to.deep.equal({
      channelConfigPolicyReference: '/Channel/Application/Endorsement',
    });
  });

  const bad: readonly (readonly [text: string, why: RegExp])[] = [
    ['[', /no list/],
    ['{}', /not a list/],
    ['[1]', /\/0 is not an object/],
    [`[{ "name": "a" }]`, /\/0\/policy needs a text/],
    [`[{ "name": "a", "policy": "OR('A')" }]`, /cannot read the policy/],
    [`[{ "name": "a", "policy": "OR('A.peer')", "maxPeerCount": "3" }]`, /\/0\/maxPeerCount needs a whole/],
    [`[{ "name": "a", "policy": "OR('A.peer')", "memberOnlyRead": 1 }]`, /\/0\/memberOnlyRead needs true/],
    [`[{ "name": "a", "policy": "OR('A.peer')", "blockTolive": 1 }]`, /a member blockTolive/],
    [`[{ "name": "a", "policy": "OR('A.peer')", "endorsementPolicy": {} }]`, /\/0\/endorsementPolicy names/],
  ];
  for (const [text, why] of bad) {
    it(`refuses ${text}`, () => {
      expect(() => parseCollections(text)).to.throw(LedgerError, why);
    });
  }
});
