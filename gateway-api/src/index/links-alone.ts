import { ledgerChecks } from './ledger-checks.js';

/** Check of a statement's own signature, besides those of its block. */
export const STATEMENT_SIGNATURE = 'device signature of the statement';

/**
 * What is checked of blocks that are indexed by their links alone: that these are the blocks which enough orderers signed, one behind the
 * other. What in them is valid is their peer's word. Only a rebuild does so, when it is told to; following never does.
 */
export const linkChecks: readonly string[] = ['data-hash', 'chain-link', 'orderer-quorum'];

/** The checks that are not made then, and can be made up (verify-index.ts). */
export const unmadeChecks: readonly string[] = [
  ...ledgerChecks.checks.filter((check) => !linkChecks.includes(check)),
  STATEMENT_SIGNATURE,
];

/** What is not checked of what blocks say that come behind those: what they rest on. */
export function restingOn(linkedTo: number): string {
  return `what blocks 0 to ${String(linkedTo)} left: of these ${linkChecks.join(', ')} alone were checked`;
}
