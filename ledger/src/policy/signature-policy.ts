import { decode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { readPrincipal } from '../identity/index.js';
import { SignaturePolicyEnvelope } from '../proto/index.js';
import type { Principal, PrincipalHolder } from '../identity/index.js';
import type { SignaturePolicy } from '../proto/index.js';

/** A policy that can be asked. */
export interface CompiledPolicy {
  /**
   * Whether the signers satisfy the policy. Each must stand there once, and its signature must be known to be valid:
   * see `validSigners`.
   */
  isSatisfiedBy(signers: readonly PrincipalHolder[]): boolean;
}

/** Rule over signers of which some have already been used up; uses up more of them when it holds. */
type Rule = (signers: readonly PrincipalHolder[], used: boolean[]) => boolean;

/**
 * Reads and compiles a serialized common.SignaturePolicyEnvelope.
 *
 * @throws LedgerError INVALID_POLICY
 */
export function readSignaturePolicy(bytes: Uint8Array): CompiledPolicy {
  return compileSignaturePolicy(decodeSignaturePolicy(bytes));
}

/**
 * Reads a serialized common.SignaturePolicyEnvelope.
 *
 * @throws LedgerError INVALID_POLICY
 */
export function decodeSignaturePolicy(bytes: Uint8Array): SignaturePolicyEnvelope {
  try {
    return decode(SignaturePolicyEnvelope, bytes);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LedgerError('INVALID_POLICY', `the bytes are no signature policy: ${error.message}`);
  }
}

/**
 * Compiles a signature policy (common/cauthdsl/cauthdsl.go). Evaluation is greedy: rules are tried in their order, each
 * takes the first unused signer that fits, and a signer counts once.
 *
 * @throws LedgerError INVALID_POLICY
 */
export function compileSignaturePolicy(envelope: SignaturePolicyEnvelope): CompiledPolicy {
  if (envelope.version !== 0) throw invalid(`its version is ${envelope.version}, only 0 is known`);
  const principals = envelope.identities.map((principal) => readPrincipal(principal));
  const rule = compileRule(envelope.rule, principals);
  return {
    isSatisfiedBy: (signers) =>
      rule(
        signers,
        signers.map(() => false),
      ),
  };
}

function compileRule(policy: SignaturePolicy | undefined, principals: readonly Principal[]): Rule {
  if (policy?.nOutOf !== undefined) {
    const { n, rules } = policy.nOutOf;
    return atLeast(
      n,
      rules.map((rule) => compileRule(rule, principals)),
    );
  }
  if (policy?.signedBy === undefined) throw invalid('a rule is empty');
  const principal = principals[policy.signedBy];
  if (principal === undefined) {
    throw invalid(`it asks for identity ${policy.signedBy} of ${principals.length}`);
  }
  return signedBy(principal);
}

function signedBy(principal: Principal): Rule {
  return (signers, used) => {
    const index = signers.findIndex((signer, i) => used[i] !== true && signer.satisfies(principal));
    if (index < 0) return false;
    used[index] = true;
    return true;
  };
}

function atLeast(n: number, rules: readonly Rule[]): Rule {
  return (signers, used) => {
    let satisfied = 0;
    for (const rule of rules) {
      const usedByRule = [...used];
      if (!rule(signers, usedByRule)) continue;
      satisfied++;
      for (const [i, isUsed] of usedByRule.entries()) used[i] = isUsed;
    }
    return satisfied >= n;
  };
}

function invalid(why: string): LedgerError {
  return new LedgerError('INVALID_POLICY', `cannot compile the signature policy: ${why}`);
}
