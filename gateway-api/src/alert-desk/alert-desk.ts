import { PassageError } from '@passage/domain';
import type { Role } from '@passage/domain';

import type { Caller } from '../auth/caller.js';
import { gatewayError, refusalOf } from '../errors.js';
import type { PartyReader } from '../index/party-reader.js';
import type { IndexReader } from '../index/reader.js';
import type { CallersSight } from '../sight/callers-sight.js';
import { moved, raised } from './alert-life.js';
import type { AlertLife, AlertMove } from './alert-life.js';
import type { AlertStore, KeptAlert, NewStep } from './alert-store.js';
import { deskOf } from './desk.js';
import { SeenAlerts } from './seen-alerts.js';
import type { SeenAlert } from './seen-alerts.js';

/** What a caller asks to be done with an alert. */
export interface MoveRequest {
  readonly requestId: string;
  readonly alert: string;
  /** The version that the caller has seen. */
  readonly version: number;
  readonly move: AlertMove;
  readonly note?: string;
}

/** Who asks: a party of this gateway's organisation, with what it sees. */
export interface Mover {
  readonly caller: Caller;
  readonly party: string;
  readonly reader: IndexReader;
}

/** What the desk stands on. */
export interface DeskParts {
  readonly store: AlertStore;
  readonly sights: Pick<CallersSight, 'of'>;
  readonly parties: Pick<PartyReader, 'party'>;
}

/** Where alerts are looked after: assigned, acknowledged, closed. */
export class AlertDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** The alerts that a caller sees, as they stand at its desk. */
  async seenBy(caller: Caller, reader: IndexReader): Promise<SeenAlerts> {
    const { store, sights } = this.#parts;
    return new SeenAlerts(store, reader, deskOf(await sights.of(caller)) ?? 'none');
  }

  /**
   * Takes a step. The same request again is answered as before, without another step.
   *
   * @throws ALERT_UNKNOWN where the caller sees no such alert; ALERT_CHANGED where somebody else was quicker; ALERT_STEP,
   *   ALERT_NOT_YOURS, ASSIGNEE_UNKNOWN, IDEMPOTENCY_CONFLICT.
   */
  async move(
    mover: Mover,
    request: MoveRequest,
  ): Promise<{ readonly alert: SeenAlert; readonly duplicate: boolean }> {
    const { caller, party, reader } = mover;
    const alerts = await this.seenBy(caller, reader);
    const found = await alerts.one(request.alert);
    if (!found) throw gatewayError('ALERT_UNKNOWN', 'no alert with this id is known to the caller');
    if (await this.#isDone(party, request)) return { alert: found, duplicate: true };
    await this.#checkAssignee(mover, alerts.desk, request.move);
    const life = lifeOf(found.alert);
    const next = life.version === request.version ? moved(life, request.move, party) : 'ALERT_CHANGED';
    if (typeof next === 'string') throw refusedMove(next, life);
    const step = stepOf(request, { desk: alerts.desk, party, subject: caller.subject }, next);
    const isTaken = await this.#parts.store.move(step, life, next);
    const now = (await alerts.one(request.alert)) ?? found;
    if (!isTaken) throw refusedMove('ALERT_CHANGED', lifeOf(now.alert));
    return { alert: now, duplicate: false };
  }

  /** Whether the very same request was carried out before. Throws `IDEMPOTENCY_CONFLICT` for another one of its name. */
  async #isDone(party: string, request: MoveRequest): Promise<boolean> {
    const before = await this.#parts.store.stepBy(party, request.requestId);
    if (!before) return false;
    if (before.request === askedBy(request)) return true;
    const message = 'this request id was used for another step before';
    throw refusalOf(new PassageError('IDEMPOTENCY_CONFLICT', message));
  }

  /** An alert is assigned to a party of the same desk: one that sees the same, and whose list it is, too. */
  async #checkAssignee({ caller }: Mover, desk: string, move: AlertMove): Promise<void> {
    if (move.step !== 'assigned') return;
    const roles = JSON.parse((await this.#parts.parties.party(move.to))?.roles ?? '[]') as readonly Role[];
    for (const role of roles) {
      const assignee = { ...caller, party: move.to, role };
      if (deskOf(await this.#parts.sights.of(assignee)) === desk) return;
    }
    throw gatewayError('ASSIGNEE_UNKNOWN', `${move.to} is no party that looks after alerts at this desk`);
  }
}

/** What a request asks for: the same text for the same step. */
function askedBy({ alert, move, note }: MoveRequest): string {
  return JSON.stringify([alert, move, note ?? null]);
}

function stepOf(
  request: MoveRequest,
  by: { readonly desk: string; readonly party: string; readonly subject: string },
  { assignedTo, outcome }: AlertLife,
): NewStep & { readonly desk: string } {
  return {
    ...by,
    alert_id: request.alert,
    step: request.move.step,
    at: new Date().toISOString(),
    request_id: request.requestId,
    request: askedBy(request),
    assigned_to: assignedTo ?? null,
    outcome: outcome ?? null,
    note: request.note ?? null,
  };
}

/** Where an alert stands at the desk that it was read for. */
export function lifeOf({ state, version, assigned_to, outcome }: KeptAlert): AlertLife {
  if (state === null || version === null) return raised;
  return {
    state,
    version,
    ...(assigned_to !== null && { assignedTo: assigned_to }),
    ...(outcome !== null && { outcome }),
  };
}

function refusedMove(code: 'ALERT_CHANGED' | 'ALERT_STEP' | 'ALERT_NOT_YOURS', life: AlertLife): Error {
  const { state, version, assignedTo } = life;
  const details = { state, version, ...(assignedTo !== undefined && { assignedTo }) };
  const messages = {
    ALERT_CHANGED: `somebody else was quicker: the alert is at version ${String(version)}`,
    ALERT_STEP: `the alert is ${state}`,
    ALERT_NOT_YOURS: `the alert is ${assignedTo ?? 'nobody'}'s`,
  };
  return gatewayError(code, messages[code], { details });
}
