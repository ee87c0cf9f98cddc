import { describeSourceDifference } from '../compare/source-difference.js';
import { describeStanding } from '../compare/source-standing.js';
import { type ComparisonReport, notComparedIn } from '../compare/compare-report.js';

/** A comparison for people. Ends on the verdict. */
export function printComparison(report: ComparisonReport): string {
  const { channel, genesisHash, sources, blocks, transactions, differences } = report;
  return [
    `channel ${channel || 'unknown'}`,
    `genesis block ${genesisHash} (trusted)`,
    `${String(blocks)} blocks, ${String(transactions)} transactions`,
    'sources:',
    ...sources.map((source) => `  - ${describeStanding(source)}`),
    'not compared:',
    ...notComparedIn(report).map((sentence) => `  - ${sentence}`),
    ...differences.map((difference) => `DIFFERENCE ${describeSourceDifference(difference)}`),
    verdict(report),
  ].join('\n');
}

function verdict({ differences, sources }: ComparisonReport): string {
  const count = differences.length;
  if (count > 0) return `NOT alike: ${String(count)} ${count === 1 ? 'difference' : 'differences'}`;
  const failed = sources.filter(({ reading }) => reading === 'failed').length;
  if (failed === 0) return 'alike: 0 differences';
  return `0 differences in what could be compared: ${String(failed)} of ${String(sources.length)} sources could not be read to the end`;
}
