import { encode, utf8 } from '../codec/index.js';
import { buildSignaturePolicy, parsePolicy, syntheticSigner } from '../policy/index.js';
import { readReadWriteSet } from '../rwset/index.js';
import { MemoryState } from '../state/index.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { StaticCollectionConfig } from '../proto/index.js';
import type { ReadWriteSet } from '../rwset/index.js';

import { CollectionAccess } from '../simulation/collection-access.js';
import type { SimulatedLedger } from '../simulation/queries.js';
import { GetStateByRange, QueryMetadata } from '../simulation/shim-messages.js';
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

/** A state with the keys k000, k001 … written by block 3, each by a transaction of its own. */
function stateOf(count: number): MemoryState {
  const state = new MemoryState();
  state.apply(
    Array.from({ length: count }, (_, tx) => ({
      namespace: NAMESPACE,
      key: keyOf(tx),
      value: utf8(`value ${tx}`),
      version: { block: 3, tx },
    })),
  );
  return state;
}

/** The key of `stateOf` with an index. */
export const keyOf = (index: number): string => `k${String(index).padStart(3, '0')}`;

/** A run on a peer that has so many keys, k000 and on, and no history. */
export function simulate(count = 0): Simulation {
  return simulateOn({ state: stateOf(count), history: () => [] });
}

/** What was recorded under the chaincode's own name. */
export const rwsetOf = (simulation: Simulation): ReadWriteSet =>
  readReadWriteSet(simulation.results().publicBytes).filter(({ namespace }) => namespace === NAMESPACE);

/** The payload of a GET_STATE_BY_RANGE. */
export const range = (
  startKey: string,
  endKey: string,
  paging?: { pageSize: number; bookmark?: string },
): Uint8Array =>
  encode(GetStateByRange, { startKey, endKey, ...(paging && { metadata: encode(QueryMetadata, paging) }) });
