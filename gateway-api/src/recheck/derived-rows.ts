import { decodeRecord, keys } from '@passage/domain';
import type { DeviceRecord } from '@passage/domain';

import { ledgerEventRows } from '../index/project-events.js';
import { projectBlock } from '../index/project.js';
import type { BlockRows } from '../index/rows.js';
import type { ValueBefore, RereadBlock } from './reread-block.js';

/** What of the index the rows of a block rest on besides the block. */
export interface RowsRestOn {
  /** The record under a key as it stood behind a block. */
  readonly valueAt: ValueBefore;
  /** Events of the blocks before one. */
  readonly eventsBefore: (block: number) => Promise<number>;
  readonly ledgerTimeBefore: (block: number) => Promise<string | null>;
}

/** The rows that a block gives, made again as the indexer made them; without the nodes of the tree over events. */
export async function derivedRows(block: RereadBlock, rest: RowsRestOn): Promise<BlockRows> {
  const { number, transactions } = block;
  const before = await rest.ledgerTimeBefore(number);
  const project = (device: (kid: string) => DeviceRecord | undefined): BlockRows =>
    projectBlock({ ...block, checks: [] }, device, before);
  const asked = new Set<string>();
  const rows = project((kid) => {
    asked.add(kid);
    return undefined;
  });
  const devices = new Map<string, DeviceRecord | undefined>();
  for (const kid of asked) {
    const key = keys.device(kid);
    const value = await rest.valueAt(number, key);
    devices.set(kid, value && decodeRecord(key, value));
  }
  const all = asked.size === 0 ? rows : project((kid) => devices.get(kid));
  ledgerEventRows({ number, transactions }, await rest.eventsBefore(number), all);
  return all;
}
