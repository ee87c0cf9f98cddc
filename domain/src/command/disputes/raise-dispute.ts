import { requireActAbout, requireStatementAbout, actReads } from '../../dispute/concern.js';
import type { DisputedEvent } from '../../dispute/dispute-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { object } from '../../shape/composites.js';
import { ordinal, partyId, reason, requestId, sha256Base64url } from '../../shape/fields.js';
import { such } from '../../shape/scalars.js';
import { broken, mapped, type Shape } from '../../shape/shape.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import type { WorldView } from '../../state/world-view.js';
import { readStatement } from '../../statement/read-statement.js';
import type { UnverifiedStatement } from '../../statement/statement.js';
import { partyCommand } from '../define.js';
import { disputantReads, requireDisputant } from './disputant.js';

/** An act, as the ledger knows it: by who asked for it, and under which request id. */
type ActRef = { readonly by: string; readonly requestId: string };

/** What is to be disputed: exactly one of the two. */
type EventRef = { readonly statement: UnverifiedStatement } | { readonly act: ActRef };

type RaiseDisputeInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly event: EventRef;
  readonly reason: string;
  readonly commitment?: string;
  /** For a party that has the goods no more: the handover by which it had them. */
  readonly handover?: number;
};

const signed = mapped(
  such(() => true, 'a compact JWS'),
  readStatement,
);

const eitherRef = object<{ readonly statement?: UnverifiedStatement; readonly act?: ActRef }>(
  {},
  { statement: signed, act: object<ActRef>({ by: partyId, requestId }, {}) },
);

const eventRef: Shape<EventRef> = (value, pointer, violations) => {
  const event = eitherRef(value, pointer, violations);
  if (event === undefined) return undefined;
  if (Object.keys(event).length === 1) return event as EventRef;
  broken(violations, pointer, 'must have exactly one of statement and act');
  return undefined;
};

/**
 * A party of a consignment says that an event of it is wrong. A statement is given as it was signed, so that the rule can see what
 * it is about. The event stays as it is, and nothing that rests on it is undone.
 */
export const raiseDispute = partyCommand<RaiseDisputeInput>({
  name: 'RaiseDispute',
  writes: ['dispute'],
  input: object<RaiseDisputeInput>(
    { requestId, ucr, event: eventRef, reason },
    { commitment: sha256Base64url, handover: ordinal },
  ),
  reads: (input, who) => [...disputantReads(input, who), eventKey(input.event)],
  readsThen({ ucr, event }, _, view) {
    const request = 'act' in event ? view.get(keys.request(event.act.by, event.act.requestId)) : undefined;
    return request === undefined ? [] : actReads(ucr, request);
  },
  decide(input, { party }, view, { timestamp }) {
    const { requestId: dispute, ucr, event, reason, commitment } = input;
    const disputant = party.partyId;
    requireDisputant(input, disputant, view);
    const disputed =
      'act' in event ? knownAct(ucr, event.act, view) : knownStatement(ucr, event.statement, view);
    return {
      writes: [
        entry(keys.dispute(ucr, disputant, dispute), {
          v: 1,
          ucr,
          disputant,
          dispute,
          event: disputed,
          reason,
          ...(commitment !== undefined && { commitment }),
          raisedAt: timestamp,
        }),
      ],
      result: { ucr, disputant, dispute },
    };
  },
});

function eventKey(event: EventRef): StateKey {
  if ('act' in event) return keys.request(event.act.by, event.act.requestId);
  const { kid, seq } = event.statement.header;
  return keys.statement(kid, seq);
}

/** @throws PassageError STATEMENT_UNKNOWN where the ledger has none under that number, or other bytes; NOT_ABOUT_SHIPMENT */
function knownStatement(
  ucr: string,
  { header: { kid, seq }, statementId, payload }: UnverifiedStatement,
  view: WorldView,
): DisputedEvent {
  const { id } = statementRecordOf(statementId);
  if (view.get(keys.statement(kid, seq))?.id !== id) {
    const details = { kid, seq, pointer: '/event/statement' };
    throw new PassageError('STATEMENT_UNKNOWN', `The ledger does not hold ${statementId}`, details);
  }
  requireStatementAbout(ucr, payload);
  return { statement: { kid, seq, id } };
}

/** @throws PassageError ACT_UNKNOWN, NOT_ABOUT_SHIPMENT */
function knownAct(ucr: string, act: ActRef, view: WorldView): DisputedEvent {
  const request = view.get(keys.request(act.by, act.requestId));
  if (request === undefined) {
    const message = `${act.by} has done nothing under the request id ${act.requestId}`;
    throw new PassageError('ACT_UNKNOWN', message, { ...act, pointer: '/event/act' });
  }
  requireActAbout(ucr, request, view);
  return { act: { ...act, command: request.command } };
}
