import { headerHash, readEnvelope } from '../block/index.js';
import { decode } from '../codec/index.js';
import { applyConfigEnvelope } from '../config/index.js';
import { recover } from '../errors.js';
import { ConfigEnvelope, HeaderType } from '../proto/index.js';
import { checkDataHash, checkLink, checkOrderers } from './block-checks.js';
import { envelopeOf } from './head.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig, ConfigOptions } from '../config/index.js';
import type { BlockFacts } from './block-facts.js';
import type { CheckCounts } from './check-counts.js';
import type { Difference } from './difference.js';
import type { ChainHead } from './head.js';

/** A block whose transactions nobody has looked at. */
export interface LinkedBlock {
  /** The chain with this block on it; its commit hash is not known. */
  readonly head: ChainHead;
  readonly differences: readonly Difference[];
  readonly checks: CheckCounts;
}

/**
 * Judges no more of the block that follows `head` than its data hash, its link and its orderers' signatures by the configuration in
 * force. A configuration that it brings is judged, because the orderers of the blocks behind it follow from that.
 *
 * @param facts what was found out beforehand about this very block. With them, and without a configuration in it, its
 *   envelopes are not looked at.
 */
export function linkNextBlock(
  head: ChainHead,
  block: RawBlock,
  options: ConfigOptions = {},
  facts?: BlockFacts,
): LinkedBlock {
  const { number } = block.header;
  const brought = facts?.startsWithConfig === false ? undefined : configIn(head.config, block, options);
  const isRefused = typeof brought === 'string';
  const refused: Difference | undefined = isRefused
    ? {
        block: number,
        transaction: 0,
        check: 'form',
        expected: 'an authorized configuration',
        found: brought,
      }
    : undefined;
  const config = isRefused ? undefined : brought;
  const next = { ...head, height: number + 1, headerHash: headerHash(block.header), commitHash: NOTHING };
  return {
    head:
      config === undefined
        ? next
        : { ...next, configBlock: number, configEnvelope: envelopeOf(block), config },
    differences: [
      checkDataHash(block, brought !== undefined, facts),
      checkLink(head, block),
      checkOrderers(head.config, block),
      refused,
    ].filter((difference) => difference !== undefined),
    checks: {
      'data-hash': 1,
      'chain-link': 1,
      'orderer-quorum': 1,
      ...(brought !== undefined && { form: 1 }),
    },
  };
}

const NOTHING = new Uint8Array();

/** The configuration that a block brings, why it is refused, or undefined where it brings none. */
function configIn(
  config: ChannelConfig,
  { envelopes: [envelope = NOTHING] }: RawBlock,
  options: ConfigOptions,
): ChannelConfig | string | undefined {
  const { channelHeader, payload } = readEnvelope(envelope);
  if (channelHeader?.type !== HeaderType.CONFIG || payload === undefined) return undefined;
  return recover<ChannelConfig, string>(
    () => applyConfigEnvelope(config, decode(ConfigEnvelope, payload.data), options),
    ({ message }) => message,
  );
}
