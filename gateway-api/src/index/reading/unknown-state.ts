import { EXPIRY_NAMESPACE, LIFECYCLE_NAMESPACE } from '@passage/ledger';
import type { StateEntry, StateReader, StateUpdate } from '@passage/ledger';

import type { ReadUpdate } from './packed-updates.js';

/** What a block does cannot be told without the state before it. */
export class StateNeeded extends Error {
  override readonly name = 'StateNeeded';
}

const VALUE = new Uint8Array();
const METADATA = new Uint8Array();

/**
 * The state before a block, where nobody knows it. A new value of a key keeps the key's metadata: that much can be said of it without
 * knowing what it is. Whatever else rests on the state is left to whoever has it; hashes that expire with the block, too, are his to look for.
 */
export const unknownState: StateReader = {
  get(namespace): StateEntry {
    if (namespace === LIFECYCLE_NAMESPACE) throw new StateNeeded();
    return { value: VALUE, version: { block: 0, tx: 0 }, metadata: METADATA };
  },
  range(namespace) {
    if (namespace !== EXPIRY_NAMESPACE) throw new StateNeeded();
    return [];
  },
};

/** Throws StateNeeded where one of these writes tells a value again that nobody knows. */
export function needNoState(writes: readonly StateUpdate[]): void {
  if (writes.some(({ value }) => value === VALUE)) throw new StateNeeded();
}

/** The updates that came of a block over the unknown state. */
export function readUpdates(updates: readonly StateUpdate[]): readonly ReadUpdate[] {
  return updates.map(({ metadata, ...update }) => {
    if (metadata === METADATA) return { ...update, keepsMetadata: true };
    return metadata === undefined ? update : { ...update, metadata };
  });
}
