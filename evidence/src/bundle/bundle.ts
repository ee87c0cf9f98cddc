import type { CommitmentSubject, PublicJwk } from '@passage/domain';
import type { Network, SignedTreeHead } from '../head/index.js';
import type { SignedShipmentStatement } from '../shipment-statement/index.js';

/** The version of the format. */
export const BUNDLE_FORMAT = 'passage-evidence-bundle-1';

/** How the events are shown to be on the ledger: by the whole blocks in which they stand, or by proofs against a tree head. */
export type BundleKind = 'blocks' | 'proofs';

/** One event of the consignment, and where it stands. Bytes are base64url. */
export interface BundleEvent {
  readonly id: string;
  /** The compact JWS, of a statement. */
  readonly jws?: string;
  /** Serialized common.Envelope of a command's transaction; in a bundle of blocks it stands in its block. */
  readonly envelope?: string;
  /** In a bundle of blocks: number of the block, and place of the transaction in it. */
  readonly block?: number;
  readonly transaction?: number;
  /** In a bundle of proofs: place of the event in the tree, and the hashes up to the root (`inclusionProof`). */
  readonly leaf?: number;
  readonly path?: readonly string[];
}

/** A record as it is stored; `value` is its JSON text. */
export interface BundleRecord {
  readonly key: string;
  readonly value: string;
}

/** Salt and value of a private field, with what its commitment is about. */
export type BundleOpening = CommitmentSubject & { readonly salt: string; readonly value: string };

/**
 * What is known of one consignment, for who has nothing but the hash of the genesis block. Members stand in this order in the
 * file, without blanks, with a line feed at the end: there is one text for one bundle. `docs/evidence.md` says what each proves.
 */
export interface EvidenceBundle {
  readonly format: typeof BUNDLE_FORMAT;
  readonly network: Network;
  readonly kind: BundleKind;
  /** Header hash of block 0, hex. */
  readonly genesisHash: string;
  readonly ucr: string;
  /** Serialized common.Block, trimmed (`trimBlock`): block 0 and every configuration block up to the highest height. */
  readonly configuration: readonly string[];
  /** Trimmed blocks without their transactions: the last ones below the heights that head and statement speak of. */
  readonly tips: readonly string[];
  /** In a bundle of blocks: trimmed blocks with their transactions, those that hold the events. */
  readonly blocks: readonly string[];
  /** In the order of (block, transaction, index). */
  readonly events: readonly BundleEvent[];
  /** Public keys that signed the statements, by thumbprint. */
  readonly keys: readonly PublicJwk[];
  /** Records of consignment and parties, by key; there with a shipment statement only. */
  readonly state: readonly BundleRecord[];
  /** Records of the keys that signed, by key; there with a shipment statement only. */
  readonly devices: readonly BundleRecord[];
  /** Openings of private fields that somebody discloses. */
  readonly openings: readonly BundleOpening[];
  /** The head that a bundle of proofs stands on. */
  readonly head?: SignedTreeHead;
  /** What makes it complete. */
  readonly statement?: SignedShipmentStatement;
}
