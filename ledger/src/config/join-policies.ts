import { decode, encode } from '../codec/index.js';
import { readPrincipal } from '../identity/index.js';
import { MSPRole, PolicyType, SignaturePolicyEnvelope } from '../proto/index.js';
import type { MSPPrincipal, Policy, SignaturePolicy } from '../proto/index.js';

/** The policy with one organisation's signers in the place of another's. Policies over other policies stay as they are. */
export function withOther(policy: Policy, like: string, mspId: string): Policy {
  return mapSignaturePolicy(policy, ({ version, rule, identities }) => ({
    version,
    rule,
    identities: identities.map((principal) => twinOf(principal, like, mspId) ?? principal),
  }));
}

/**
 * The policy with a new organisation beside another: wherever a rule asks for some of a list, and the other's signer is on that
 * list, the same signer of the new one comes on it too. A list of which all must sign stays as it is.
 */
export function withAnother(policy: Policy, like: string, mspId: string): Policy {
  return mapSignaturePolicy(policy, ({ version, rule, identities }) => {
    const all = [...identities];
    const known = new Map<number, number>();
    const twinAt = (index: number): number | undefined => {
      const principal = identities[index];
      const twin = principal && twinOf(principal, like, mspId);
      if (twin === undefined) return undefined;
      const place = known.get(index) ?? all.push(twin) - 1;
      known.set(index, place);
      return place;
    };
    return { version, rule: rule && withTwins(rule, twinAt), identities: all };
  });
}

function withTwins(rule: SignaturePolicy, twinAt: (index: number) => number | undefined): SignaturePolicy {
  if (rule.nOutOf === undefined) return rule;
  const { n } = rule.nOutOf;
  const rules = rule.nOutOf.rules.map((inner) => withTwins(inner, twinAt));
  const isChoice = n < rules.length;
  const added = rules.flatMap(({ signedBy }) => {
    const twin = signedBy === undefined || !isChoice ? undefined : twinAt(signedBy);
    return twin === undefined ? [] : [{ signedBy: twin }];
  });
  return { nOutOf: { n, rules: [...rules, ...added] } };
}

/** The same role of another organisation; undefined for a principal of somebody else or of another kind. */
function twinOf(principal: MSPPrincipal, like: string, mspId: string): MSPPrincipal | undefined {
  const read = readPrincipal(principal);
  if (read.kind !== 'role' || read.mspId !== like) return undefined;
  const { role } = decode(MSPRole, principal.principal);
  return { ...principal, principal: encode(MSPRole, { mspIdentifier: mspId, role }) };
}

function mapSignaturePolicy(
  policy: Policy,
  change: (
    envelope: SignaturePolicyEnvelope,
  ) => Omit<SignaturePolicyEnvelope, 'rule'> & { readonly rule?: SignaturePolicy | undefined },
): Policy {
  if (policy.type !== PolicyType.SIGNATURE) return policy;
  const { rule, ...rest } = change(decode(SignaturePolicyEnvelope, policy.value));
  return {
    ...policy,
    value: encode(SignaturePolicyEnvelope, { ...rest, ...(rule !== undefined && { rule }) }),
  };
}
