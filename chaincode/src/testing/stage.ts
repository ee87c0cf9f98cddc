import './quiet.js';
import type { Caller, JsonObject, JsonValue } from '@passage/domain';
import { opening } from '@passage/domain/testing';
import { PassageContract } from '../contract.js';
import { creator, type Creator } from './creator.js';
import { chaincodeOf, InMemoryLedger, type Endorsement } from './in-memory-ledger.js';

/** The contract behind Fabric's own routing, on the in-memory peer, with a helper for each word of a test. */
export class Stage {
  readonly ledger = new InMemoryLedger(chaincodeOf(PassageContract));
  #transactions = 0;
  #days = 0;

  /** A ledger that has been initialised and knows the whole cast. */
  static async started(): Promise<Stage> {
    const stage = new Stage();
    for (const { caller, name, input } of opening()) await stage.given(caller, name, input);
    return stage;
  }

  /** A transaction of the past: it has to succeed, and is committed. */
  async given(caller: Caller, name: string, input: JsonObject, transient?: JsonValue): Promise<void> {
    const endorsement = await this.when(caller, name, input, transient);
    if (endorsement.status !== 200) throw new Error(`${name} was refused: ${endorsement.message}`);
    if (this.ledger.commit(endorsement) !== 'VALID') throw new Error(`${name} conflicts with another`);
  }

  /** The transaction in question: simulated, not committed. A text is passed on as it is. */
  when(
    caller: Caller,
    name: string,
    input: JsonObject | string | Uint8Array,
    openings?: JsonValue,
  ): Promise<Endorsement> {
    this.#transactions += 1;
    const raw = typeof input === 'string' || input instanceof Uint8Array;
    return this.ledger.endorse({
      creator: creatorOf(caller),
      txId: `tx-${String(this.#transactions)}`,
      timestamp: this.now(),
      args: [name, raw ? input : JSON.stringify(input)],
      ...(openings !== undefined && {
        transient: new Map([['openings', Buffer.from(JSON.stringify(openings))]]),
      }),
    });
  }

  /** Lets days go by. */
  wait(days: number): void {
    this.#days += days;
  }

  /** The timestamp of the last transaction. */
  now(): Date {
    return new Date(Date.UTC(2026, 0, 1 + this.#days, 0, 0, this.#transactions));
  }
}

/** A certificate that says what the caller is. */
export function creatorOf({ mspId, admin, partyId, role, keyHeldBy }: Caller): Creator {
  const attributes = {
    ...(partyId !== undefined && { 'passage.party': partyId }),
    ...(role !== undefined && { 'passage.role': role }),
    ...(keyHeldBy !== undefined && { 'passage.keyHeldBy': keyHeldBy }),
  };
  return creator({ mspId, units: [admin ? 'admin' : 'client'], attributes });
}
