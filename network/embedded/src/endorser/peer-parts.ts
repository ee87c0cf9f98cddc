import type { Access } from '../access/access.js';
import type { Chaincodes } from '../chaincode/chaincodes.js';
import type { EmbeddedNetwork } from '../network.js';

/** What the peers' services work with: the network, who may do what, and the chaincode processes. */
export interface PeerParts {
  readonly network: EmbeddedNetwork;
  readonly access: Access;
  readonly chaincodes: Chaincodes;
}
