import { type BlockRanges, describeRanges } from './block-ranges.js';
import type { SourceReader } from './source-reader.js';

/** How one of several sources stands to the others. */
export interface SourceStanding {
  /** What it is called: a file's path or a peer's address. */
  readonly source: string;
  /** How many blocks it has, as far as it was read. */
  readonly height: number;
  /** Blocks that were taken from it. */
  readonly gave: BlockRanges;
  /** Blocks that it has as they were taken, byte for byte but for which of the orderers have signed. */
  readonly agrees: BlockRanges;
  /**
   * - ended: it was read to its end
   * - parted: it has another chain, and was read no further
   * - failed: it could not be read to its end
   * - stopped: nobody asked it for more
   */
  readonly reading: 'ended' | 'parted' | 'failed' | 'stopped';
  /** Why it could not be read to its end. */
  readonly failure?: string;
  /** How often it had no more blocks, and had some when it was asked again. */
  readonly lagged?: number;
}

/** @param reader that is done */
export function standingOf(reader: SourceReader, gave: BlockRanges, agrees: BlockRanges): SourceStanding {
  const { name, height, failure, lagged } = reader;
  return {
    source: name,
    height,
    gave,
    agrees,
    reading: readingOf(reader),
    ...(failure && { failure: `${failure.code}: ${failure.message}` }),
    ...(lagged > 0 && { lagged }),
  };
}

function readingOf({ failure, hasParted, hasEnded }: SourceReader): SourceStanding['reading'] {
  if (failure !== undefined) return 'failed';
  if (hasParted) return 'parted';
  return hasEnded ? 'ended' : 'stopped';
}

/** One line about a source. */
export function describeStanding({ source, height, gave, agrees, reading, lagged }: SourceStanding): string {
  const words = {
    ended: 'read to its end',
    parted: 'left for another chain',
    failed: 'could not be read on',
    stopped: 'not read on',
  };
  const late = lagged === undefined ? '' : `, ${String(lagged)} times late`;
  const gives = gave.length === 0 ? '' : `, gave ${describeRanges(gave)}`;
  return `${source}: ${String(height)} blocks, ${words[reading]}${gives}, agrees in ${describeRanges(agrees)}${late}`;
}

/** Which blocks of which source were not compared, and why; `compared` is how many blocks there are in all. */
export function notCompared(standings: readonly SourceStanding[], compared: number): readonly string[] {
  return standings.flatMap(({ source, height, reading, failure }) => {
    if (reading === 'ended' || height >= compared) return [];
    const why =
      failure ?? (reading === 'parted' ? 'its chain is another one from there on' : 'nobody asked for more');
    return [`${source} from block ${String(height)} on: ${why}`];
  });
}
