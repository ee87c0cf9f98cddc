import type { AcknowledgementRecord, InspectionRecord } from '@passage/domain';

import { gatewayError } from '../errors.js';
import type { Period } from '../inspections/period.js';
import { turnaroundReport } from '../inspections/turnaround-report.js';
import type { AnsweredOrder } from '../inspections/turnaround-report.js';
import type { AnsweredInspection } from '../index/inspection-reader.js';
import { Listed } from '../paging/listed.js';
import type { PageArgs } from '../paging/page.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { answersTime } from './moment.js';
import { answerVerification } from './recorded.js';
import type { Node } from './recorded.js';

interface TurnaroundArguments extends PageArgs {
  readonly to?: string | null;
  readonly kind?: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly period: Period;
}

/** The most inspections that one answer is made of. */
const MOST_INSPECTIONS = 50_000;

/** How long inspections took, by whoever was to carry them out and by the period of their order. */
async function inspectionTurnaround(
  _: unknown,
  { to, kind, from, until, period, ...page }: TurnaroundArguments,
  context: GatewayContext,
): Promise<Node> {
  const rows = await context.reader.inspections.withAnswers(to ?? undefined, MOST_INSPECTIONS + 1);
  if (rows.length > MOST_INSPECTIONS) {
    throw gatewayError('BAD_ARGUMENT', `there are more than ${String(MOST_INSPECTIONS)} inspections`, {
      next: 'Name whoever was to carry them out (`to`).',
    });
  }
  const orders = rows.map(orderOf).filter(({ inspection: { kind: of, ordered } }) => {
    const at = Date.parse(ordered.at);
    return (
      (kind ?? of) === of &&
      (typeof from !== 'string' || at >= Date.parse(from)) &&
      (typeof until !== 'string' || at < Date.parse(until))
    );
  });
  const figures = turnaroundReport(orders, period, await answersTime(context));
  const list = new Listed(`inspectionTurnaround.${period}`, figures, (each) => [each.to, each.from]);
  return connection(list, page, (each) => ({ ...each, verification: () => answerVerification(context) }));
}

function orderOf({ record, answer_record }: AnsweredInspection): AnsweredOrder {
  return {
    inspection: JSON.parse(record) as InspectionRecord,
    ...(answer_record !== null && { answer: JSON.parse(answer_record) as AcknowledgementRecord }),
  };
}

/** Fields of `Query` that are about how long inspections take. */
export const turnaroundQueries = { inspectionTurnaround };
