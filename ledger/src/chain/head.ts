import type { ChannelConfig } from '../config/index.js';

/**
 * Where a reader of a chain stands: all it has to keep, besides the state and the transaction ids, to judge the next
 * block. Plain data but for `config`, which is read from `configEnvelope`; see `serializeHead`.
 */
export interface ChainHead {
  readonly channel: string;
  /** Number of the next block. */
  readonly height: number;
  /** Header hash of the last block. */
  readonly headerHash: Uint8Array;
  /** Commit hash after the last block; empty after block 0. */
  readonly commitHash: Uint8Array;
  /** Number of the block that brought the configuration in force. */
  readonly configBlock: number;
  /** Serialized common.ConfigEnvelope of that block. */
  readonly configEnvelope: Uint8Array;
  readonly config: ChannelConfig;
}

/** A ChainHead as JSON can carry it; hashes are lower-case hex, the configuration is base64. */
export interface SerializedHead {
  readonly channel: string;
  readonly height: number;
  readonly headerHash: string;
  readonly commitHash: string;
  readonly configBlock: number;
  readonly configEnvelope: string;
}
