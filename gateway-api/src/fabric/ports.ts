import type { ActingIdentity } from '../enrolment/identities.js';

/** An endorsed transaction with its client's signature: these very bytes are sent until their fate is known. */
export interface SignedTransaction {
  readonly transactionId: string;
  /** fabric-gateway's PreparedTransaction, unsigned. */
  readonly prepared: Uint8Array;
  /** The creator's signature over the envelope's payload. */
  readonly signature: Uint8Array;
}

/** What the endorsing peers agreed on. */
export interface Endorsed extends SignedTransaction {
  /** The JSON text that the chaincode returned. */
  readonly result: string;
}

/** What an act on private collections needs besides its argument. It is kept in memory alone, until the transaction's fate is known. */
export interface PrivatePart {
  /** What endorsers see and no block holds. */
  readonly transient: ReadonlyMap<string, Uint8Array>;
  /** MSP ids of the only organisations whose peers may see it. */
  readonly endorsers: readonly string[];
}

/** The chaincode `passage` as its clients see it. Every refusal is a {@link Refusal}. */
export interface LedgerClient {
  /** Runs a reading transaction at a peer of our own organisation. Returns the JSON text. */
  evaluate(transaction: string, json: string, identity: ActingIdentity): Promise<string>;
  /** Has a writing transaction simulated and signed by enough peers, then signs it. Nothing is ordered yet. */
  endorse(
    transaction: string,
    json: string,
    identity: ActingIdentity,
    secret?: PrivatePart,
  ): Promise<Endorsed>;
  /**
   * Hands the bytes to the orderers. An error says nothing about the transaction's fate, except when it is
   * `LEDGER_REFUSED`: every orderer said that it will never take these bytes.
   */
  broadcast(transaction: SignedTransaction): Promise<void>;
}

/** The same for whoever signs elsewhere: each step takes or gives the bytes that a key of somebody else's is to sign. */
export interface OwnKeyLedger {
  /** A proposal for the holder of a certificate (PEM) to sign: protos.Proposal, serialized. Nobody is asked. */
  propose(
    command: string,
    json: string,
    creator: Pick<ActingIdentity, 'mspId' | 'cert'>,
    transient: PrivatePart['transient'],
  ): Uint8Array;
  /** Has fabric-gateway's ProposedTransaction, signed by its creator, simulated and signed by enough peers. */
  endorse(proposed: Uint8Array, signature: Uint8Array): Promise<EndorsedElsewhere>;
}

/** What endorsing peers agreed on, for the creator to sign. */
export interface EndorsedElsewhere {
  /** The JSON text that the chaincode returned. */
  readonly result: string;
  /** common.Payload, serialized. */
  readonly payload: Uint8Array;
}

/** Whole blocks of the channel, as a peer serves them: not verified. */
export interface BlockSource {
  /** Number of the newest block that the peer has. */
  newest(): Promise<number>;
  /** Blocks from number `from` on, without end, until the signal aborts or the connection fails. */
  blocks(from: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Any block of the channel by its number, as a peer serves it now: not verified. */
export interface OneBlock {
  /** Rejects where the peer does not give it. */
  block(number: number): Promise<Uint8Array>;
}
