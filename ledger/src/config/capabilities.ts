import { LedgerError } from '../errors.js';
import type { Capabilities } from '../proto/index.js';

/** Names of capabilities that Fabric 3.1 knows, by the group that declares them (common/capabilities). */
const KNOWN = {
  channel: ['V1_1', 'V1_3', 'V1_4_2', 'V1_4_3', 'V2_0', 'V3_0'],
  orderer: ['V1_1', 'V1_4_2', 'V2_0'],
  application: ['V1_1', 'V1_2', 'V1_3', 'V1_4_2', 'V2_0', 'V2_5', 'V1_4_FABTOKEN_EXPERIMENTAL'],
} as const;

/** Channel capabilities under which MSPs work as this library has them (msp/mspimplsetup.go, setupV142 and setupV3). */
const WITH_PRESENT_MSP_RULES = ['V1_4_3', 'V2_0', 'V3_0'];

/**
 * Names of the capabilities that a group declares. A node that does not know one must stop, and so must a reader.
 *
 * @throws LedgerError INVALID_CONFIG
 */
export function readCapabilities(
  group: keyof typeof KNOWN,
  capabilities: Capabilities | undefined,
): ReadonlySet<string> {
  const names = new Set(capabilities?.capabilities.keys());
  const known: readonly string[] = KNOWN[group];
  for (const name of names) {
    if (!known.includes(name)) {
      throw new LedgerError('INVALID_CONFIG', `the ${group} capability ${name} is not supported`);
    }
  }
  if (group === 'channel' && !WITH_PRESENT_MSP_RULES.some((name) => names.has(name))) {
    throw new LedgerError(
      'INVALID_CONFIG',
      'channels without the capability V1_4_3 or a later one are not supported',
    );
  }
  return names;
}
