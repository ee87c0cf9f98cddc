import { buildSignaturePolicy, parsePolicy, syntheticSigner } from '../policy/index.js';
import { MemoryState } from '../state/index.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { StaticCollectionConfig } from '../proto/index.js';

import { CollectionAccess } from '../simulation/collection-access.js';
import type { SimulatedLedger } from '../simulation/queries.js';
import { Simulation } from '../simulation/simulation.js';

/** The chaincode of which everything here is. */
export const NAMESPACE = 'passage';

/** A definition with two collections: one that only customs' clients may read and write, and one open to every client. */
const definition: ChaincodeDefinition = {
  sequence: 1,
  version: '1',
  endorsementPlugin: 'escc',
  initRequired: false,
  validationPlugin: 'vscc',
  validationParameter: new Uint8Array(),
  collections: [collection('closed', true), collection('open', false)],
};

function collection(name: string, closed: boolean): StaticCollectionConfig {
  return {
    name,
    memberOrgsPolicy: { signaturePolicy: buildSignaturePolicy(parsePolicy("OR('CustomsMSP.member')")) },
    requiredPeerCount: 0,
    maximumPeerCount: 1,
    blockToLive: 0,
    memberOnlyRead: closed,
    memberOnlyWrite: closed,
  };
}

/** What the collections of a chaincode that is defined in this way let a client of `mspId` do. */
export function accessTo(chaincode: string, mspId = 'CustomsMSP'): CollectionAccess {
  return new CollectionAccess({
    channel: 'ch',
    chaincode,
    definition,
    client: syntheticSigner(mspId, 'client'),
    mspIds: ['CustomsMSP', 'PortMSP'],
  });
}

/** A run for a client of `mspId`, on a peer that holds `held`. */
export function simulateOn(
  ledger: SimulatedLedger,
  mspId = 'CustomsMSP',
  held = new MemoryState(),
): Simulation {
  const collections = accessTo(NAMESPACE, mspId);
  return new Simulation({
    ledger,
    privateState: held,
    collections,
    channel: 'ch',
    chaincode: NAMESPACE,
    txId: 'tx1',
  });
}
