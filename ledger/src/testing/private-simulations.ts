import { encode, toHex, utf8 } from '../codec/index.js';
import { hashKey } from '../rwset/index.js';
import { GetState, MessageType, PutState } from '../simulation/shim-messages.js';
import { MemoryState, hashNamespace } from '../state/index.js';
import { NAMESPACE, simulateOn } from './simulations.js';
import type { Simulation } from '../simulation/simulation.js';
import type { StateUpdate } from '../state/index.js';

/** The version of everything that the state has. */
export const at = { block: 4, tx: 2 };

/** The hash of a key in the world state, perhaps with a policy. */
export const hashed = (
  collection: string,
  key: string,
  value: string,
  metadata?: Uint8Array,
): StateUpdate => ({
  namespace: hashNamespace(NAMESPACE, collection),
  key: toHex(hashKey(key)),
  value: hashKey(value),
  version: at,
  ...(metadata && { metadata }),
});

/** The value that an organisation holds. */
export const held = (collection: string, key: string, value: string, version = at): StateUpdate => ({
  namespace: hashNamespace(NAMESPACE, collection),
  key,
  value: utf8(value),
  version,
});

function stateOf(...updates: StateUpdate[]): MemoryState {
  const state = new MemoryState();
  state.apply(updates);
  return state;
}

/** A run on a peer that holds these values, in a world state with these hashes. */
export function simulate(hashes: StateUpdate[], values: StateUpdate[], mspId = 'CustomsMSP'): Simulation {
  return simulateOn({ state: stateOf(...hashes), history: () => [] }, mspId, stateOf(...values));
}

/** What the chaincode asks for: the value under a key. */
export const get = (collection: string, key: string): [number, Uint8Array] => [
  MessageType.GET_STATE,
  encode(GetState, { collection, key }),
];

/** A value to be written; without a collection it is a public one. */
export const put = (collection: string, key: string, value: string): [number, Uint8Array] => [
  MessageType.PUT_STATE,
  encode(PutState, { collection, key, value: utf8(value) }),
];
