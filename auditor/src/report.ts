import { CHECKS } from '@passage/ledger';
import type { Difference } from '@passage/ledger';

/**
 * What a replay checks: Fabric's rules, and
 * - customs-word: what only customs may say was endorsed by customs
 */
export const AUDIT_CHECKS = [...CHECKS, 'customs-word'] as const;

export type AuditCheck = (typeof AUDIT_CHECKS)[number];

/** Where a block is not what it should be, by any check of a replay. */
export type AuditDifference = Omit<Difference, 'check'> & { readonly check: AuditCheck };

/** What a replay found. */
export interface ReplayReport {
  /** What the blocks were read from. */
  readonly source: string;
  readonly channel: string;
  readonly genesisHash: string;
  /** Blocks and transactions that were judged, up to and including the first difference unless all were asked for. */
  readonly blocks: number;
  readonly transactions: number;
  /** How often each check was made. */
  readonly checks: Readonly<Partial<Record<AuditCheck, number>>>;
  /** How many transactions got each validation code, by Fabric's names. */
  readonly codes: Readonly<Record<string, number>>;
  readonly differences: readonly AuditDifference[];
  /** Whether everything that the source holds was judged. */
  readonly complete: boolean;
  /** Why the source could not be read to its end, where something had differed before. */
  readonly brokenOff?: string;
  readonly lastHeaderHash: string;
  /** Of the last block, as derived here; empty after block 0 alone. */
  readonly commitHash: string;
  /** Keys in the state that was derived: public ones, and hashes of private ones. */
  readonly stateKeys: number;
}

/** What this replay does not look at, in sentences: nobody may take its word for more than it checked. */
export const NOT_CHECKED: readonly string[] = [
  'custody rules: who may hand over, register or revoke, and what a statement says and who signed it',
  're-execution: that the chaincode, run again, gives the write sets that the endorsers signed',
  'other peers: that another organisation holds the same blocks',
  'what Fabric leaves to plugins: a chaincode with another validation plugin than vscc counts as invalid here',
  'numbers above 2^53-1: a write set that holds one counts as unreadable here, a peer only calls it outdated',
];

/** The object that `--json` ends on. */
export function reportJson(report: ReplayReport): Record<string, unknown> {
  const { differences, ...rest } = report;
  return {
    ...rest,
    differences: differences.length,
    firstDifference: differences[0] ?? null,
    differenceList: differences,
    notChecked: NOT_CHECKED,
  };
}
