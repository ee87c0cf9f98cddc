import { gatewayError } from '../errors.js';
import type { ReadHead } from './chain-reader.js';
import { compareIndexes } from './compare-indexes.js';
import type { IndexComparison } from './compare-indexes.js';
import { fillIndex } from './fill-index.js';
import type { Filling } from './fill-index.js';
import { openSnapshot } from './index-database.js';
import type { IndexSnapshot } from './index-snapshot.js';
import { eachRow } from './index-snapshot.js';
import { shownPlace } from './index-place.js';
import { columnsOfChecks, makeUp } from './make-up.js';
import { isDamaged } from './sqlite.js';
import { newSqliteIndex, removeSqliteFile } from './sqlite/sqlite-index.js';

/** What an index is verified by; the rules are those over the rebuilt index's own database. */
export interface Verification extends Filling {
  /** Where the index is, as `openIndex` takes it; a gateway may have it open. */
  readonly place: string;
  /** The file that is filled anew, and removed in the end. */
  readonly beside: string;
}

/** What a rebuild showed. */
export interface VerifiedIndex extends IndexComparison {
  /** Header hash and number of the newest block that the index had when the comparison began. */
  readonly head: { readonly number: number; readonly headerHash: string };
  /** The last of the blocks that had been indexed by links alone, and of which every check was made up. */
  readonly madeUp?: number;
}

/**
 * Rebuilds an index from its peer's blocks in a file of its own, with all checks, up to the block where the index stood, and
 * compares both, row by row, as it stood at one moment; the other file is removed. Where blocks had been indexed by their links
 * alone and every row of them is right, the index says from then on that all checks were made: of all of them, or, where anything differs, of
 * none. Nothing else is written.
 * Throws BlockRefused for a block that fails a check, `STORAGE_DAMAGED` where the file cannot be read.
 */
export async function verifyIndex(rebuild: Verification): Promise<VerifiedIndex> {
  const { place, beside } = rebuild;
  const found = await open(place);
  try {
    const { linkedTo, ...head } = await headOf(found, place);
    await fillIndex(await newSqliteIndex(beside), rebuild, head.number);
    const rebuilt = await openSnapshot(beside);
    try {
      const compared = await compareIndexes(found, rebuilt, linkedTo === undefined ? {} : columnsOfChecks);
      if (linkedTo === undefined || compared.differences.length > 0) return { head, ...compared };
      await makeUp(place, rebuilt, linkedTo);
      return { head, ...compared, madeUp: linkedTo };
    } finally {
      await rebuilt.close();
    }
  } catch (error) {
    throw isDamaged(error) ? damaged(place, error) : error;
  } finally {
    await found.close();
    removeSqliteFile(beside);
  }
}

async function open(place: string): Promise<IndexSnapshot> {
  try {
    return await openSnapshot(place);
  } catch (error) {
    throw damaged(place, error);
  }
}

async function headOf(found: IndexSnapshot, place: string): Promise<ReadHead> {
  for await (const { number, header_hash, linked_to } of eachRow(found, 'head', ['id'])) {
    const linkedTo = typeof linked_to === 'number' ? { linkedTo: linked_to } : {};
    return { number: Number(number), headerHash: String(header_hash), ...linkedTo };
  }
  throw damaged(place, new Error('it has no block'));
}

function damaged(place: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return gatewayError('STORAGE_DAMAGED', `${shownPlace(place)} cannot be read (${reason})`, {
    cause,
    next: 'Stop the gateway, remove the index, and start it again: it is filled from the ledger.',
  });
}
