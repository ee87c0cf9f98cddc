import type { ChannelConfig, StateReader } from '@passage/ledger';

import type { Faults } from './faults/faults.js';
import type { OrganizationName } from './organization-name.js';

export type { OrganizationName };

/** A key and its certificate, able to speak for one organisation. */
export interface Signer {
  readonly mspId: string;
  readonly certificatePem: string;
  /** msp.SerializedIdentity bytes, as they stand in a creator or an endorser field. */
  readonly serialized: Uint8Array;
  /** ECDSA P-256 over the SHA-256 of `message`: DER, always low S (F:bccsp/sw/ecdsa.go refuses high S). */
  sign(message: Uint8Array): Uint8Array;
}

/** What one TLS endpoint presents, as PEM. */
export interface TlsMaterial {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Loopback ports of one organisation: base + 10 * index, then counting up. */
export interface OrganizationPorts {
  readonly orderer: number;
  readonly peer: number;
  readonly ca: number;
  readonly chaincode: number;
  readonly gateway: number;
}

export interface Organization {
  readonly name: OrganizationName;
  readonly mspId: string;
  readonly index: number;
  readonly ports: OrganizationPorts;
  /** Signs endorsements. */
  readonly peer: Signer;
  /** Signs blocks as consenter `index + 1`, if the channel's configuration has it as one. */
  readonly orderer: Signer;
  /** Signs configuration and chaincode definitions. */
  readonly admin: Signer;
  /** Root of every identity of this organisation. */
  readonly caRootPem: string;
  /** Root of every TLS certificate of this organisation. */
  readonly tlsRootPem: string;
  /** Presented by the peer's, orderer's and CA's ports; names localhost and 127.0.0.1, both server and client use. */
  readonly serverTls: TlsMaterial;
  /** Presented by the peer when it dials the chaincode. */
  readonly chaincodeClientTls: TlsMaterial;
}

/** Where one organisation's peer finds its chaincode process. */
export interface ChaincodeEndpoint {
  readonly organization: OrganizationName;
  /** `localhost:<port>`; the same for all four in fast mode. */
  readonly address: string;
  /** Roots that the chaincode server's certificate must chain to. */
  readonly tlsRootPem: string;
}

/** The channel's one chaincode. */
export interface ChaincodeSettings {
  readonly name: string;
  /** The definition's version, for instance `1-<sha256 of the package>`. */
  readonly version: string;
  /** One endpoint per organisation, in the order of the organisations. */
  readonly endpoints: readonly ChaincodeEndpoint[];
}

/** What became of one transaction. */
export interface TransactionStatus {
  readonly blockNumber: number;
  /** Position in the block. */
  readonly index: number;
  /** protos.TxValidationCode; 0 is VALID. */
  readonly code: number;
}

/** A transaction as the ledger holds it. */
export interface StoredTransaction extends TransactionStatus {
  /** common.Envelope bytes, as ordered. */
  readonly envelope: Uint8Array;
}

/** One entry of a key's history. */
export interface KeyModification {
  readonly txId: string;
  /** The transaction's own timestamp (its client's clock). */
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly isDelete: boolean;
  /** Empty when deleted. */
  readonly value: Uint8Array;
}

/** A block that has just become durable: block file and state both hold it. */
export interface CommittedBlock {
  readonly number: number;
  /** common.Block bytes with the peer's metadata: TRANSACTIONS_FILTER and COMMIT_HASH. */
  readonly bytes: Uint8Array;
  /** One protos.TxValidationCode for each transaction. */
  readonly codes: Uint8Array;
  /** Transaction ids in the order of the block; empty where an envelope has none. */
  readonly txIds: readonly string[];
}

/** The private writes of one transaction to one collection, for one organisation that may have them. */
export interface PrivateSet {
  readonly mspId: string;
  /** Namespace of the collection's hashes in the world state. */
  readonly namespace: string;
  /** KVRWSet bytes, whose SHA-256 stands in the transaction. */
  readonly rwset: Uint8Array;
}

/** What the organisations' peers hold beside the ledger, each for itself. */
export interface PrivateData {
  /** The private values in force that one organisation holds; namespaces are those of the hashes, keys are in clear. */
  stateOf(mspId: string): StateReader;
  /** Keeps private writes until their transaction is in a block. They are on disk when this returns. */
  keep(txId: string, height: number, sets: readonly PrivateSet[]): void;
  /** What one organisation has of the private writes of a block: by transaction, by namespace, KVRWSet bytes. */
  writesOf(block: number, mspId: string): ReadonlyMap<number, ReadonlyMap<string, Uint8Array>>;
  /** What one organisation should have of a block and has not. */
  missingOf(block: number, mspId: string): readonly { readonly tx: number; readonly namespace: string }[];
}

/** The ledger of the channel. One copy serves the four peers. */
export interface Ledger {
  readonly channel: string;
  /** World state after the last committed block. */
  readonly state: StateReader;
  readonly privateData: PrivateData;
  /** Number of blocks; the newest block is `height() - 1`. */
  height(): number;
  /** The channel configuration in force after the last block. */
  config(): ChannelConfig;
  /** common.Block bytes, or undefined above the height. */
  getBlock(number: number): Uint8Array | undefined;
  getBlockByTxId(txId: string): Uint8Array | undefined;
  /** The block whose header has this SHA-256 hash. */
  getBlockByHash(hash: Uint8Array): Uint8Array | undefined;
  getTransaction(txId: string): StoredTransaction | undefined;
  /** What became of a transaction id, without reading the block; undefined while it is not on the ledger. */
  commitStatus(txId: string): TransactionStatus | undefined;
  /** Every valid write of a key, newest first (F:core/ledger/kvledger/history). */
  history(namespace: string, key: string): readonly KeyModification[];
  /** Tells of each block after it is durable, in order. Returns how to stop listening. */
  onCommit(listener: (block: CommittedBlock) => void): () => void;
  /**
   * Runs `work` on one height: no block commits until it settles, so that simulations for several peers read the same
   * state. Waiting is bounded: after `SNAPSHOT_LIMIT_MS` commits go on, and the simulations may differ as on a real
   * network.
   */
  withSnapshot<T>(work: () => Promise<T>): Promise<T>;
}

/** What a consenter answers to a broadcast: common.Status (200 accepted, 400, 403, 404, 413, 503) and why. */
export interface BroadcastResult {
  readonly status: number;
  readonly info: string;
}

export interface Orderer {
  /**
   * Judges one common.Envelope as a consenter's broadcast filter does and queues it. A 200 says that it will be ordered,
   * not that it is committed or valid; `Ledger.commitStatus` and `onCommit` say that.
   */
  broadcast(envelope: Uint8Array): Promise<BroadcastResult>;
}

/** Everything the gRPC services stand on. */
export interface EmbeddedNetwork {
  readonly channel: string;
  /** customs, port, business, auditor, then those that joined later. */
  readonly organizations: readonly Organization[];
  readonly chaincode: ChaincodeSettings;
  readonly ledger: Ledger;
  readonly orderer: Orderer;
  /** What is made to go wrong, for tests. */
  readonly faults: Faults;
}

/** Started servers of one part of the network. */
export interface RunningServices {
  /** Stops listening and ends open streams; resolves when every port is free. */
  close(): Promise<void>;
}
