import type { SightTable } from '../tables/index.js';
import type { PackedRows } from './packed-rows.js';
import type { PackedUpdates } from './packed-updates.js';

/**
 * What a block gives, by its peer's flags and as far as it follows from the block alone. It is made in another thread and sent in few
 * pieces, because copying objects takes longer than making them.
 */
export interface BlockReading {
  /** Number of the block whose configuration it was read by. */
  readonly configBlock: number;
  /** By position. */
  readonly transactionIds: readonly string[];
  readonly codes: Uint8Array;
  /** The highest timestamp of a valid transaction. */
  readonly ledgerTime: string | null;
  /** Of statements, and all of them are known once their devices are. */
  readonly statementIds: readonly string[];
  /** Which devices say that they saw which consignments, and the first transaction that does. */
  readonly sightings: readonly Sighting[];
  /** Thumbprints of the keys of all statements. */
  readonly kids: readonly string[];
  readonly sight: readonly SightTable[];
  /** Of the tree over all events, 32 bytes each. */
  readonly leaves: Uint8Array;
  readonly rows: PackedRows;
  readonly updates: PackedUpdates;
}

export interface Sighting {
  readonly kid: string;
  readonly ucr: string;
  readonly position: number;
}
