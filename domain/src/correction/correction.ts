import { PassageError } from '../errors/passage-error.js';
import { canonicalJson } from '../json/canonical.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import type { UnverifiedStatement } from '../statement/statement.js';

/*
 * EPCIS corrects an event by the event itself, said again with an `errorDeclaration` (EPCIS 2.0, 7.4.1.2 to 7.4.1.4): the same
 * eventID and the same content, save for `recordTime` and the declaration. The events that take its place are named by their ids.
 */

/** Whether an event declares an earlier one to be in error. It says nothing of its own then: neither fact nor act. */
export function isErrorDeclaration(event: JsonObject): boolean {
  return Object.hasOwn(event, 'errorDeclaration');
}

/** An event's id: its own or, where it has none, its statement's. */
export function eventIdOf({
  payload,
  statementId,
}: Pick<UnverifiedStatement, 'payload' | 'statementId'>): string {
  const own = payload['eventID'];
  return typeof own === 'string' ? own : statementId;
}

/** What may differ between an event and the declaration of its error. An event without an id gets its statement's. */
const mayDiffer: ReadonlySet<string> = new Set(['recordTime', 'errorDeclaration', 'eventID']);

/**
 * That a declaration repeats the event that it corrects, and names exactly these corrective events.
 *
 * @param correctives in the order in which the declaration names them.
 * @throws PassageError NOT_A_CORRECTION, CORRECTION_MISMATCH
 */
export function checkCorrection(
  declaration: UnverifiedStatement,
  corrected: UnverifiedStatement,
  correctives: readonly UnverifiedStatement[],
): void {
  requireDeclaration(declaration.payload);
  requireEvent(corrected, '/corrects');
  for (const [index, corrective] of correctives.entries()) {
    requireEvent(corrective, pointerTo('/correctives', index));
  }
  const differing = differences(declaration, corrected);
  if (differing.length > 0) {
    const message = `The declaration differs from the event that it corrects in ${differing.join(', ')}`;
    throw new PassageError('CORRECTION_MISMATCH', message, { members: differing, pointer: '/declaration' });
  }
  const [named, given] = [correctiveIds(declaration.payload), correctives.map(eventIdOf)];
  if (canonicalJson(named) === canonicalJson(given)) return;
  const details = { correctiveEventIDs: named, given, pointer: '/correctives' };
  throw new PassageError(
    'CORRECTION_MISMATCH',
    'The corrective events are not those that the declaration names',
    details,
  );
}

/** The ids of the events that take the place of a corrected one; none where a declaration names none. */
export function correctiveIds(declaration: JsonObject): readonly string[] {
  const ids = declared(declaration)['correctiveEventIDs'];
  return ids !== undefined && isJsonArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/** What a declaration says of the error: when it was declared, and why where it says so. As it was signed, unjudged. */
export function declaredError(declaration: JsonObject): {
  readonly declarationTime?: string;
  readonly reason?: string;
} {
  const { declarationTime, reason } = declared(declaration);
  return {
    ...(typeof declarationTime === 'string' && { declarationTime }),
    ...(typeof reason === 'string' && { reason }),
  };
}

function declared({ errorDeclaration }: JsonObject): JsonObject {
  return errorDeclaration !== undefined && isJsonObject(errorDeclaration) ? errorDeclaration : {};
}

function requireDeclaration(event: JsonObject): void {
  if (isErrorDeclaration(event)) return;
  const details = { pointer: '/declaration' };
  throw new PassageError('NOT_A_CORRECTION', 'The statement declares no error', details);
}

/** A declaration is neither corrected nor corrective: it has no content of its own. */
function requireEvent({ payload, statementId }: UnverifiedStatement, pointer: string): void {
  if (!isErrorDeclaration(payload)) return;
  const message = `${statementId} declares an error itself`;
  throw new PassageError('NOT_A_CORRECTION', message, { statementId, pointer });
}

/** The members in which a declaration differs from its event, where it may not. */
function differences(declaration: UnverifiedStatement, corrected: UnverifiedStatement): readonly string[] {
  const [one, other] = [declaration.payload, corrected.payload];
  const members = new Set([...Object.keys(one), ...Object.keys(other)]);
  const differing = [...members].filter(
    (member) => !mayDiffer.has(member) && !isSame(one[member], other[member]),
  );
  return one['eventID'] === eventIdOf(corrected) ? differing : ['eventID', ...differing];
}

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(one) === canonicalJson(other);
}
