import { inspectionStatus, resultOf, statementIdOf, turnaround } from '@passage/domain';
import type { AcknowledgementRecord, InspectionRecord } from '@passage/domain';

import { isOpen } from '../inspections/turnaround-report.js';
import type { InspectionTable } from '../index/tables/index.js';
import type { PageArgs } from '../paging/page.js';
import type { Receipt } from '../submission/commands.js';
import { act, text } from './act.js';
import { partyActor } from './acting.js';
import { connection } from './connection.js';
import type { GatewayContext } from './context.js';
import { answersTime, secondsBetween } from './moment.js';
import { act as signedBy, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

async function inspectionNode(services: Services, row: InspectionTable): Promise<Node> {
  const record = JSON.parse(row.record) as InspectionRecord;
  const answered = await services.reader.inspections.answer(row.ucr, row.number);
  const answer = answered && (JSON.parse(answered.record) as AcknowledgementRecord);
  const order = { inspection: record, ...(answer && { answer }) };
  return {
    ...record,
    number: record.inspection,
    status: inspectionStatus(record, answer),
    answer: answered && {
      ...answer,
      act: () => signedBy(services, answered),
      verification: () => verification(services, answered),
    },
    images: record.images.map((image) => ({
      ...image,
      statement: statementIdOf({ id: image.statement }),
    })),
    result: resultOf(record),
    turnaround: turnaround(record, answer),
    ageSeconds: () => ageOf(services, record, answer),
    overdue: async () => isOpen(order) && Date.parse(record.deadline) < (await answersTime(services)),
    act: () => signedBy(services, row),
    verification: () => verification(services, row),
  };
}

/** Seconds since an inspection was ordered: until it was disposed of or refused, or up to the answer's own time. */
async function ageOf(
  services: Services,
  { ordered, outcome }: InspectionRecord,
  answer: AcknowledgementRecord | undefined,
): Promise<number> {
  const ended = outcome ?? (answer?.answer === 'refused' ? answer : undefined);
  return secondsBetween(ordered.at, ended ? Date.parse(ended.at) : await answersTime(services));
}

/** Every inspection of a consignment, the oldest first. */
export function inspectionsOf(services: Services, ucr: string, page: PageArgs): Promise<Node> {
  const list = services.reader.inspections.ofShipment(ucr);
  return connection(list, page, (row) => inspectionNode(services, row));
}

/** An inspection by its number; undefined when the shipment has none of it. */
export async function inspectionOf(
  services: Services,
  ucr: string,
  number: number,
): Promise<Node | undefined> {
  const row = await services.reader.inspections.inspection(ucr, number);
  return row && inspectionNode(services, row);
}

function openInspections(
  _: unknown,
  { to, ...page }: { to?: string | null } & PageArgs,
  context: GatewayContext,
): Promise<Node> {
  const list = context.reader.inspections.open(to ?? undefined);
  return connection(list, page, (row) => inspectionNode(context, row));
}

async function inspectionResult({ result }: Receipt, context: GatewayContext): Promise<Node> {
  return { inspection: await inspectionOf(context, text(result.ucr), Number(result.inspection)) };
}

/** Fields of `Query` that are about inspections. */
export const inspectionQueries = { openInspections };

/** From the order to look at goods to what becomes of them. */
export const inspectionMutations = {
  orderInspection: act('OrderInspection', partyActor, inspectionResult),
  answerInspection: act('AnswerInspection', partyActor, inspectionResult),
  chooseUnits: act('ChooseUnits', partyActor, inspectionResult),
  anchorImage: act('AnchorImage', partyActor, inspectionResult),
  recordReading: act('RecordReading', partyActor, inspectionResult),
  judgeInspection: act('JudgeInspection', partyActor, inspectionResult),
  reviewInspection: act('ReviewInspection', partyActor, inspectionResult),
  disposeInspection: act('DisposeInspection', partyActor, inspectionResult),
};
