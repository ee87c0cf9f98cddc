import { consignmentsOf, entries } from '../acts/concern.js';
import { PassageError } from '../errors/passage-error.js';
import { isTransportUnit } from '../identifiers/transport-unit.js';
import type { JsonObject } from '../json/value.js';
import { keys, type StateKey } from '../state/keys.js';
import type { RequestRecord } from '../state/request-record.js';
import type { WorldView } from '../state/world-view.js';

/*
 * An event is disputed where its consignment is: a party of one consignment has nothing to say about the events of another. So the
 * rule has to see what an event is about. Of a statement it sees the signed bytes; of an act, what came of it.
 */

/** @throws PassageError NOT_ABOUT_SHIPMENT where the event of a statement names the consignment nowhere */
export function requireStatementAbout(ucr: string, event: JsonObject): void {
  if (consignmentsOf(event).some((each) => each.ucr === ucr)) return;
  throw notAbout(ucr, '/event/statement');
}

/** The records that say whether an act was about a consignment, where its own result does not. */
export function actReads(ucr: string, { result }: RequestRecord): readonly StateKey[] {
  const { declaration, document, unit } = result;
  return [
    ...(typeof declaration === 'string' ? [keys.declaration(declaration)] : []),
    ...(typeof document === 'string' ? [keys.document(document)] : []),
    ...(typeof unit === 'string' && isTransportUnit(unit) ? [keys.containment(unit, ucr)] : []),
  ];
}

/** Members of a result that list consignments: those of a split, of a merge, and the houses under a master. */
const lists = ['into', 'from', 'houses'] as const;

function isNamed(ucr: string, { result }: RequestRecord): boolean {
  return result['ucr'] === ucr || lists.some((list) => entries(result[list]).includes(ucr));
}

/**
 * Whether an act was about a consignment: its result names it, or names a declaration or a document of it, or a unit in which
 * some of it was.
 *
 * @throws PassageError NOT_ABOUT_SHIPMENT
 */
export function requireActAbout(ucr: string, request: RequestRecord, view: WorldView): void {
  if (isNamed(ucr, request)) return;
  const about = actReads(ucr, request).some((key) => {
    const record = view.get(key);
    return record !== undefined && 'ucr' in record && record.ucr === ucr;
  });
  if (!about) throw notAbout(ucr, '/event/act');
}

function notAbout(ucr: string, pointer: string): PassageError {
  return new PassageError('NOT_ABOUT_SHIPMENT', `The event is not about ${ucr}`, { ucr, pointer });
}
