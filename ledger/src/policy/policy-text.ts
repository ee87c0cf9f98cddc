import { LedgerError } from '../errors.js';
import { readPrincipal } from '../identity/index.js';
import { and, or, outOf, signer } from './build-policy.js';
import type { Principal } from '../identity/index.js';
import type { SignaturePolicy, SignaturePolicyEnvelope } from '../proto/index.js';
import type { PolicyRule, RoleName } from './build-policy.js';

/** Deepest nesting of rules in a text. */
const MAX_DEPTH = 50;

const TOKEN = /\s*(?:(AND|OR|OutOf)\s*\(|'([^']+)\.(member|admin|client|peer|orderer)'|(\d+)|([,)]))/iy;

/**
 * Reads a rule in Fabric's policy language (common/policydsl): `AND('A.peer', OutOf(2, 'B.peer', 'C.member'))`.
 *
 * @throws LedgerError INVALID_POLICY with the place where it stops being one
 */
export function parsePolicy(text: string): PolicyRule {
  const tokens = new Tokens(text);
  const rule = parseRule(tokens, 0);
  tokens.end();
  return rule;
}

function parseRule(tokens: Tokens, depth: number): PolicyRule {
  if (depth > MAX_DEPTH) throw tokens.fail('rules nested too deeply');
  const { gate, mspId, role } = tokens.next();
  if (mspId !== undefined && role !== undefined) return signer(mspId, role.toLowerCase() as RoleName);
  switch (gate?.toLowerCase()) {
    case 'and':
      return and(...parseRules(tokens, depth));
    case 'or':
      return or(...parseRules(tokens, depth));
    case 'outof': {
      const { digits } = tokens.next();
      if (digits === undefined) throw tokens.fail('a number is missing');
      tokens.mark(',');
      const rules = parseRules(tokens, depth);
      const n = Number(digits);
      if (n > rules.length) throw tokens.fail(`${n} of ${rules.length} rules cannot be satisfied`);
      return outOf(n, ...rules);
    }
    default:
      throw tokens.fail('a rule is missing');
  }
}

function parseRules(tokens: Tokens, depth: number): PolicyRule[] {
  const rules = [parseRule(tokens, depth + 1)];
  while (tokens.mark(',', ')') === ',') rules.push(parseRule(tokens, depth + 1));
  return rules;
}

interface Token {
  readonly gate?: string;
  readonly mspId?: string;
  readonly role?: string;
  readonly digits?: string;
  readonly mark?: string;
}

class Tokens {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    TOKEN.lastIndex = this.#position;
    const found = TOKEN.exec(this.#text);
    if (found === null) throw this.fail('neither a rule nor a signer');
    this.#position = TOKEN.lastIndex;
    const [, gate, mspId, role, digits, mark] = found as (string | undefined)[];
    return {
      ...(gate !== undefined && { gate }),
      ...(mspId !== undefined && { mspId }),
      ...(role !== undefined && { role }),
      ...(digits !== undefined && { digits }),
      ...(mark !== undefined && { mark }),
    };
  }

  /** The next token, which must be one of these marks. */
  mark(...allowed: readonly string[]): string {
    const { mark } = this.next();
    if (mark === undefined || !allowed.includes(mark)) throw this.fail(`${allowed.join(' or ')} is missing`);
    return mark;
  }

  end(): void {
    if (this.#text.slice(this.#position).trim() !== '') throw this.fail('it goes on after its end');
  }

  fail(why: string): LedgerError {
    const place = `at character ${this.#position} of "${this.#text}"`;
    return new LedgerError('INVALID_POLICY', `cannot read the policy: ${why} ${place}`);
  }
}

/** A signature policy as text for people, in the same language as far as it reaches. */
export function formatPolicy({ rule, identities }: SignaturePolicyEnvelope): string {
  return formatRule(
    rule,
    identities.map((principal) => formatPrincipal(readPrincipal(principal))),
  );
}

function formatRule(rule: SignaturePolicy | undefined, names: readonly string[]): string {
  if (rule?.signedBy !== undefined) return names[rule.signedBy] ?? `<no identity ${rule.signedBy}>`;
  if (rule?.nOutOf === undefined) return '<empty>';
  const { n, rules } = rule.nOutOf;
  const inner = rules.map((part) => formatRule(part, names)).join(', ');
  if (n === rules.length && n > 1) return `AND(${inner})`;
  return n === 1 ? `OR(${inner})` : `OutOf(${n}, ${inner})`;
}

function formatPrincipal(principal: Principal): string {
  switch (principal.kind) {
    case 'role':
      return `'${principal.mspId}.${principal.role}'`;
    case 'unit':
      return `<unit ${principal.unit} of ${principal.mspId}>`;
    case 'identity':
      return '<one certificate>';
    case 'nominal':
      return '<anyone>';
    case 'all':
      return `<all of ${principal.of.map(formatPrincipal).join(' and ')}>`;
    case 'nobody':
      return `<nobody: ${principal.why}>`;
  }
}
