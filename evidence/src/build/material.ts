import type { PublicJwk } from '@passage/domain';
import type { BundleRecord } from '../bundle/index.js';

/** An event of the consignment, and where it stands. */
export interface CollectedEvent {
  readonly id: string;
  readonly block: number;
  readonly transaction: number;
  /** Its place in the tree over all events. */
  readonly leaf: number;
  readonly kid?: string;
  readonly jws?: string;
  /** The transaction's envelope, base64url. */
  readonly envelope: string;
}

/** A block of the channel's configuration, as a bundle carries it. */
export interface PackedConfiguration {
  readonly number: number;
  readonly packed: string;
}

/** What the blocks below a height have of one consignment: all that a bundle is made of, save what somebody signs. */
export interface ShipmentMaterial {
  readonly ucr: string;
  readonly height: number;
  /** Block 0 and each that brought a configuration. */
  readonly configuration: readonly PackedConfiguration[];
  /** The last block without its transactions; absent below height 2, where nobody signs a block. */
  readonly tip?: string;
  /** The blocks that hold the events, as a bundle carries them; what is made of proofs needs none. */
  readonly blocks: readonly string[];
  readonly events: readonly CollectedEvent[];
  /** RFC 9162 inclusion proof of a leaf in the tree over all events below the height. */
  readonly path: (leaf: number) => readonly Uint8Array[];
  /** The public keys of those who signed the statements. */
  readonly keys: readonly PublicJwk[];
  /** The records that a shipment statement speaks of. */
  readonly state: readonly BundleRecord[];
  readonly devices: readonly BundleRecord[];
}
