import { decode, encode, fromHex, toHex } from '../codec/index.js';
import { readChannelConfig, readConfigTransaction } from '../config/index.js';
import { LedgerError } from '../errors.js';
import { ConfigEnvelope } from '../proto/index.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig, ConfigOptions } from '../config/index.js';

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

/** A ChainHead as JSON can carry it; bytes are lower-case hex. */
export interface SerializedHead {
  readonly channel: string;
  readonly height: number;
  readonly headerHash: string;
  readonly commitHash: string;
  readonly configBlock: number;
  readonly configEnvelope: string;
}

/** Of configurations: heads move with every block, and those hardly ever. */
const hexOf = new WeakMap<Uint8Array, string>();

export function serializeHead(head: ChainHead): SerializedHead {
  const { channel, height, headerHash, commitHash, configBlock, configEnvelope } = head;
  const ofConfig = hexOf.get(configEnvelope) ?? toHex(configEnvelope);
  hexOf.set(configEnvelope, ofConfig);
  return {
    channel,
    height,
    headerHash: toHex(headerHash),
    commitHash: toHex(commitHash),
    configBlock,
    configEnvelope: ofConfig,
  };
}

/**
 * The head that was serialized. It is believed: keep it where nobody else writes.
 *
 * @throws LedgerError INVALID_CONFIG, INVALID_MSP, INVALID_POLICY or MALFORMED_MESSAGE if it was damaged
 */
export function restoreHead(serialized: SerializedHead, options: ConfigOptions = {}): ChainHead {
  const { channel, height, configBlock } = serialized;
  const configEnvelope = fromHex(serialized.configEnvelope);
  const { config } = decode(ConfigEnvelope, configEnvelope);
  if (config === undefined)
    throw new LedgerError('INVALID_CONFIG', 'the kept chain head has no configuration');
  return {
    channel,
    height,
    headerHash: fromHex(serialized.headerHash),
    commitHash: fromHex(serialized.commitHash),
    configBlock,
    configEnvelope,
    config: readChannelConfig(channel, config, options),
  };
}

/** Serialized common.ConfigEnvelope of a configuration block. */
export function envelopeOf({ envelopes }: RawBlock): Uint8Array {
  const [envelope = new Uint8Array()] = envelopes;
  return encode(ConfigEnvelope, readConfigTransaction(envelope).configEnvelope);
}
