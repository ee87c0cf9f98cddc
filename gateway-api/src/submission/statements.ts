import { readStatement } from '@passage/domain';
import type { Caller as LedgerCaller } from '@passage/domain';

import type { PartyInRole } from '../enrolment/identities.js';
import type { GatewayMetrics } from '../metrics/metrics.js';
import type { Dispatcher } from './dispatcher.js';
import { overloaded } from './gate.js';
import type { StatementQuotas } from './quotas.js';
import type { Outbox } from './outbox.js';
import type { StateValues } from '../recorded-ledger.js';
import { checkStatements } from './statement-check.js';
import type { DoorRefusal } from './statement-check.js';

/** What became of the statements at the door; accepted ones are on disk. */
export interface Taken {
  readonly accepted: readonly { readonly index: number; readonly id: string; readonly duplicate: boolean }[];
  readonly refused: readonly DoorRefusal[];
}

/** What the door stands on. */
interface DoorParts {
  readonly outbox: Outbox;
  readonly dispatcher: Dispatcher;
  readonly state: StateValues;
  /** Statements that may wait before new ones are refused as OVERLOADED. */
  readonly limit: number;
  readonly quotas: Pick<StatementQuotas, 'charge'>;
  readonly metrics: Pick<GatewayMetrics, 'statementRefused'>;
}

/** Takes statements: judges them, stores the good ones durably, and hands them to the dispatcher. */
export class StatementDoor {
  readonly #parts: DoorParts;

  constructor(parts: DoorParts) {
    this.#parts = parts;
  }

  async take(
    statements: readonly string[],
    who: PartyInRole,
    caller: LedgerCaller,
    freshDevice: (kid: string) => Promise<Uint8Array | undefined>,
  ): Promise<Taken> {
    const { outbox, dispatcher, state, limit, quotas, metrics } = this.#parts;
    const depth = await outbox.depth();
    if (depth + statements.length > limit)
      throw overloaded(`${String(depth)} statements wait for the ledger`, 5);
    const { good, refused } = await checkStatements(statements, caller, state, freshDevice);
    quotas.charge(
      who.party,
      good.map(({ jws }) => readStatement(jws).header.kid),
    );
    for (const { code } of refused) metrics.statementRefused(code, 'door');
    const fresh = await outbox.accept(
      who,
      good.filter((s) => !s.recorded),
      new Date().toISOString(),
    );
    dispatcher.enqueue(who, fresh);
    const isFresh = new Set(fresh.map((s) => s.statementId));
    return {
      accepted: good.map((s) => ({
        index: s.index,
        id: s.statementId,
        duplicate: !isFresh.has(s.statementId),
      })),
      refused,
    };
  }
}
