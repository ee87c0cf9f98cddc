import { StateFormatError, decodeRecord } from '@passage/domain';
import type { StateKey, StateKind, StateRecords } from '@passage/domain';

/** The record in a written value; undefined where the bytes are none: colluding endorsers can write anything. */
export function readRecord<Kind extends StateKind>(
  key: StateKey<Kind>,
  value: Uint8Array,
): StateRecords[Kind] | undefined {
  try {
    return decodeRecord(key, value);
  } catch (error) {
    if (error instanceof StateFormatError) return undefined;
    throw error;
  }
}
