import { notCompared, type SourceStanding } from './source-standing.js';
import type { SourceDifference } from './source-difference.js';

/** What came of holding several sources against each other. */
export interface ComparisonReport {
  readonly channel: string;
  readonly genesisHash: string;
  readonly sources: readonly SourceStanding[];
  /** How many blocks there are, of whoever has most, as far as they were read. */
  readonly blocks: number;
  readonly transactions: number;
  readonly differences: readonly SourceDifference[];
  /** Whether every source was read to its end. */
  readonly complete: boolean;
}

/** What no comparison looks at. */
const NEVER_COMPARED: readonly string[] = [
  'whether what all have alike follows the rules of Fabric and of the ledger: passage replay judges that',
  'world state and private data: peers do not serve them by Deliver; the commit hash covers the public state',
];

/** What was not compared, in sentences. */
export function notComparedIn({ sources, blocks }: ComparisonReport): readonly string[] {
  return [...notCompared(sources, blocks), ...NEVER_COMPARED];
}

/** The object that `--json` ends on. */
export function comparisonJson(report: ComparisonReport): Record<string, unknown> {
  const { differences, ...rest } = report;
  return {
    ...rest,
    differences: differences.length,
    firstDifference: differences[0] ?? null,
    differenceList: differences,
    notCompared: notComparedIn(report),
  };
}
