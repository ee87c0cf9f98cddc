import { describeSourceDifference } from '../compare/source-difference.js';
import { describeStanding } from '../compare/source-standing.js';
import { type ComparisonReport, notComparedIn } from '../compare/compare-report.js';

/** A comparison for people. Ends on the verdict. */
export function printComparison(report: ComparisonReport): string {
  const { channel, genesisHash, sources, blocks, transactions, differences } = report;
  const count = differences.length;
  return [
    `channel ${channel || 'unknown'}`,
    `genesis block ${genesisHash} (trusted)`,
    `${String(blocks)} blocks, ${String(transactions)} transactions`,
    'sources:',
    ...sources.map((source) => `  - ${describeStanding(source)}`),
    'not compared:',
    ...notComparedIn(report).map((sentence) => `  - ${sentence}`),
    ...differences.map((difference) => `DIFFERENCE ${describeSourceDifference(difference)}`),
    count === 0
      ? 'alike: 0 differences'
      : `NOT alike: ${String(count)} ${count === 1 ? 'difference' : 'differences'}`,
  ].join('\n');
}
