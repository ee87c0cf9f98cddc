import { containerEpc, describeEvent, epcName } from '@passage/domain';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

import { placeNameOf, searchable, typedTerm } from './epcis-terms.js';

/** Values of one type: EPCIS's parameters `EQ_bizTransaction_<type>` and alike. */
export interface TypedValues {
  readonly type?: string | null;
  readonly values: readonly string[];
}

type Texts = readonly string[] | null;

/** What events are asked for: EPCIS's SimpleEventQuery (EPCIS 2.0 section 8.2.7), and what this ledger has besides. */
export interface EventFilter {
  readonly eventType?: Texts;
  readonly GE_eventTime?: string | null;
  readonly LT_eventTime?: string | null;
  readonly GE_recordTime?: string | null;
  readonly LT_recordTime?: string | null;
  readonly EQ_action?: Texts;
  readonly EQ_bizStep?: Texts;
  readonly EQ_disposition?: Texts;
  readonly EQ_persistentDisposition_set?: Texts;
  readonly EQ_persistentDisposition_unset?: Texts;
  readonly EQ_readPoint?: Texts;
  readonly WD_readPoint?: Texts;
  readonly EQ_bizLocation?: Texts;
  readonly WD_bizLocation?: Texts;
  readonly EQ_transformationID?: Texts;
  readonly MATCH_epc?: Texts;
  readonly MATCH_parentID?: Texts;
  readonly MATCH_inputEPC?: Texts;
  readonly MATCH_outputEPC?: Texts;
  readonly MATCH_anyEPC?: Texts;
  readonly MATCH_epcClass?: Texts;
  readonly MATCH_inputEPCClass?: Texts;
  readonly MATCH_outputEPCClass?: Texts;
  readonly MATCH_anyEPCClass?: Texts;
  readonly EQ_bizTransaction?: readonly TypedValues[] | null;
  readonly EQ_source?: readonly TypedValues[] | null;
  readonly EQ_destination?: readonly TypedValues[] | null;
  readonly EQ_eventID?: Texts;
  readonly EXISTS_errorDeclaration?: boolean | null;
  readonly EQ_errorReason?: Texts;
  readonly EQ_correctiveEventID?: Texts;
  readonly EQ_type?: Texts;
  readonly EQ_deviceID?: Texts;
  readonly ucr?: Texts;
  readonly device?: Texts;
  readonly container?: Texts;
  readonly sscc?: Texts;
}

type Condition = RawBuilder<boolean>;
type Name = keyof EventFilter;

const column = (name: string) => sql.ref(`statement.${name}`);
const among = (values: readonly string[]) =>
  values.length === 0 ? sql`NULL` : sql.join(values.map(searchable));
const same = (text: string): string => text;
const utc = (time: string): string => new Date(time).toISOString();

const oneOf =
  (name: string, read: (text: string) => string = same) =>
  (values: readonly string[]): Condition =>
    sql`${column(name)} IN (${among(values.map(read))})`;

/** The place, or one on its premises: an id that goes on behind a dot or a slash (an SGLN's extension). */
const within =
  (name: string) =>
  (values: readonly string[]): Condition =>
    either(
      values.map(placeNameOf).flatMap((id) => [
        sql<boolean>`${column(name)} = ${id}`,
        // From `.` to `/`, and from there to `0`: whatever begins with the id and either sign.
        sql<boolean>`(${column(name)} >= ${`${id}.`} AND ${column(name)} < ${`${id}0`})`,
      ]),
    );

const ofTerms =
  (terms: readonly string[], read: (text: string) => string = same) =>
  (values: readonly string[]): Condition =>
    sql`${column('statement_id')} IN (SELECT term.statement_id FROM main.epcis_term AS term
      WHERE term.term IN (${among(terms)}) AND term.value IN (${among(values.map(read))}))`;

const ofThings =
  (read: (text: string) => string) =>
  (values: readonly string[]): Condition =>
    sql`${column('statement_id')} IN (SELECT mention.statement_id FROM main.mention AS mention
      WHERE mention.thing IN (${among(values.map((value) => epcName(read(value))))}))`;

