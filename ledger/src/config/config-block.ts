import { readEnvelope } from '../block/index.js';
import { decode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { ConfigEnvelope, HeaderType } from '../proto/index.js';
import { readChannelConfig } from './channel-config.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig, ConfigOptions } from './channel-config.js';

/** What a configuration block carries. */
export interface ConfigTransaction {
  readonly channelId: string;
  readonly configEnvelope: ConfigEnvelope;
}

/** Whether the block is one with a configuration: such a one holds nothing else (protoutil, HasConfigTx). */
export function isConfigBlock({ envelopes }: RawBlock): boolean {
  const [envelope] = envelopes;
  if (envelope === undefined || envelopes.length > 1) return false;
  return readEnvelope(envelope).channelHeader?.type === HeaderType.CONFIG;
}

/**
 * Reads the configuration that an envelope of type CONFIG carries.
 *
 * @throws LedgerError INVALID_CONFIG, or MALFORMED_MESSAGE
 */
export function readConfigTransaction(envelope: Uint8Array): ConfigTransaction {
  const { channelHeader, payload, faults } = readEnvelope(envelope);
  if (channelHeader?.type !== HeaderType.CONFIG || payload === undefined) {
    const [fault] = faults;
    throw new LedgerError(
      'INVALID_CONFIG',
      `no configuration in the envelope${fault ? `: ${fault.error.message}` : ''}`,
    );
  }
  return { channelId: channelHeader.channelId, configEnvelope: decode(ConfigEnvelope, payload.data) };
}

/**
 * Reads the whole configuration that a block carries, taking its word for it: right for block 0, whose hash is pinned,
 * and for a block that has been validated. For any other use `applyConfigEnvelope`.
 *
 * @throws LedgerError INVALID_CONFIG, INVALID_MSP, INVALID_POLICY or MALFORMED_MESSAGE
 */
export function channelConfigOf(block: RawBlock, options: ConfigOptions = {}): ChannelConfig {
  const [envelope] = block.envelopes;
  if (envelope === undefined || block.envelopes.length > 1) {
    throw new LedgerError('INVALID_CONFIG', `block ${block.header.number} is no configuration block`);
  }
  const { channelId, configEnvelope } = readConfigTransaction(envelope);
  if (configEnvelope.config === undefined) {
    throw new LedgerError('INVALID_CONFIG', `block ${block.header.number} carries no configuration`);
  }
  return readChannelConfig(channelId, configEnvelope.config, options);
}
