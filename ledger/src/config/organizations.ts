import { equalBytes } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { Msp } from '../identity/index.js';
import { AnchorPeers, MSPConfig, OrdererAddresses } from '../proto/index.js';
import { encode } from '../codec/index.js';
import { readValues } from './group-values.js';
import type { MspOptions } from '../identity/index.js';
import type { AnchorPeer, ConfigGroup } from '../proto/index.js';

/** An organisation as a group of the configuration names it. */
export interface Organization {
  readonly name: string;
  readonly mspId: string;
  readonly anchorPeers: readonly AnchorPeer[];
  /** `host:port` of its orderers. */
  readonly ordererEndpoints: readonly string[];
}

/** Sets up the MSPs of a channel as its groups are read. */
export class MspCollector {
  readonly msps = new Map<string, Msp>();
  readonly #configs = new Map<string, Uint8Array>();
  readonly #options: MspOptions;

  constructor(options: MspOptions) {
    this.#options = options;
  }

  /**
   * Reads the organisations of the Application or the Orderer group.
   *
   * @throws LedgerError INVALID_CONFIG or INVALID_MSP
   */
  readOrganizations(path: string, group: ConfigGroup): Map<string, Organization> {
    return new Map(
      [...group.groups].map(([name, inner]) => [
        name,
        this.#readOrganization(name, `${path}/${name}`, inner),
      ]),
    );
  }

  #readOrganization(name: string, path: string, group: ConfigGroup): Organization {
    if (group.groups.size > 0)
      throw new LedgerError('INVALID_CONFIG', `${path} may not have groups of its own`);
    const values = readValues(path, group, { MSP: MSPConfig, AnchorPeers, Endpoints: OrdererAddresses });
    if (values.MSP === undefined) throw new LedgerError('INVALID_CONFIG', `${path} has no MSP`);
    return {
      name,
      mspId: this.#add(path, encode(MSPConfig, values.MSP)),
      anchorPeers: values.AnchorPeers?.anchorPeers ?? [],
      ordererEndpoints: values.Endpoints?.addresses ?? [],
    };
  }

  /** An organisation stands in several groups, but always with the same MSP (common/channelconfig/msp.go). */
  #add(path: string, config: Uint8Array): string {
    const msp = Msp.read(config, this.#options);
    if (msp.mspId === '') throw new LedgerError('INVALID_CONFIG', `the MSP of ${path} has no id`);
    const other = this.#configs.get(msp.mspId);
    if (other !== undefined && !equalBytes(other, config)) {
      const group = path.split('/')[2] ?? path;
      throw new LedgerError(
        'INVALID_CONFIG',
        `could not create channel ${group} sub-group config: Attempted to define two different versions of MSP: ${msp.mspId}`,
      );
    }
    if (other === undefined) {
      this.#configs.set(msp.mspId, config);
      this.msps.set(msp.mspId, msp);
    }
    return msp.mspId;
  }
}