const ofConsignments = (ucrs: readonly string[]): Condition =>
  sql`${column('statement_id')} IN (SELECT e.statement_id FROM main.event AS e WHERE e.ucr IN (${among(ucrs)}))`;

/** Parameters that are lists of texts: an event has to have one of them. */
const lists: { readonly [Each in Name]?: (values: readonly string[]) => Condition } = {
  eventType: oneOf('event_type'),
  EQ_action: oneOf('action'),
  EQ_bizStep: oneOf('biz_step', (bizStep) => describeEvent({ bizStep }).bizStep ?? bizStep),
  EQ_disposition: oneOf(
    'disposition',
    (disposition) => describeEvent({ disposition }).disposition ?? disposition,
  ),
  EQ_persistentDisposition_set: ofTerms(['persistentDisposition_set']),
  EQ_persistentDisposition_unset: ofTerms(['persistentDisposition_unset']),
  EQ_readPoint: oneOf('read_point', placeNameOf),
  WD_readPoint: within('read_point'),
  EQ_bizLocation: oneOf('biz_location', placeNameOf),
  WD_bizLocation: within('biz_location'),
  EQ_transformationID: ofTerms(['transformationID']),
  MATCH_epc: ofTerms(['epc'], epcName),
  MATCH_parentID: ofTerms(['parentID'], epcName),
  MATCH_inputEPC: ofTerms(['inputEPC'], epcName),
  MATCH_outputEPC: ofTerms(['outputEPC'], epcName),
  MATCH_anyEPC: ofTerms(['epc', 'parentID', 'inputEPC', 'outputEPC'], epcName),
  MATCH_epcClass: ofTerms(['epcClass']),
  MATCH_inputEPCClass: ofTerms(['inputEPCClass']),
  MATCH_outputEPCClass: ofTerms(['outputEPCClass']),
  MATCH_anyEPCClass: ofTerms(['epcClass', 'inputEPCClass', 'outputEPCClass']),
  EQ_eventID: oneOf('event_id'),
  EQ_errorReason: ofTerms(['errorReason']),
  EQ_correctiveEventID: ofTerms(['correctiveEventID']),
  EQ_type: ofTerms(['type']),
  EQ_deviceID: ofTerms(['deviceID']),
  ucr: ofConsignments,
  device: oneOf('kid'),
  container: ofThings(containerEpc),
  sscc: ofThings((sscc) => `https://id.gs1.org/00/${sscc}`),
};

const times: { readonly [Each in Name]?: (time: string) => Condition } = {
  GE_eventTime: (time) => sql`${column('event_time')} >= ${utc(time)}`,
  LT_eventTime: (time) => sql`${column('event_time')} < ${utc(time)}`,
  GE_recordTime: (time) => sql`${column('recorded_at')} >= ${utc(time)}`,
  LT_recordTime: (time) => sql`${column('recorded_at')} < ${utc(time)}`,
};

const typed = { EQ_bizTransaction: 'bizTransaction', EQ_source: 'source', EQ_destination: 'destination' };

/** What rows of `statement` have to meet, all of them. Several parameters narrow, several values of one widen (section 8.2.7.1). */
export function eventConditions(filter: EventFilter): readonly Condition[] {
  const said = Object.entries(filter) as readonly (readonly [Name, unknown])[];
  return said.filter(([, value]) => value !== null && value !== undefined).flatMap(conditionsOf);
}

function conditionsOf([name, value]: readonly [Name, unknown]): readonly Condition[] {
  if (name === 'EXISTS_errorDeclaration')
    return [sql`${column('declares_error')} = ${value === true ? 1 : 0}`];
  if (name in typed) {
    const member = typed[name as keyof typeof typed];
    return (value as readonly TypedValues[]).map(({ type, values }) =>
      ofTerms([typedTerm(member, type ?? '')])(values),
    );
  }
  const [list, time] = [lists[name], times[name]];
  if (list) return [list(value as readonly string[])];
  return time ? [time(value as string)] : [];
}

function either(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`FALSE` : sql`(${sql.join(conditions, sql` OR `)})`;
}
