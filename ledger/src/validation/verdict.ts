import type { EndorserTransaction } from '../block/index.js';
import type { ChannelConfig, ConfigOptions } from '../config/index.js';
import type { Timestamp } from '../proto/index.js';
import type { ReadWriteSet } from '../rwset/index.js';
import type { StateReader, StateUpdate } from '../state/index.js';
import type { GoodSignatures } from './good-signatures.js';

/** What a block is judged by. Everything is as of the block before it. */
export interface ValidationContext {
  /** The channel configuration in force. */
  readonly config: ChannelConfig;
  /** For the configuration that the block may bring; the memo of the present one stands in itself. */
  readonly configOptions?: ConfigOptions;
  /** The world state before the block. */
  readonly state: StateReader;
  /** Whether a transaction of this id, valid or not, stands in an earlier block. */
  isKnownTransaction(txId: string): boolean;
  /** Signatures of this very block that need no second look. */
  readonly goodSignatures?: GoodSignatures;
  /** Commit hash of the block before; empty before block 1. */
  readonly previousCommitHash: Uint8Array;
}

/** What became of one transaction. Parts that could not be read are missing. */
export interface TransactionVerdict {
  readonly index: number;
  /** TxValidationCode; 0 is valid. */
  readonly code: number;
  /** Why it is invalid, for people. */
  readonly reason?: string;
  readonly txId: string;
  /** HeaderType of the channel header. */
  readonly type?: number;
  /** The client's clock, at its word. */
  readonly timestamp?: Timestamp;
  /** Serialized identity that signed the envelope. */
  readonly creator?: Uint8Array;
  /** Name of the chaincode that was called. */
  readonly chaincode?: string;
  /** The endorsed action: arguments, response, event, endorsements. */
  readonly transaction?: EndorserTransaction;
  /** What it read and wrote, also where it is invalid. */
  readonly sets: ReadWriteSet;
  /** What a valid transaction did to the state, key by key, also where a later one of the block writes the key again. */
  readonly writes: readonly StateUpdate[];
}

/** What a block does. */
export interface BlockVerdict {
  /** One TxValidationCode per transaction: the block's TRANSACTIONS_FILTER. */
  readonly flags: Uint8Array;
  readonly transactions: readonly TransactionVerdict[];
  /** Final write per key, ready to apply; includes private hashes that expire with this block and their bookkeeping. */
  readonly updates: readonly StateUpdate[];
  /** Hash over flags, updates and the commit hash before; empty for block 0, which has none. */
  readonly commitHash: Uint8Array;
  /** The configuration from the next block on, where this one changes it. */
  readonly config?: ChannelConfig;
}
