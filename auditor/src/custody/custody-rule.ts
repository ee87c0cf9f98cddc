import { canonicalJson, PassageError } from '@passage/domain';
import type { JsonValue } from '@passage/domain';
import type { CustodyTransaction } from './custody-transaction.js';

/**
 * What is checked of the ledger's own history, whatever the chaincode said:
 * - act: a known act, by somebody who may, which changes what that act changes and nothing else
 * - device-signature: who signed the statements, and that each key was proven by whoever has it
 * - sequence: each number of a key is used once, and nothing that was sent is left out
 * - custody: goods and lots change hands by an offer and its acceptance alone
 * - quantities: what is split, merged, shipped, transformed and certified adds up
 * - holds: customs alone holds and releases, nobody what is his own, and nothing moves that is held
 * - key-policy: keys that customs keeps carry customs' policy
 * - risk-score: a score is the sum of its contributions
 * - outcome: records and policies are what the domain makes of the act, and the domain allows it
 */
export const CUSTODY_CHECKS = [
  'act',
  'device-signature',
  'sequence',
  'custody',
  'quantities',
  'holds',
  'key-policy',
  'risk-score',
  'outcome',
] as const;

export type CustodyCheck = (typeof CUSTODY_CHECKS)[number];

/** How something is not as the domain has it. */
export interface Breach {
  readonly expected: string;
  readonly found: string;
}

/** What came of looking at one thing: undefined where it is as it should be. */
export type Looked = Breach | undefined;

/** One rule over the history: what it looks at in a transaction, each thing once. */
export interface CustodyRule {
  readonly check: CustodyCheck;
  readonly look: (transaction: CustodyTransaction) => readonly Looked[];
}

/** A breach unless it holds. */
export function unless(holds: boolean, expected: string, found: string): Looked {
  return holds ? undefined : { expected, found };
}

/** A breach where a rule of the domain refuses: its code and sentence are what was found. */
export function lawful(expected: string, rule: () => unknown): Looked {
  try {
    rule();
    return undefined;
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    return { expected, found: `${error.code}: ${error.message}` };
  }
}

/** Whether two values of records say the same; undefined is a member that is not there. */
export function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(one) === canonicalJson(other);
}
