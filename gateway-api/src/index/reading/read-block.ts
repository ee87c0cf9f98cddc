import { keys } from '@passage/domain';
import type { DeviceRecord } from '@passage/domain';
import { expireHashes } from '@passage/ledger';
import type { StateReader } from '@passage/ledger';

import { gainedByObservation } from '../../sight/viewers.js';
import type { GrowingTree } from '../growing-tree.js';
import { sightRows } from '../project-sight.js';
import { treeRows } from '../project-events.js';
import { readRecord } from '../read-record.js';
import { emptyRows } from '../rows.js';
import type { BlockRows } from '../rows.js';
import type { ReadAheadBlock } from '../verified-block.js';
import type { BlockReading } from './block-reading.js';

const LEAF_BYTES = 32;

/**
 * Whether a block gives what others have read in it: nothing expires with it, it was read by the configuration in force, and every
 * device in it was known before and stays as it was.
 *
 * @param state before the block.
 */
export function isWhole(
  { kids, configBlock, updates }: BlockReading,
  { number, configInForce, chaincode }: { number: number; configInForce: number; chaincode: string },
  state: StateReader,
): boolean {
  if (configBlock !== configInForce) return false;
  const changed = new Set(updates.names);
  const areKnown = kids.every(
    (kid) => !changed.has(keys.device(kid)) && deviceIn(state, chaincode, kid) !== undefined,
  );
  return areKnown && expireHashes(number, state, () => false).length === 0;
}

/** The rows that others could not tell: of the block itself, of the tree, and of who gains sight. */
export function completedRows(
  { reading, number, headerHash, previousHash, dataHash, checks }: ReadAheadBlock,
  { tree, ledgerTime }: { readonly tree: GrowingTree; readonly ledgerTime: string | null },
  device: (kid: string) => DeviceRecord | undefined,
): BlockRows {
  const { transactionIds, leaves } = reading;
  const rows = emptyRows();
  const time = reading.ledgerTime;
  rows.block.push({
    number,
    header_hash: headerHash,
    previous_hash: previousHash,
    data_hash: dataHash,
    transactions: transactionIds.length,
    checks: JSON.stringify(checks),
    ledger_time: time !== null && time > (ledgerTime ?? '') ? time : ledgerTime,
  });
  const seen = reading.sightings.flatMap(({ kid, ucr, position }) => {
    const { mspId, place } = device(kid) ?? { mspId: '' };
    const transaction_id = transactionIds[position] ?? '';
    const gained = gainedByObservation(ucr, { mspId, ...(place !== undefined && { place }) });
    return sightRows(gained, { block: number, position, transaction_id });
  });
  // Of one viewer and one subject the first row stands.
  rows.sight.push(...[...reading.sight, ...seen].sort((a, b) => a.position - b.position));
  const hashes = Array.from({ length: leaves.length / LEAF_BYTES }, (_, leaf) =>
    leaves.subarray(leaf * LEAF_BYTES, (leaf + 1) * LEAF_BYTES),
  );
  treeRows(hashes, tree, number, rows);
  return rows;
}

/** A registered device, as the state has it. */
export function deviceIn(state: StateReader, chaincode: string, kid: string): DeviceRecord | undefined {
  const key = keys.device(kid);
  const value = state.get(chaincode, key)?.value;
  return value && readRecord(key, value);
}
