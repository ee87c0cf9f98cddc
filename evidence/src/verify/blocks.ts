import { dataHash, Envelope, equalBytes, isCanonical } from '@passage/ledger';
import { unpackBlock } from '../bundle/index.js';
import { orderersWord } from './signed-block.js';
import { fails, holds } from './verdict.js';
import type { ChannelConfig, RawBlock } from '@passage/ledger';
import type { EvidenceBundle } from '../bundle/index.js';
import type { Configurations } from './configurations.js';
import type { VerdictLine } from './verdict.js';

/** A block that its orderers vouch for, with the configuration in force before it. */
export interface GoodBlock {
  readonly block: RawBlock;
  readonly config: ChannelConfig;
}

/** The blocks of a bundle that hold, by number. */
export interface Blocks {
  readonly lines: readonly VerdictLine[];
  readonly good: ReadonlyMap<number, GoodBlock>;
}

/** Each block against the configuration that its orderers say was in force, which must be the one that the bundle brings. */
export function verifyBlocks({ blocks }: EvidenceBundle, configurations: Configurations): Blocks {
  return collect(blocks, (block) => {
    const { header, envelopes } = block;
    if (!equalBytes(dataHash(envelopes), header.dataHash))
      return 'its transactions are not what its hash covers';
    if (!envelopes.every((bytes) => isCanonical(Envelope, bytes)))
      return 'its transactions could be told apart in two ways';
    return signedUnder(block, configurations);
  });
}

/** The heights at which somebody signed something: the header of the last block below, without transactions. */
export function verifyTips({ tips }: EvidenceBundle, configurations: Configurations): Blocks {
  return collect(tips, (block) =>
    block.envelopes.length > 0
      ? 'a block that shows the height carries no transactions'
      : signedUnder(block, configurations),
  );
}

function signedUnder(block: RawBlock, configurations: Configurations): GoodBlock | string {
  const { number } = block.header;
  const before = configurations.below(number);
  if (before === undefined) return 'block 0 holds no events';
  const word = orderersWord(block, before.config);
  if (typeof word === 'string') return word;
  const inForce = configurations.below(number + 1);
  if (word.lastConfig !== inForce?.block)
    return `configuration block ${word.lastConfig} was in force, and is not in the bundle`;
  return { block, config: before.config };
}

function collect(packed: readonly string[], judge: (block: RawBlock) => GoodBlock | string): Blocks {
  const good = new Map<number, GoodBlock>();
  const lines = packed.map((text) => {
    const block = unpackBlock(text);
    if (block === undefined)
      return fails('block', 'BLOCK_BROKEN', 'a block cannot be read, or holds more than orderers sign');
    const subject = `block ${block.header.number}`;
    if (good.has(block.header.number))
      return fails('block', 'BLOCK_BROKEN', 'it stands there twice', subject);
    const judged = judge(block);
    if (typeof judged === 'string') return fails('block', 'BLOCK_BROKEN', judged, subject);
    good.set(block.header.number, judged);
    return holds('block', 'enough orderers of the configuration in force signed it', subject);
  });
  return { lines, good };
}
