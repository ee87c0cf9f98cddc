/** A record of the world state: its key, and the stored bytes. */
export interface StateRecord {
  readonly key: string;
  readonly value: Uint8Array;
}
