import { buildSignaturePolicy, compileSignaturePolicy, signer } from '../policy/index.js';
import { findCollection } from './definition.js';
import { implicitCollectionOwner } from './keys.js';
import type { PrincipalHolder } from '../identity/index.js';
import type { StaticCollectionConfig } from '../proto/index.js';
import type { ChaincodeDefinition } from './definition.js';

/**
 * The rules of a private collection: as the definition gives them or, for an implicit collection, which every chaincode has
 * for every organisation, as Fabric makes them up: one member, no end of life, and no rule about clients
 * (Fabric: core/chaincode/lifecycle/deployedcc_infoprovider.go, GenerateImplicitCollectionForOrg).
 */
export function collectionConfig(
  definition: ChaincodeDefinition | undefined,
  name: string,
): StaticCollectionConfig | undefined {
  const owner = implicitCollectionOwner(name);
  if (owner === undefined) return definition && findCollection(definition, name);
  return {
    name,
    memberOrgsPolicy: { signaturePolicy: buildSignaturePolicy(signer(owner, 'member')) },
    requiredPeerCount: 0,
    maximumPeerCount: 0,
    blockToLive: 0,
    memberOnlyRead: false,
    memberOnlyWrite: false,
  };
}

/** Whether somebody belongs to one of the collection's organisations; a collection without a usable policy has no member. */
export function isCollectionMember(
  { memberOrgsPolicy }: StaticCollectionConfig,
  somebody: PrincipalHolder,
): boolean {
  const policy = memberOrgsPolicy?.signaturePolicy;
  return policy !== undefined && compileSignaturePolicy(policy).isSatisfiedBy([somebody]);
}
