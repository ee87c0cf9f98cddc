import { consignmentsOf } from '@passage/domain';

import { standingOf } from '../alerts/standing.js';
import type { StatementStanding } from '../alerts/standing.js';
import { recordedPayload } from '../index/recorded-payload.js';
import { isDisputed } from './dispute-resolvers.js';
import type { EventRef } from './dispute-resolvers.js';
import type { Services } from './recorded.js';

/** What a reader has to know of a recorded fact before it is relied on. */
export type FactFlag = 'tainted' | 'unproven' | 'corrected' | 'disputed' | 'embedded';

/** A statement among events; both are null of an act. */
interface Stated {
  readonly statement_id: string | null;
  readonly kid: string | null;
  readonly jws: string | null;
}

/** What a statement is worth after what became of its key; undefined of an act. */
export async function standingOfRow(
  { whole }: Services,
  { statement_id, kid, jws }: Stated,
): Promise<StatementStanding | undefined> {
  if (statement_id === null || jws === null) return undefined;
  const ucrs = consignmentsOf(recordedPayload(jws));
  return standingOf(whole, { statementId: statement_id, kid: kid ?? '', ucrs });
}

/** Everything that speaks against taking an event at its word, in the order of the schema; none of these is no praise. */
export async function flagsOf(services: Services, event: EventRef & Stated): Promise<readonly FactFlag[]> {
  const { reader, status } = services;
  const word = (await standingOfRow(services, event))?.standing.standing;
  const corrections = event.statement_id === null ? [] : await reader.corrections.of(event.statement_id);
  return [
    ...(word === 'tainted' || word === 'unproven' ? [word] : []),
    ...(corrections.length > 0 ? (['corrected'] as const) : []),
    ...((await isDisputed(services, event)) ? (['disputed'] as const) : []),
    ...(status.embedded ? (['embedded'] as const) : []),
  ];
}
