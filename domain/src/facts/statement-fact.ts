import { describeEvent } from '../epcis/describe-event.js';
import type { UnverifiedStatement } from '../statement/statement.js';
import type { StatementFact } from './facts.js';
import { whereaboutsOf } from './whereabouts.js';

/** What is known of a recorded statement besides its bytes. */
export type StatementOrigin = Pick<StatementFact, 'at' | 'ledgerTime' | 'owner' | 'mspId' | 'late'>;

/** The fact that a recorded statement is. */
export function statementFact(statement: UnverifiedStatement, origin: StatementOrigin): StatementFact {
  const { header, statementId, payload } = statement;
  const { eventTime, epcs, ucrs, bizStep, disposition } = describeEvent(payload);
  const time = Date.parse(eventTime);
  const where = whereaboutsOf(payload);
  return {
    ...origin,
    statementId,
    kid: header.kid,
    seq: header.seq,
    ...(header.prev !== undefined && { prev: header.prev }),
    ...(!Number.isNaN(time) && { eventTime: time }),
    things: epcs,
    consignments: ucrs,
    ...(where && { where }),
    ...(bizStep !== undefined && { bizStep }),
    ...(disposition !== undefined && { disposition }),
  };
}

/** Everything that a statement is about. */
export function objectsOf({ things, consignments }: StatementFact): readonly string[] {
  return [...things, ...consignments];
}
