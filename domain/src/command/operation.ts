import type { JsonObject, JsonValue } from '../json/value.js';
import type { Role } from '../party/roles.js';
import type { PrivateKey, PrivateView, PrivateWrite, Transient } from '../private/private-state.js';
import type { StateEntry } from '../state/codec.js';
import type { PolicyEntry } from '../state/key-policy.js';
import type { StateKey, StateKind } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import type { Caller } from './caller.js';

/** What a rule may know of the transaction that it decides. */
export interface TransactionInfo {
  readonly txId: string;
  /** The transaction's own timestamp: ISO 8601 UTC with milliseconds. */
  readonly timestamp: string;
}

/** What comes of a transaction: the records to write, each key once, and the answer. */
export interface Decision {
  readonly writes: readonly StateEntry[];
  /** Keys whose policy changes while their record stays as it is. */
  readonly policies?: readonly PolicyEntry[];
  /** What goes into private collections: blocks get its hashes alone. */
  readonly privateWrites?: readonly PrivateWrite[];
  /** Private keys to purge: value and history go, from every peer that has them. */
  readonly purges?: readonly PrivateKey[];
  readonly response: JsonObject;
}

/** A transaction whose input has been read: the keys it needs, and the decision once they are fetched. */
export interface PreparedOperation {
  readonly reads: readonly StateKey[];
  /**
   * Further keys, which depend on what was read. It is asked again with each round that was fetched, until it names
   * nothing new, so that a rule can follow a chain of records; in `view` a key that was not fetched yet reads as nothing.
   */
  readsThen?(view: WorldView): readonly StateKey[];
  /** Private keys to fetch besides; only peers of the collection's organisation can. */
  readonly privateReads?: readonly PrivateKey[];
  decide(view: WorldView, tx: TransactionInfo, secrets: PrivateView): Decision;
}

/** One transaction of the contract. Pure and synchronous: whoever runs it fetches the state before and writes it after. */
export interface Operation {
  readonly name: string;
  readonly by: 'admin' | 'party' | 'anyone';
  /** The roles that a party must act in; absent where any role will do. */
  readonly roles?: readonly Role[];
  /** The kinds of keys it may write, none for a query. */
  readonly writes: readonly StateKind[];
  /**
   * Reads the input and says which keys the decision needs.
   *
   * @param transient what came beside the argument, for endorsers' eyes only; most operations look for nothing there.
   * @throws PassageError where the input is malformed or the caller cannot be one who may.
   */
  prepare(argument: JsonValue, caller: Caller, transient: Transient): PreparedOperation;
}
