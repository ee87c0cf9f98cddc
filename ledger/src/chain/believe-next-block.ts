import { readBlockByFlags } from '../validation/index.js';
import { readClaims } from './claims.js';
import { linkNextBlock } from './link-next-block.js';
import type { RawBlock } from '../block/index.js';
import type { ConfigOptions } from '../config/index.js';
import type { StateReader } from '../state/index.js';
import type { BlockFacts } from './block-facts.js';
import type { ChainHead } from './head.js';
import type { VerifiedBlock } from './verify-next-block.js';

const NOTHING = new Uint8Array();

/**
 * Judges no more of the block that follows `head` than `linkNextBlock` does, and believes the rest: which transactions are valid, and
 * the commit hash, are what the peer wrote into the block. Nobody signed that. Where the peer told the truth, all but `checks` is what
 * `verifyNextBlock` gives.
 *
 * @param state before the block; it is left as it is.
 * @param facts what was found out beforehand about this very block.
 */
export function believeNextBlock(
  head: ChainHead,
  block: RawBlock,
  state: StateReader,
  options: ConfigOptions = {},
  facts?: BlockFacts,
): VerifiedBlock {
  const linked = linkNextBlock(head, block, options, facts);
  const { flags = NOTHING, commitHash = NOTHING } = readClaims(block);
  const { number } = block.header;
  const { length } = block.envelopes;
  const unflagged =
    flags.length === length
      ? []
      : [{ block: number, check: 'form', expected: `${length} flags`, found: `${flags.length}` } as const];
  const read = readBlockByFlags(block, flags, head.config, state);
  return {
    head: { ...linked.head, commitHash },
    verdict: {
      flags,
      ...read,
      commitHash,
      ...(linked.head.config !== head.config && { config: linked.head.config }),
    },
    differences: [...linked.differences, ...unflagged],
    checks: linked.checks,
  };
}
