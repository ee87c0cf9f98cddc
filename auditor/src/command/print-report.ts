import { describeDifference } from '@passage/ledger';
import { describeSourceDifference } from '../compare/source-difference.js';
import { describeStanding } from '../compare/source-standing.js';
import { describeFinding } from '../findings.js';
import { notChecked, verdictOf } from '../report.js';
import type { AuditDifference, ReplayReport } from '../report.js';

/** A report for people. Ends on the verdict. */
export function printReport(report: ReplayReport, all: boolean): string {
  const { source, channel, blocks, transactions, checks, codes, differences, stateKeys } = report;
  const lines = [
    `channel ${channel || 'unknown'} from ${source}`,
    `genesis block ${report.genesisHash} (trusted)`,
    `${blocks} blocks, ${transactions} transactions, ${stateKeys} keys in the state`,
    ...rerunLine(report),
    ...stateLines(report),
    ...sourceLines(report),
    `checked, level ${report.level}:`,
    ...counts(checks),
    'transactions by code:',
    ...counts(codes),
    'not checked:',
    ...notChecked(report).map((sentence) => `  - ${sentence}`),
    `last block ${report.lastHeaderHash}`,
    `commit hash ${report.commitHash || 'none'}`,
    ...findingLines(report, all),
  ];
  const [first] = differences;
  if (first === undefined) return [...lines, verdictOf(report)].join('\n');
  const named = all ? differences : [first];
  return [
    ...lines,
    ...ending(report),
    ...named.map((difference) => `DIFFERENCE ${describeDifference(difference)}${signers(difference)}`),
    verdictOf(report),
  ].join('\n');
}

/** What was taken from a saved state, and what was saved. */
function stateLines({ resumedFrom, stateDigest }: ReplayReport): string[] {
  return [
    ...(resumedFrom === undefined ? [] : [`the first ${resumedFrom} blocks were judged by earlier runs`]),
    ...(stateDigest === undefined
      ? []
      : [`saved state ${stateDigest} (for --expect-state; keep it elsewhere)`]),
  ];
}

/** How several sources stand to each other, and who has no more while others have. */
function sourceLines({ sources, sourceDifferences = [] }: ReplayReport): string[] {
  if (sources === undefined) return [];
  const short = sourceDifferences.filter(({ kind }) => kind === 'height');
  return [
    'sources:',
    ...sources.map((one) => `  - ${describeStanding(one)}`),
    ...short.map((one) => `SHORT ${describeSourceDifference(one)}`),
  ];
}

/** Who signed what differs, where that is known. */
function signers({ signedBy = [] }: AuditDifference): string {
  return signedBy.length === 0 ? '' : `, signed by ${signedBy.join(', ')}`;
}

/** How many transactions the chaincode ran again. */
function rerunLine({ rerun }: ReplayReport): string[] {
  if (rerun === undefined) return [];
  const others = Object.values(rerun.notRerun).reduce((sum, count) => sum + count, 0);
  return [
    `${rerun.rerun} transactions rerun, ${rerun.byHashes} checked by their hashes alone, ${others} not rerun`,
  ];
}

/** What is allowed and unwelcome; the first one where not all are asked for. */
function findingLines({ findings }: ReplayReport, all: boolean): string[] {
  if (findings.length === 0) return [];
  const named = all ? findings : findings.slice(0, 1);
  return [
    `${findings.length} findings, allowed and unwelcome${named.length < findings.length ? ' (--all names them all)' : ''}:`,
    ...named.map((finding) => `FINDING ${describeFinding(finding)}`),
  ];
}

/** Why there may be more than what is named. */
function ending({ complete, brokenOff, parting }: ReplayReport): string[] {
  if (parting !== undefined)
    return [
      'nothing was judged: the source is not the chain that earlier runs have judged; another --state begins anew',
    ];
  if (brokenOff !== undefined) return [`could not read on after the last block named above: ${brokenOff}`];
  return complete ? [] : ['stopped at the first difference: --all names them all'];
}

function counts(table: Readonly<Record<string, number>>): string[] {
  const width = Math.max(0, ...Object.keys(table).map((name) => name.length));
  return Object.entries(table).map(([name, count]) => `  ${name.padEnd(width)}  ${count}`);
}
