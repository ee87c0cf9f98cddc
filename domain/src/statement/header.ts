import { PassageError } from '../errors/passage-error.js';
import { refuseViolations, type Violation } from '../errors/violations.js';
import { pointerTo } from '../json/pointer.js';
import type { JsonObject, JsonValue } from '../json/value.js';

/** How one member of a protected header is judged: what it must be, in words, and whether a value is that. */
export interface MemberRule {
  readonly must: string;
  readonly holds: (value: JsonValue) => boolean;
}

/** The genesis hash in `aud`: 64 lower-case hex digits. */
export const audienceRule: MemberRule = {
  must: 'be the genesis hash of a ledger, 64 lower-case hex digits',
  holds: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
};

/** A `typ` that is exactly the given text. */
export function typeRule(type: string): MemberRule {
  return { must: `be "${type}"`, holds: (value) => value === type };
}

/** An `alg` that `checkAlgorithm` has already let through. */
export const algorithmRule: MemberRule = {
  must: 'be ES256 or EdDSA',
  holds: (value) => value === 'ES256' || value === 'EdDSA',
};

/**
 * Refuses a header that does not have exactly the members of `rules`, each as its rule asks. The algorithm is judged
 * first, because a header with another one is not meant for us at all.
 *
 * @throws PassageError UNSUPPORTED_ALGORITHM, or INVALID_HEADER with every violation.
 */
export function checkHeader(header: JsonObject, rules: Readonly<Record<string, MemberRule>>): void {
  const { alg } = header;
  if (typeof alg === 'string' && !algorithmRule.holds(alg)) {
    throw new PassageError('UNSUPPORTED_ALGORITHM', 'Signatures are made with ES256 or EdDSA (Ed25519)', {
      alg,
    });
  }
  const unknown = Object.keys(header).filter((member) => !Object.hasOwn(rules, member));
  refuseViolations(
    'The protected header',
    [
      ...unknown.map((member) => violation(member, 'UNKNOWN_MEMBER', 'must not be there')),
      ...Object.entries(rules).flatMap(([member, rule]) => memberViolations(header, member, rule)),
    ],
    'INVALID_HEADER',
  );
}

function memberViolations(header: JsonObject, member: string, rule: MemberRule): Violation[] {
  const value = header[member];
  if (value === undefined) return [violation(member, 'MISSING', 'is missing')];
  return rule.holds(value) ? [] : [violation(member, 'VALUE', `must ${rule.must}`)];
}

function violation(member: string, code: string, message: string): Violation {
  return { pointer: pointerTo('', member), code, message };
}
