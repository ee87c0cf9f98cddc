import { utf8 } from '../codec/index.js';
import { MemoryState } from '../state/index.js';
import type { ChaincodeSet } from '../rwset/index.js';
import type { StateUpdate, Version } from '../state/index.js';

/** A version, block before transaction. */
export function at(block: number, tx: number): Version {
  return { block, tx };
}

/** The write of a text under a key of chaincode `cc`. */
export function put(key: string, version: Version, text = 'old', metadata?: Uint8Array): StateUpdate {
  return { namespace: 'cc', key, version, value: utf8(text), ...(metadata && { metadata }) };
}

/** A state that holds these writes. */
export function stateOf(...updates: readonly StateUpdate[]): MemoryState {
  const state = new MemoryState();
  state.apply(updates);
  return state;
}

/** What a transaction did under chaincode `cc`; only what is given. */
export function chaincodeSet(parts: Partial<ChaincodeSet>): ChaincodeSet {
  return {
    namespace: 'cc',
    reads: [],
    writes: [],
    metadataWrites: [],
    ranges: [],
    collections: [],
    ...parts,
  };
}
