import { bool, embedded, int32, message, oneOf, repeated, string, uint64 } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';
import { ApplicationPolicy, SignaturePolicyEnvelope } from './policies.js';

export const CollectionPolicyConfig = message('protos.CollectionPolicyConfig', {
  ...oneOf('payload', { signaturePolicy: embedded(1, SignaturePolicyEnvelope) }),
});
export type CollectionPolicyConfig = Decoded<typeof CollectionPolicyConfig>;

export const StaticCollectionConfig = message('protos.StaticCollectionConfig', {
  name: string(1),
  memberOrgsPolicy: embedded(2, CollectionPolicyConfig),
  requiredPeerCount: int32(3),
  maximumPeerCount: int32(4),
  blockToLive: uint64(5),
  memberOnlyRead: bool(6),
  memberOnlyWrite: bool(7),
  endorsementPolicy: embedded(8, ApplicationPolicy),
});
export type StaticCollectionConfig = Decoded<typeof StaticCollectionConfig>;

export const CollectionConfig = message('protos.CollectionConfig', {
  ...oneOf('payload', { staticCollectionConfig: embedded(1, StaticCollectionConfig) }),
});
export type CollectionConfig = Decoded<typeof CollectionConfig>;

export const CollectionConfigPackage = message('protos.CollectionConfigPackage', {
  config: repeated(embedded(1, CollectionConfig)),
});
export type CollectionConfigPackage = Decoded<typeof CollectionConfigPackage>;
