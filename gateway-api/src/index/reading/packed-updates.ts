import type { StateUpdate } from '@passage/ledger';

/**
 * What an update of the world state says that was read without the state: its metadata may be whatever the key has, and then nobody
 * knew it.
 */
export interface ReadUpdate extends StateUpdate {
  readonly keepsMetadata?: true;
}

/** Updates as they travel between threads: all bytes in one piece. */
export interface PackedUpdates {
  /** Namespace and key of each. */
  readonly names: readonly string[];
  /** Of each its transaction, and the lengths of value and metadata; see ABSENT and KEPT. */
  readonly numbers: Int32Array;
  /** Values and metadata, one behind the other. */
  readonly bytes: Uint8Array;
}

const FIELDS = 3;
const [ABSENT, KEPT] = [-1, -2];

export function packUpdates(updates: readonly ReadUpdate[]): PackedUpdates {
  const numbers = new Int32Array(updates.length * FIELDS);
  const names: string[] = [];
  const parts: Uint8Array[] = [];
  for (const [index, { namespace, key, version, value, metadata, keepsMetadata }] of updates.entries()) {
    names.push(namespace, key);
    const ofMetadata = keepsMetadata ? KEPT : (metadata?.length ?? ABSENT);
    numbers.set([version.tx, value?.length ?? ABSENT, ofMetadata], index * FIELDS);
    if (value !== undefined) parts.push(value);
    if (metadata !== undefined) parts.push(metadata);
  }
  return { names, numbers, bytes: Buffer.concat(parts) };
}

export function unpackUpdates({ names, numbers, bytes }: PackedUpdates, block: number): ReadUpdate[] {
  let from = 0;
  const taken = (length: number): Uint8Array => bytes.subarray(from, (from += length));
  return Array.from({ length: numbers.length / FIELDS }, (_, index) => {
    const [tx = 0, ofValue = ABSENT, ofMetadata = ABSENT] = numbers.subarray(index * FIELDS);
    const value = ofValue >= 0 ? taken(ofValue) : undefined;
    const metadata = ofMetadata >= 0 ? taken(ofMetadata) : undefined;
    return {
      namespace: names[index * 2] ?? '',
      key: names[index * 2 + 1] ?? '',
      version: { block, tx },
      ...(value && { value }),
      ...(metadata && { metadata }),
      ...(ofMetadata === KEPT && { keepsMetadata: true }),
    };
  });
}
