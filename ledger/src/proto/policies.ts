import { bytes, embedded, enumeration, int32, message, oneOf, repeated, string } from '../codec/index.js';
import type { Decoded, Message } from '../codec/index.js';

/** How a principal is described; ROLE and IDENTITY are the common ones. */
export const PrincipalClassification = {
  ROLE: 0,
  ORGANIZATION_UNIT: 1,
  IDENTITY: 2,
  ANONYMITY: 3,
  COMBINED: 4,
} as const;

/** Roles that a ROLE principal can ask for. */
export const MSPRoleType = { MEMBER: 0, ADMIN: 1, CLIENT: 2, PEER: 3, ORDERER: 4 } as const;

export const PolicyType = { UNKNOWN: 0, SIGNATURE: 1, MSP: 2, IMPLICIT_META: 3 } as const;

export const ImplicitMetaRule = { ANY: 0, ALL: 1, MAJORITY: 2 } as const;

export const MSPPrincipal = message('common.MSPPrincipal', {
  principalClassification: enumeration(1),
  principal: bytes(2),
});
export type MSPPrincipal = Decoded<typeof MSPPrincipal>;

export const MSPRole = message('common.MSPRole', {
  mspIdentifier: string(1),
  role: enumeration(2),
});
export type MSPRole = Decoded<typeof MSPRole>;

export const OrganizationUnit = message('common.OrganizationUnit', {
  mspIdentifier: string(1),
  organizationalUnitIdentifier: string(2),
  certifiersIdentifier: bytes(3),
});
export type OrganizationUnit = Decoded<typeof OrganizationUnit>;

export const MSPIdentityAnonymity = message('common.MSPIdentityAnonymity', {
  anonymityType: enumeration(1),
});
export type MSPIdentityAnonymity = Decoded<typeof MSPIdentityAnonymity>;

export const CombinedPrincipal = message('common.CombinedPrincipal', {
  principals: repeated(embedded(1, MSPPrincipal)),
});
export type CombinedPrincipal = Decoded<typeof CombinedPrincipal>;

/** A rule over signers: either the signer at an index of the identities, or n of other rules. */
export interface SignaturePolicy {
  readonly signedBy?: number;
  readonly nOutOf?: NOutOf;
}
export interface NOutOf {
  readonly n: number;
  readonly rules: readonly SignaturePolicy[];
}
export const NOutOf: Message<NOutOf> = message('common.SignaturePolicy.NOutOf', {
  n: int32(1),
  rules: repeated(embedded(2, (): Message<SignaturePolicy> => SignaturePolicy)),
});
export const SignaturePolicy: Message<SignaturePolicy> = message(
  'common.SignaturePolicy',
  oneOf('type', { signedBy: int32(1), nOutOf: embedded(2, NOutOf) }),
);
export const SignaturePolicyEnvelope = message('common.SignaturePolicyEnvelope', {
  version: int32(1),
  rule: embedded(2, SignaturePolicy),
  identities: repeated(embedded(3, MSPPrincipal)),
});
export type SignaturePolicyEnvelope = Decoded<typeof SignaturePolicyEnvelope>;

export const ImplicitMetaPolicy = message('common.ImplicitMetaPolicy', {
  subPolicy: string(1),
  rule: enumeration(2),
});
export type ImplicitMetaPolicy = Decoded<typeof ImplicitMetaPolicy>;

export const Policy = message('common.Policy', {
  type: enumeration(1),
  value: bytes(2),
});
export type Policy = Decoded<typeof Policy>;

/** Policy of a chaincode or collection: spelled out, or the path of one in the channel configuration. */
export const ApplicationPolicy = message('protos.ApplicationPolicy', {
  ...oneOf('type', {
    signaturePolicy: embedded(1, SignaturePolicyEnvelope),
    channelConfigPolicyReference: string(2),
  }),
});
export type ApplicationPolicy = Decoded<typeof ApplicationPolicy>;
