import type { Caller } from '../auth/caller.js';
import type { IndexReader } from '../index/reader.js';
import type { CallersSight } from '../sight/callers-sight.js';
import type { View } from './feed-stream.js';

/** What a caller may see at a block that the index has. */
export async function viewAt(
  block: number,
  caller: Caller,
  { sights, whole }: { readonly sights: Pick<CallersSight, 'of'>; readonly whole: IndexReader },
): Promise<View> {
  const sight = await sights.of(caller, block);
  return { reader: whole.seenBy(sight), sight: JSON.stringify(sight), asOfBlock: block };
}
