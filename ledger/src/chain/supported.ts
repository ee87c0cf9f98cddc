import { LedgerError } from '../errors.js';
import type { ChannelConfig } from '../config/index.js';

/**
 * Refuses a channel whose transactions peers judge by older rules than those of `validateBlock`: the application
 * capability decides (Fabric: core/committer/txvalidator, ValidationRouter).
 *
 * @throws LedgerError INVALID_CONFIG
 */
export function requireSupported({ capabilities, channelId }: ChannelConfig): void {
  if (['V2_0', 'V2_5'].some((name) => capabilities.application.has(name))) return;
  throw new LedgerError(
    'INVALID_CONFIG',
    `channel ${channelId} has no application capability V2_0 or V2_5: the rules before them are not supported`,
  );
}
