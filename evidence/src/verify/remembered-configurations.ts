import { verifyConfigurations } from './configurations.js';
import type { EvidenceBundle } from '../bundle/index.js';
import type { VerifiedConfigurations } from './configurations.js';

let last:
  | {
      readonly bundle: Pick<EvidenceBundle, 'configuration' | 'network'>;
      readonly genesisHash: string;
      readonly found: VerifiedConfigurations;
    }
  | undefined;

/**
 * The same as `verifyConfigurations`, which is looked at once for many bundles of one ledger: most of what a small bundle costs is
 * reading the certificates of all organisations.
 */
export function rememberedConfigurations(
  bundle: EvidenceBundle,
  genesisHash: string,
): VerifiedConfigurations {
  const { configuration, network } = bundle;
  const isSame =
    last?.genesisHash === genesisHash &&
    last.bundle.network === network &&
    last.bundle.configuration.length === configuration.length &&
    last.bundle.configuration.every((packed, index) => packed === configuration[index]);
  if (last !== undefined && isSame) return last.found;
  const found = verifyConfigurations(bundle, genesisHash);
  if (found.configurations !== undefined) last = { bundle: { configuration, network }, genesisHash, found };
  return found;
}
