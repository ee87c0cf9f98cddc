import { encode } from '../codec/index.js';
import {
  ImplicitMetaPolicy,
  MSPRole,
  MSPRoleType,
  PolicyType,
  PrincipalClassification,
  SignaturePolicyEnvelope,
} from '../proto/index.js';
import type { ImplicitMetaRule, MSPPrincipal, Policy, SignaturePolicy } from '../proto/index.js';

export type RoleName = 'member' | 'admin' | 'client' | 'peer' | 'orderer';

/** A signature policy as one writes it: a signer, or so many of other rules. */
export type PolicyRule =
  | { readonly mspId: string; readonly role: RoleName }
  /** Exactly this serialized msp.SerializedIdentity. */
  | { readonly identity: Uint8Array }
  | { readonly n: number; readonly of: readonly PolicyRule[] };

const ROLE_NUMBERS: Readonly<Record<RoleName, number>> = {
  member: MSPRoleType.MEMBER,
  admin: MSPRoleType.ADMIN,
  client: MSPRoleType.CLIENT,
  peer: MSPRoleType.PEER,
  orderer: MSPRoleType.ORDERER,
};

/** A signer of an MSP with a role. */
export function signer(mspId: string, role: RoleName): PolicyRule {
  return { mspId, role };
}

/** At least n of the rules. */
export function outOf(n: number, ...of: readonly PolicyRule[]): PolicyRule {
  return { n, of };
}

export function and(...of: readonly PolicyRule[]): PolicyRule {
  return outOf(of.length, ...of);
}

export function or(...of: readonly PolicyRule[]): PolicyRule {
  return outOf(1, ...of);
}

/**
 * The signature policy of a rule. Identities are listed in the order in which the rule first names them, each once: the
 * bytes are a function of the rule alone. (Fabric's own command line lists inner rules first; compare policies decoded.)
 */
export function buildSignaturePolicy(rule: PolicyRule): SignaturePolicyEnvelope {
  const identities: MSPPrincipal[] = [];
  const indexes = new Map<string, number>();
  const indexOf = (signerRule: Exclude<PolicyRule, { n: number }>): number => {
    const key =
      'identity' in signerRule ? signerRule.identity.join() : `${signerRule.mspId}.${signerRule.role}`;
    const index = indexes.get(key) ?? identities.push(principalOf(signerRule)) - 1;
    indexes.set(key, index);
    return index;
  };
  const policyOf = (inner: PolicyRule): SignaturePolicy =>
    'n' in inner ? { nOutOf: { n: inner.n, rules: inner.of.map(policyOf) } } : { signedBy: indexOf(inner) };
  // A lone signer is written as "1 of 1", as Fabric's own parser writes it.
  const policy = policyOf('n' in rule ? rule : outOf(1, rule));
  return { version: 0, rule: policy, identities };
}

/** The same, serialized. */
export function encodeSignaturePolicy(rule: PolicyRule): Uint8Array {
  return encode(SignaturePolicyEnvelope, buildSignaturePolicy(rule));
}

function principalOf(rule: Exclude<PolicyRule, { n: number }>): MSPPrincipal {
  if ('identity' in rule) {
    return { principalClassification: PrincipalClassification.IDENTITY, principal: rule.identity };
  }
  const role = { mspIdentifier: rule.mspId, role: ROLE_NUMBERS[rule.role] };
  return { principalClassification: PrincipalClassification.ROLE, principal: encode(MSPRole, role) };
}

/** A signature policy as the channel configuration holds it. */
export function signaturePolicy(rule: PolicyRule): Policy {
  return { type: PolicyType.SIGNATURE, value: encodeSignaturePolicy(rule) };
}

/** A policy over the policies of that name in the groups below, as the channel configuration holds it. */
export function implicitMetaPolicy(rule: keyof typeof ImplicitMetaRule, subPolicy: string): Policy {
  const value = encode(ImplicitMetaPolicy, { rule: IMPLICIT_RULES.indexOf(rule), subPolicy });
  return { type: PolicyType.IMPLICIT_META, value };
}

const IMPLICIT_RULES: readonly (keyof typeof ImplicitMetaRule)[] = ['ANY', 'ALL', 'MAJORITY'];
