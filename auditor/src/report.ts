import { CHECKS } from '@passage/ledger';
import { CUSTODY_CHECKS } from './custody/custody-rule.js';
import type { Difference } from '@passage/ledger';
import { notCompared, type SourceStanding } from './compare/source-standing.js';
import type { SourceDifference } from './compare/source-difference.js';
import type { Finding } from './findings.js';
import type { GivenLate } from './resume/given.js';
import type { SignedHeader } from './resume/signed-header.js';

/**
 * What a replay checks: Fabric's rules, and
 * - customs-word: what only customs may say was endorsed by customs
 * - the custody rules over the whole history: see CUSTODY_CHECKS
 * - rerun: the chaincode, run again, comes to what its endorsers signed
 * - sources: other sources, where there are any, have the same block
 */
export const AUDIT_CHECKS = [...CHECKS, 'customs-word', ...CUSTODY_CHECKS, 'rerun', 'sources'] as const;

export type AuditCheck = (typeof AUDIT_CHECKS)[number];

/**
 * How far a replay goes:
 * - hash: the blocks as a whole, with orderers and configurations
 * - ledger: every rule by which Fabric makes a transaction valid, customs' word, and the custody rules
 * - rerun: the chaincode runs again
 */
export const LEVELS = ['hash', 'ledger', 'rerun'] as const;

export type Level = (typeof LEVELS)[number];

/** Where a block is not what it should be, by any check of a replay. */
export type AuditDifference = Omit<Difference, 'check'> & { readonly check: AuditCheck };

/** What became of the valid transactions, when the chaincode was run again. */
export interface RerunCounts {
  /** Run again, whatever came of it. */
  readonly rerun: number;
  /** Checked by the hashes that the ledger holds alone, for want of transient inputs or private values. */
  readonly byHashes: number;
  /** Not run, by why. */
  readonly notRerun: Readonly<Record<string, number>>;
}

/** Where a source is no longer the chain that was judged before: it has another block, or its end lies before. */
export interface Parting {
  readonly kind: 'fork' | 'rollback';
  /** The header that was judged before: of the block that is another one now or, after a rollback, of the last one. */
  readonly known: SignedHeader;
  /** The header that the source has: of that block or, after a rollback, of its last one. */
  readonly found: SignedHeader;
  readonly difference: AuditDifference;
}

/** What a replay found. */
export interface ReplayReport {
  /** What the blocks were read from. */
  readonly source: string;
  readonly level: Level;
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
  /** What is allowed, and unwelcome; none are looked for at level hash. */
  readonly findings: readonly Finding[];
  /** Whether everything that the source holds was judged. */
  readonly complete: boolean;
  /** Why the source could not be read to its end, where something had differed before. */
  readonly brokenOff?: string;
  /** How many blocks an earlier run has judged, where it went on from a saved state: their counts are in this report. */
  readonly resumedFrom?: number;
  /** Packages and openings that were not given to the earlier runs, which judged transactions without them. */
  readonly givenLate?: GivenLate;
  /** How several sources stand to each other, and where they do not have the same. */
  readonly sources?: readonly SourceStanding[];
  readonly sourceDifferences?: readonly SourceDifference[];
  /** Where the source is no longer what an earlier run has judged. */
  readonly parting?: Parting;
  /** SHA-256 of the state that was saved for the next run. */
  readonly stateDigest?: string;
  readonly lastHeaderHash: string;
  /** Of the last block, as derived here; empty after block 0 alone. */
  readonly commitHash: string;
  /** Keys in the state that was derived: public ones, and hashes of private ones. */
  readonly stateKeys: number;
  /** What became of the valid transactions at level rerun. */
  readonly rerun?: RerunCounts;
}

/** A report that stands for itself. */
export interface FullReport extends ReplayReport {
  /** Of the program that made it. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
}

/** What no replay looks at. */
const NEVER_CHECKED: readonly string[] = [
  'what a signed statement says: that a key signed it is no proof that its sensor told the truth',
];

const OTHERS = 'other peers: that another organisation holds the same blocks';

const FABRIC_ONLY: readonly string[] = [
  'what Fabric leaves to plugins: a chaincode with another validation plugin than vscc counts as invalid here',
  'numbers above 2^53-1: a write set that holds one counts as unreadable here, a peer only calls it outdated',
];

/** What this replay did not look at, in sentences: nobody may take its word for more than it checked. */
export function notChecked(
  report: Pick<ReplayReport, 'level' | 'checks' | 'rerun' | 'sources' | 'blocks' | 'givenLate'>,
): readonly string[] {
  const { level, checks, rerun, sources, blocks, givenLate } = report;
  const late =
    givenLate === undefined
      ? []
      : [
          `blocks of earlier runs with what was given later: packages ${givenLate.packages.join(', ') || 'none'}, openings of ${String(givenLate.openings.length)} transactions; replay with another --state for that`,
        ];
  const always = [
    ...late,
    ...NEVER_CHECKED,
    ...(sources === undefined ? [OTHERS] : notCompared(sources, blocks)),
  ];
  const transactions = 'transactions: form, signatures, policies, versions, world state and commit hash';
  if (level === 'hash') return [transactions, CUSTODY, RERUN, ...always];
  const custody = checks.act === undefined ? [NO_CUSTODY] : [];
  if (rerun === undefined) return [RERUN, ...custody, ...always, ...FABRIC_ONLY];
  const byHashes = `re-execution of ${String(rerun.byHashes)} transactions with private data: their hashes only`;
  const others = Object.entries(rerun.notRerun).map(
    ([why, count]) => `re-execution of ${String(count)} transactions: ${why}`,
  );
  return [...(rerun.byHashes > 0 ? [byHashes] : []), ...others, ...custody, ...always, ...FABRIC_ONLY];
}

const CUSTODY = 'custody: customs’ word, the custody rules, and what is allowed and unwelcome (findings)';

const NO_CUSTODY = 'custody rules: no act of the chaincode that they are for stands in these blocks';

const RERUN = 're-execution: that the chaincode, run again, gives the write sets that the endorsers signed';

/** What a replay came to, in a sentence. Where a source could not be read on, it did not do what was asked for. */
export function verdictOf({ differences, sources = [] }: ReplayReport): string {
  const count = differences.length;
  if (count > 0) return `NOT verified: ${String(count)} ${count === 1 ? 'difference' : 'differences'}`;
  const failed = sources.filter(({ reading }) => reading === 'failed').length;
  if (failed === 0) return 'verified: 0 differences';
  return `0 differences in what could be checked: ${String(failed)} of ${String(sources.length)} sources could not be read to the end`;
}

/** The object that `--json` ends on: auditor/schemas/reports.schema.json, `$defs/replay`. */
export function reportJson(report: ReplayReport): Record<string, unknown> {
  const { differences, findings, ...rest } = report;
  return {
    format: 'passage-replay-1',
    ...rest,
    differences: differences.length,
    firstDifference: differences[0] ?? null,
    differenceList: differences,
    findings: findings.length,
    findingList: findings,
    notChecked: notChecked(report),
  };
}
