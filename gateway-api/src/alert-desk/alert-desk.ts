import type { Role } from '@passage/domain';

import { PassageError } from '@passage/domain';

import type { Caller } from '../auth/caller.js';
import { gatewayError, refusalOf } from '../errors.js';
import type { PartyReader } from '../index/party-reader.js';
import type { IndexReader } from '../index/reader.js';
import type { CallersSight } from '../sight/callers-sight.js';
import { moved, raised } from './alert-life.js';
import type { AlertLife, AlertMove } from './alert-life.js';
import type { AlertStore, KeptAlert } from './alert-store.js';
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
    const asked = JSON.stringify([request.alert, request.move, request.note ?? null]);
    const before = await this.#parts.store.stepBy(party, request.requestId);
    if (before) {
      if (before.request === asked) return { alert: found, duplicate: true };
      throw refusalOf(
        new PassageError('IDEMPOTENCY_CONFLICT', 'this request id was used for another step before'),
      );
    }
    await this.#checkAssignee(mover, alerts.desk, request.move);
    const life = lifeOf(found.alert);
    const next = life.version === request.version ? moved(life, request.move, party) : 'ALERT_CHANGED';
    if (typeof next === 'string') throw refusedMove(next, life);
    const { move, note } = request;
    const isDone = await this.#parts.store.move(
      {
        alert_id: request.alert,
        step: move.step,
        at: new Date().toISOString(),
        desk: alerts.desk,
        party,
        subject: caller.subject,
        request_id: request.requestId,
        request: asked,
        assigned_to: next.assignedTo ?? null,
        outcome: next.outcome ?? null,
        note: note ?? null,
      },
      life,
      next,
    );
    const now = await alerts.one(request.alert);
    if (!isDone || !now) throw refusedMove('ALERT_CHANGED', now ? lifeOf(now.alert) : life);
    return { alert: now, duplicate: false };
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
