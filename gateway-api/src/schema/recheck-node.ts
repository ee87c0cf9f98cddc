import { sentenceOf } from '../recheck/recheck-alerts.js';
import type { RecheckedRow } from '../recheck/row-difference.js';
import type { Origin } from '../index/tables/index.js';
import type { GatewayContext } from './context.js';

type Node = Readonly<Record<string, unknown>>;

/** What re-reading a node's block came to (GraphQL `Recheck`). */
export async function recheck(
  { rechecks, reader }: Pick<GatewayContext, 'rechecks' | 'reader'>,
  { block, position }: Origin,
): Promise<Node> {
  const { sources, rows, blockDiffers, differences } = await rechecks.of({ block, position });
  const ofBlock = blockDiffers === undefined ? [] : [blockNode(blockDiffers)];
  return {
    equal: blockDiffers === undefined && differences.length === 0,
    sources,
    rows,
    // A batch has rows of several consignments: whose they are is for those who see alerts about the ledger.
    differences: [...ofBlock, ...differences.map((row) => rowNode(row, reader.seesLedgerAlerts))],
  };
}

function blockNode(reason: string): Node {
  const message = `the block that the peer serves is not the one that was verified: ${reason}`;
  return { code: 'BLOCK_DIFFERS', message, columns: [] };
}

function rowNode(row: RecheckedRow, isNamed: boolean): Node {
  const { table, kind, key, columns } = row;
  return {
    code: 'INDEX_ROW_DIFFERS',
    message: isNamed ? sentenceOf(row) : `a row of ${table} is ${kind}`,
    table,
    kind,
    columns,
    ...(isNamed && { key }),
  };
}
