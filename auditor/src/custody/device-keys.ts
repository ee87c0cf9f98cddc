import { parseKey, type PublicJwk, type StateKey } from '@passage/domain';
import { readRecord } from './record-view.js';
import type { StateUpdate } from '@passage/ledger';

/** Gathers the keys of devices as they come to stand in the world state. */
export class DeviceKeys {
  readonly #chaincode: string;
  #gathered: PublicJwk[] = [];

  /** @param chaincode whose records are looked at. */
  constructor(chaincode: string) {
    this.#chaincode = chaincode;
  }

  /** Looks at what a block, or a saved state, brings. */
  take(updates: Iterable<Pick<StateUpdate, 'namespace' | 'key' | 'value'>>): void {
    for (const { namespace, key, value } of updates) {
      if (namespace !== this.#chaincode || value === undefined || !key.startsWith('device/')) continue;
      if (parseKey(key)?.kind !== 'device') continue;
      const record = readRecord(key as StateKey<'device'>, value);
      if (record !== undefined) this.#gathered.push(record.jwk);
    }
  }

  /** Those that were gathered since they were asked for last. */
  gathered(): readonly PublicJwk[] {
    const gathered = this.#gathered;
    this.#gathered = [];
    return gathered;
  }
}
