import { buildBlock, encodeBlock, headerHash, withMetadata } from '../block/index.js';
import { encode } from '../codec/index.js';
import { channelConfigOf } from '../config/index.js';
import { bftQuorum, signBlock } from '../ordering/index.js';
import { BlockMetadataIndex, Metadata } from '../proto/index.js';
import { MemoryState } from '../state/index.js';
import { validateBlock } from '../validation/index.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { StateReader } from '../state/index.js';
import type { BlockVerdict } from '../validation/index.js';
import type { Consenter, Consortium } from './consortium.js';
import type { SeededRandom } from './random.js';

/** What consensus keeps of itself in a block (SmartBFT's ViewMetadata); nobody but orderers reads it. */
const NO_CONSENSUS = new Uint8Array();

/** Puts transactions into blocks, as orderers and a peer would together: ordered, signed, judged, committed. */
export class Sealer {
  readonly #consortium: Consortium;
  readonly #random: SeededRandom;
  readonly #state = new MemoryState();
  readonly #isKnown: (txId: string) => boolean;
  #config: ChannelConfig;
  #configBlock = 0;
  #last: RawBlock;
  #commitHash: Uint8Array = new Uint8Array();

  /** `isKnown` tells the ids that a transaction of this chain may use again. */
  constructor(
    consortium: Consortium,
    genesis: RawBlock,
    random: SeededRandom,
    isKnown: (txId: string) => boolean,
  ) {
    this.#consortium = consortium;
    this.#random = random;
    this.#isKnown = isKnown;
    this.#last = genesis;
    this.#config = channelConfigOf(genesis, { memo: consortium.memo });
  }

  get state(): StateReader {
    return this.#state;
  }

  get config(): ChannelConfig {
    return this.#config;
  }

  /** Number of the next block. */
  get height(): number {
    return this.#last.header.number + 1;
  }

  /** The next block with what orderers and peers write into its metadata. */
  seal(envelopes: readonly Uint8Array[]): { block: RawBlock; bytes: Uint8Array; verdict: BlockVerdict } {
    const bare = buildBlock(this.height, headerHash(this.#last.header), envelopes);
    const verdict = validateBlock(bare, {
      config: this.#config,
      configOptions: { memo: this.#consortium.memo },
      state: this.#state,
      isKnownTransaction: this.#isKnown,
      previousCommitHash: this.#commitHash,
    });
    const lastConfig = verdict.config === undefined ? this.#configBlock : this.height;
    const ordered = orderersSign(bare, lastConfig, quorumOf(this.#consortium), this.#random);
    const block = claim(ordered, verdict.flags, verdict.commitHash);
    this.#state.apply(verdict.updates);
    this.#config = verdict.config ?? this.#config;
    this.#configBlock = lastConfig;
    this.#commitHash = verdict.commitHash;
    this.#last = block;
    return { block, bytes: encodeBlock(block), verdict };
  }
}

/** As many consenters as a block needs, the first ones. */
export function quorumOf({ consenters }: Consortium): readonly Consenter[] {
  return consenters.slice(0, bftQuorum(consenters.length));
}

/** The block with the signatures of these orderers. */
export function orderersSign(
  block: RawBlock,
  lastConfig: number,
  signers: readonly Consenter[],
  random: SeededRandom,
): RawBlock {
  return signBlock(
    block,
    lastConfig,
    NO_CONSENSUS,
    signers.map(({ id, sign }) => ({ id, sign, nonce: random.bytes(24) })),
  );
}

/** The block with what a peer says of it. */
export function claim(block: RawBlock, flags: Uint8Array, commitHash: Uint8Array): RawBlock {
  const flagged = withMetadata(block, BlockMetadataIndex.TRANSACTIONS_FILTER, flags);
  return withMetadata(flagged, BlockMetadataIndex.COMMIT_HASH, encode(Metadata, { value: commitHash }));
}
