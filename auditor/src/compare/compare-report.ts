import { notCompared, type SourceStanding } from './source-standing.js';
import type { SourceDifference } from './source-difference.js';

/** What came of holding several sources against each other. */
export interface ComparisonReport {
  readonly channel: string;
  readonly genesisHash: string;
  readonly sources: readonly SourceStanding[];
  /** Whether an index was held against the ledger, which was judged for it. */
  readonly index?: true;
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

/** What of an index does not follow from the ledger by Fabric's rules alone. */
const NEVER_COMPARED_OF_INDEX: readonly string[] = [
  "the index's rows: they are the gateway's reading of the state, and another index built from the ledger has the same (its digest's tables)",
  'whether the chaincode did what it should, and the custody rules: passage replay judges that',
];

/** What was not compared, in sentences. */
export function notComparedIn({ sources, blocks, index }: ComparisonReport): readonly string[] {
  return [...notCompared(sources, blocks), ...(index ? NEVER_COMPARED_OF_INDEX : NEVER_COMPARED)];
}

/** The object that `--json` ends on: auditor/schemas/reports.schema.json, `$defs/comparison`. */
export function comparisonJson(report: ComparisonReport): Record<string, unknown> {
  const { differences, ...rest } = report;
  return {
    format: 'passage-comparison-1',
    ...rest,
    differences: differences.length,
    firstDifference: differences[0] ?? null,
    differenceList: differences,
    notCompared: notComparedIn(report),
  };
}
