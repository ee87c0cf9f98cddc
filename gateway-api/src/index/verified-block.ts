import type { SignedStatements } from '@passage/domain';
import type { StateReader, StateUpdate } from '@passage/ledger';

import type { IndexFacts } from './facts/index-facts.js';
import type { BlocksAhead } from './facts/look-ahead.js';
import type { BlockReading } from './reading/block-reading.js';

/** Who created a transaction, from the certificate in it. */
export interface Creator {
  readonly mspId: string;
  readonly party?: string;
  readonly role?: string;
  readonly keyHeldBy?: string;
}

/** A transaction of a verified block, as far as the index needs it. */
export interface VerifiedTransaction {
  readonly position: number;
  /** Empty where the envelope cannot be read. */
  readonly transactionId: string;
  /** peer.TxValidationCode as recomputed here, never as the peer says. */
  readonly code: number;
  /** ISO 8601 UTC with milliseconds. */
  readonly timestamp?: string;
  readonly creator?: Creator;
  /** The call, where it is one of our chaincode: its function and JSON argument. */
  readonly call?: { readonly command: string; readonly argument: string };
  /** Public writes under our chaincode; empty unless the transaction is valid. */
  readonly writes: readonly { readonly key: string; readonly value?: Uint8Array }[];
  /** Writes that only look like customs' word: they are not among `writes`, and no answer rests on them. */
  readonly forged?: readonly ForgedWrite[];
}

/** A key that says what only customs may say, written without customs' endorsement. */
export interface ForgedWrite {
  readonly key: string;
  /** MSP ids of those who endorsed it. */
  readonly endorsers: readonly string[];
}

/** A block that passed every check. */
export interface VerifiedBlock {
  readonly number: number;
  /** Hex. */
  readonly headerHash: string;
  readonly previousHash: string;
  readonly dataHash: string;
  readonly checks: readonly string[];
  readonly transactions: readonly VerifiedTransaction[];
  /** What the block does to the world state. */
  readonly updates: readonly StateUpdate[];
  /** What the next block is checked against; opaque here. Put into bytes when it is first asked for: that takes long. */
  readonly head: Uint8Array;
  /** Statements in it whose devices' signatures were found good beforehand; `believed` where nobody is to look at any. */
  readonly signedStatements?: SignedStatements | 'believed';
}

/** A block whose links were checked, and that others have read. */
export interface ReadAheadBlock extends Pick<
  VerifiedBlock,
  'number' | 'headerHash' | 'previousHash' | 'dataHash' | 'checks' | 'head'
> {
  readonly reading: BlockReading;
}

/** A block that was verified, or its head. */
export type BlockBefore = Pick<VerifiedBlock, 'head'> | Uint8Array;

/** The rules a block is judged by. Implemented over `@passage/ledger`; tests bring their own. */
export interface BlockVerifier {
  /** What it checks of every block and transaction, and what it does not. */
  readonly checks: readonly string[];
  readonly notChecked: readonly string[];
  /** Whether it makes the checks of links-alone.ts, and no others. */
  readonly linksAlone?: boolean;
  /**
   * Verifies the block that comes after another one, or after a head that was kept (undefined: block 0, whose hash must be the trust
   * file's).
   * Throws {@link BlockRefused}.
   *
   * @param facts what was found out beforehand about this very block. Where they hold what others have read in it, that may be
   *   all that is told of it.
   */
  verify(
    before: BlockBefore | undefined,
    block: Uint8Array,
    state: StateReader,
    facts?: IndexFacts,
  ): VerifiedBlock | ReadAheadBlock;
  /** The blocks in parts, each once others have found out about it; all at once where there are no others. */
  ahead?(blocks: readonly Uint8Array[]): AsyncIterable<BlocksAhead>;
  /** Ends what was started for it. */
  close?(): Promise<void>;
}

/** A block failed a check. It is not indexed; what was verified before stands. */
export class BlockRefused extends Error {
  override readonly name = 'BlockRefused';
  readonly block: number;
  /** Name of the check that failed. */
  readonly check: string;

  constructor(block: number, check: string, message: string) {
    super(message);
    this.block = block;
    this.check = check;
  }
}
