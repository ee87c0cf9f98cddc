import { decode, encode, FabricMSPConfig, MSPConfig, type ChannelConfig } from '@passage/ledger';

import type { ElementChange } from './build-update.js';

/**
 * The changes that put a revocation list into an organisation's MSP, in place of an older list. The MSP stands in two groups,
 * and both must stay the same (F:common/channelconfig/msp.go); one admin of the organisation may change both.
 *
 * @param list PEM
 */
export function revocationChanges(config: ChannelConfig, mspId: string, list: string): ElementChange[] {
  return ['Application', 'Orderer'].flatMap((name) => {
    const value = config.group.groups.get(name)?.groups.get(mspId)?.values.get('MSP')?.value;
    if (value === undefined) return [];
    const outer = decode(MSPConfig, value);
    const inner = { ...decode(FabricMSPConfig, outer.config), revocationList: [Buffer.from(list)] };
    const changed = encode(MSPConfig, { ...outer, config: encode(FabricMSPConfig, inner) });
    return [{ path: [name, mspId], name: 'MSP', value: changed }];
  });
}
