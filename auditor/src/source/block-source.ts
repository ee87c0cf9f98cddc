import type { RawBlock } from '@passage/ledger';
import type { AuditFacts } from './audit-facts.js';
import type { FramedFile } from './placed-block.js';

/** A block, and how much of the source has been read with it. */
export interface SourcedBlock {
  readonly block: RawBlock;
  /** From 0 to 1, for the progress line. */
  readonly progress: number;
  /** What was found out about this very block while others were judged. */
  readonly facts?: AuditFacts;
  /**
   * Gives the memory of the block's bytes back at once, where nobody else has it: the engine would notice late that they are done with.
   * Whoever looks at them afterwards sees none.
   */
  readonly free?: () => void;
}

/** Where blocks come from, from block 0 on. Nothing of it is trusted. */
export interface BlockSource {
  /** What was picked, for people: a file's path or a peer's address. */
  readonly description: string;
  /** The files that hold the blocks, in their order, where others may read them there as well. */
  readonly files?: readonly FramedFile[];
  /**
   * The blocks in the order of the source.
   *
   * @param from how many blocks to pass over, unread as far as the source allows; none if nothing is said.
   *
   * @throws AuditError SOURCE_* or PEER_* where they end before they should, or cannot be read.
   */
  blocks(from?: number): AsyncIterable<SourcedBlock>;
}
