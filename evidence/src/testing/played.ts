import { encodeRecord } from '@passage/domain';
import type { JsonObject, StateKey } from '@passage/domain';
import type { Play, TestWorld } from '@passage/domain/testing';
import type { LedgerTransaction } from '../events/index.js';

/** Plays a transaction in a world in memory; what a verified block would have of it. */
export function played(
  world: TestWorld,
  { caller, name, input }: Play,
  transactionId = 'ab'.repeat(32),
): LedgerTransaction {
  const { writes } = world.play(caller, name, input);
  return {
    transactionId,
    code: 0,
    call: { command: name, argument: JSON.stringify(input satisfies JsonObject) },
    writes: writes.map((key) => {
      const record = world.get(key as StateKey);
      return { key, ...(record && { value: encodeRecord(record) }) };
    }),
  };
}
