import type { TransactionInfo } from '../command/operation.js';
import type { JsonObject } from '../json/value.js';
import type { StateEntry } from '../state/codec.js';
import type { StateKey, StateKind } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';

/** An act that a device has signed, and for whom: permission is its owner's. */
export interface ActClaim {
  readonly event: JsonObject;
  readonly statementId: string;
  /** The key that signed, and its number of the statement. */
  readonly kid: string;
  readonly seq: number;
  /** Party id of the device's owner. */
  readonly owner: string;
}

/**
 * One rule about events that act. A cell of the table (event type and action) may have several: each looks at the part of the
 * event that is its business and leaves the rest to the others.
 */
export interface EventAct {
  readonly type: string;
  /** Absent for a TransformationEvent, which has no action. */
  readonly action?: 'OBSERVE' | 'ADD' | 'DELETE';
  /** The kinds of keys it may write. */
  readonly writes: readonly StateKind[];
  /** The keys that `decide` reads. The event's form was not judged yet: what cannot be read gives no key. */
  reads(event: JsonObject): readonly StateKey[];
  /** Further keys, which depend on what was read: see `PreparedOperation`. */
  readsThen?(event: JsonObject, view: WorldView): readonly StateKey[];
  /**
   * What the act writes, once it is allowed; the event is in good form.
   *
   * @throws PassageError with `pointer` in the details, into the event.
   */
  decide(claim: ActClaim, view: WorldView, tx: TransactionInfo): readonly StateEntry[];
}
