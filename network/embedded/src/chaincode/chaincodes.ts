import { LIFECYCLE_NAMESPACE, readDefinition, sameVersion, sequenceKey } from '@passage/ledger';
import type { ChaincodeDefinition, Version } from '@passage/ledger';

import type { ChaincodeEndpoint, EmbeddedNetwork, Organization } from '../network.js';
import { ChaincodeConnection } from './connection.js';

/** The chaincode processes of the four peers, each reached by a connection of its own. */
export class Chaincodes {
  readonly #network: EmbeddedNetwork;
  readonly #connections = new Map<string, ChaincodeConnection>();
  #known:
    | { readonly version: Version | undefined; readonly definition: ChaincodeDefinition | undefined }
    | undefined;

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
    if (name !== this.#network.chaincode.name) return undefined;
    const { state } = this.#network.ledger;
    // Every change of a definition writes its sequence, and no call wants to read the five fields again.
    const version = state.get(LIFECYCLE_NAMESPACE, sequenceKey(name))?.version;
    if (this.#known === undefined || !sameVersion(this.#known.version, version)) {
      this.#known = { version, definition: readDefinition(state, name) };
    }
    return this.#known.definition;
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }
}
