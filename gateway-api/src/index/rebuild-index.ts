import { gatewayError } from '../errors.js';
import type { BlockSource } from '../fabric/ports.js';
import { fillIndex } from './fill-index.js';
import type { Filling } from './fill-index.js';
import { openOrRebuildIndex } from './index-database.js';
import { isPostgres, shownPlace } from './index-place.js';
import { replaceSqliteFile } from './sqlite/replace-sqlite.js';
import { newSqliteIndex, removeSqliteFile } from './sqlite/sqlite-index.js';

/** What an index is rebuilt from. */
export interface Rebuild extends Filling {
  /** Where the index is, as `openIndex` takes it; nobody has it open. */
  readonly place: string;
  /** The file that is filled beside it. */
  readonly beside: string;
  readonly source: Pick<BlockSource, 'blocks' | 'newest'>;
}

/**
 * Rebuilds an index from its peer's blocks, up to the one that is its newest when it is asked, and gives its number. A file is filled beside
 * the old one, which stays as it is until the new one is whole and takes its place: whatever ends this before changes nothing. A database
 * has to be empty, or to hold what a rebuild has left that was cut off: it goes on there. Throws BlockRefused, `CONFIG_INVALID`.
 */
export async function rebuildIndex(rebuild: Rebuild): Promise<number> {
  const { place, beside, source } = rebuild;
  const newest = await source.newest();
  if (isPostgres(place)) {
    await fillDatabase(rebuild, newest);
    return newest;
  }
  try {
    await fillIndex(await newSqliteIndex(beside), rebuild, newest);
    replaceSqliteFile(place, beside);
  } finally {
    removeSqliteFile(beside);
  }
  return newest;
}

async function fillDatabase(rebuild: Rebuild, newest: number): Promise<void> {
  const { place, verifier } = rebuild;
  const index = await openOrRebuildIndex(place);
  const head = index.writer.head();
  const isLinked = head?.linkedTo === head?.number;
  if (head !== undefined && !(isLinked && verifier(index.writer).linksAlone === true)) {
    await index.close();
    throw gatewayError('CONFIG_INVALID', `${shownPlace(place)} holds an index`, {
      next: 'Empty the database first (DROP SCHEMA main CASCADE), then rebuild the index.',
    });
  }
  await fillIndex(index, rebuild, newest);
}
