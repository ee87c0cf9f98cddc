import { defaultRoles } from '@passage/domain';

import { BenchNetwork, type NetworkOptions, type StartTimes } from './bench-network.js';
import { partyInput } from './party-input.js';
import { plainClient, type PlainClient } from './plain-client.js';
import { organizationOf } from './profile.js';

/** A network and its chaincode without our gateways, driven by the plain client with Node's signatures: nothing else runs. */
export class BareNetwork {
  readonly network: BenchNetwork;
  #parties = 0;

  constructor(options: Omit<NetworkOptions, 'gateways'>) {
    this.network = new BenchNetwork({ ...options, gateways: false });
  }

  start(): Promise<StartTimes> {
    return this.network.start();
  }

  /** The administrator of an organisation at its own peer. */
  administrator(organization: string): PlainClient {
    const { peer, admin } = organizationOf(this.network.layout, organization);
    return plainClient(peer, admin, 'node');
  }

  /** The first transaction of a ledger, which customs' gateway would send. */
  async initialise(): Promise<void> {
    const customs = this.administrator('customs');
    await customs.submit('Init', { ledger: this.network.genesisHash, roles: defaultRoles });
    customs.close();
  }

  /** The input of a registration that has not been sent before. */
  nextParty(): object {
    return partyInput('BENCH', this.#parties++);
  }
}
