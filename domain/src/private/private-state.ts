/** A key of a private collection: only the peers of the collection's organisation have its value, the blocks its hash. */
export interface PrivateKey {
  readonly collection: string;
  readonly key: string;
}

export interface PrivateWrite extends PrivateKey {
  readonly value: Uint8Array;
}

/** Names of the transient map with their bytes: what endorsers see and no block holds. */
export type Transient = ReadonlyMap<string, Uint8Array>;

/** The collection that every organisation has without being configured (Fabric: `_implicit_org_<MSP id>`). */
export function collectionOf(mspId: string): string {
  return `_implicit_org_${mspId}`;
}

/** Values of private keys that were fetched. */
export class PrivateView {
  readonly #values: ReadonlyMap<string, Uint8Array>;

  constructor(values: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#values = values;
  }

  /** What is stored; undefined where nothing is, or where it was purged. */
  get(key: PrivateKey): Uint8Array | undefined {
    const value = this.#values.get(privateId(key));
    return value === undefined || value.length === 0 ? undefined : value;
  }
}

/** One text for collection and key, as maps of private values have it. */
export function privateId({ collection, key }: PrivateKey): string {
  return `${collection}/${key}`;
}
