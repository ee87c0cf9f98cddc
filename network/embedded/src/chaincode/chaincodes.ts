import { readDefinition } from '@passage/ledger';
import type { ChaincodeDefinition } from '@passage/ledger';

import type { ChaincodeEndpoint, EmbeddedNetwork, Organization } from '../network.js';
import { ChaincodeConnection } from './connection.js';

/** The chaincode processes of the four peers, each reached by a connection of its own. */
export class Chaincodes {
  readonly #network: EmbeddedNetwork;
  readonly #connections = new Map<string, ChaincodeConnection>();

  constructor(network: EmbeddedNetwork) {
    this.#network = network;
  }

  /** Where an organisation's process listens; the same address twice means the same process. */
  endpointOf({ name, mspId }: Organization): ChaincodeEndpoint {
    const endpoint = this.#network.chaincode.endpoints.find(({ organization }) => organization === name);
    if (endpoint === undefined) throw new Error(`no chaincode endpoint is configured for ${mspId}`);
    return endpoint;
  }

  connection(organization: Organization): ChaincodeConnection {
    const { name, chaincodeClientTls: clientTls } = organization;
    const { address, tlsRootPem } = this.endpointOf(organization);
    const open =
      this.#connections.get(name) ??
      new ChaincodeConnection(this.#network.chaincode.name, { address, tlsRootPem, clientTls });
    this.#connections.set(name, open);
    return open;
  }

  /** The definition on the channel of the chaincode that the peers run; undefined for any other name. */
  definition(name: string): ChaincodeDefinition | undefined {
    const { chaincode, ledger } = this.#network;
    return name === chaincode.name ? readDefinition(ledger.state, name) : undefined;
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }
}
