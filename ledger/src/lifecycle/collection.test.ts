import { expect } from 'chai';

import { buildSignaturePolicy, parsePolicy, syntheticSigner } from '../policy/index.js';
import { definitionWith } from '../testing/definition.js';
import { collectionConfig, isCollectionMember } from './collection.js';

const shared = {
  name: 'shared',
  memberOrgsPolicy: { signaturePolicy: buildSignaturePolicy(parsePolicy("OR('A.member', 'B.member')")) },
  requiredPeerCount: 0,
  maximumPeerCount: 1,
  blockToLive: 7,
  memberOnlyRead: true,
  memberOnlyWrite: true,
};

const definition = definitionWith({ collections: [shared] });

const membersOf = (name: string): string[] => {
  const config = collectionConfig(definition, name);
  if (config === undefined) return ['no such collection'];
  return ['A', 'B', 'C'].filter((mspId) => isCollectionMember(config, syntheticSigner(mspId, 'peer')));
};

describe('collectionConfig', () => {
  it('is the one of the definition', () => {
    expect(collectionConfig(definition, 'shared')).to.equal(shared);
    expect(membersOf('shared')).to.deep.equal(['A', 'B']);
  });

  it('has one member for an implicit collection, and lets any client read and write it', () => {
    expect(membersOf('_implicit_org_C')).to.deep.equal(['C']);
    expect(collectionConfig(undefined, '_implicit_org_C')).to.include({
      blockToLive: 0,
      memberOnlyRead: false,
      memberOnlyWrite: false,
    });
  });

  it('is missing for a name that nobody defined', () => {
    expect(membersOf('other')).to.deep.equal(['no such collection']);
    expect(collectionConfig(undefined, 'shared')).to.equal(undefined);
  });

  it('has no member where the members are not said', () => {
    expect(isCollectionMember({ ...shared, memberOrgsPolicy: {} }, syntheticSigner('A', 'peer'))).to.equal(
      false,
    );
  });
});
