import { checkEvent } from '../acts/event-acts.js';
import { statementRefusal } from '../command/statements/judge-statement.js';
import { isErrorDeclaration } from '../correction/correction.js';
import { signedFor } from '../device/signs-for.js';
import { classifyEvent } from '../epcis/event-classes.js';
import { PassageError } from '../errors/passage-error.js';
import { eventHash } from '../event-hash/event-hash.js';
import type { PublicJwk } from '../jwk/public-jwk.js';
import { readStatement } from '../statement/read-statement.js';
import type { UnverifiedStatement } from '../statement/statement.js';
import { verifyStatement } from '../statement/verify-statement.js';
import { refusalOf, refused } from './refusal.js';
import type { Verdict } from './verdict.js';

/** What is known of the ledger that would judge. Whatever is left out is not judged, and the verdict says so. */
export interface Knowledge {
  /** Its genesis hash, 64 hex digits. */
  readonly ledger?: string;
  /** The registered keys by their `kid`. */
  readonly keys?: ReadonlyMap<string, PublicJwk>;
}

/** The statements that were taken so far, by key and number: the next ones are judged as if they were sent after them. */
export type Taken = Map<string, string>;

/**
 * Judges one statement as `RecordStatements` does: its ledger, its key, its signature, its number among those taken so far,
 * and its event, in this order. A device's status and the numbers that are on the ledger are known to the ledger alone.
 */
export function checkStatement(jws: string, knowledge: Knowledge, taken: Taken): Verdict {
  let statement: UnverifiedStatement | undefined;
  let duplicate = false;
  const error = refused(() => {
    statement = readStatement(jws);
    duplicate = judge(statement, knowledge, taken);
  });
  return {
    kind: 'statement',
    ...(error !== undefined && { refusal: refusalOf(error, statementRefusal(error).pointer) }),
    notes: [...notesOn(knowledge, duplicate), ...notesOnEvent(statement)],
    eventHashes: () => (statement === undefined ? [] : [eventHash(statement.payload)]),
  };
}

/** @returns whether the same statement was taken before. */
function judge(statement: UnverifiedStatement, { ledger, keys }: Knowledge, taken: Taken): boolean {
  const { statementId, header, payload } = statement;
  const { kid, seq, aud } = header;
  if (ledger !== undefined && aud !== ledger) {
    throw new PassageError('WRONG_LEDGER', 'The statement was signed for another ledger', { aud });
  }
  if (keys !== undefined) verifyStatement(statement, keyOf(kid, keys));
  const place = `${kid}/${String(seq)}`;
  const before = taken.get(place);
  if (before === statementId) return true;
  if (before !== undefined) {
    const message = `The key has signed other bytes under the number ${String(seq)}`;
    throw new PassageError('SEQUENCE_USED', message, { kid, seq });
  }
  checkEvent(payload);
  taken.set(place, statementId);
  return false;
}

function keyOf(kid: string, keys: ReadonlyMap<string, PublicJwk>): PublicJwk {
  const key = keys.get(kid);
  if (key !== undefined) return key;
  throw new PassageError('KEY_UNKNOWN', `No device has the key ${kid}`, { kid });
}

/** What an event does, and for whom it was signed, is judged by what stands on the ledger. */
function notesOnEvent(statement: UnverifiedStatement | undefined): readonly string[] {
  if (statement === undefined) return [];
  if (isErrorDeclaration(statement.payload)) {
    return ['not judged: what it corrects; it goes to the ledger by DeclareError'];
  }
  const device = signedFor(statement.payload);
  const acts = classifyEvent(statement.payload) === 'act';
  return [
    ...(acts ? ["not judged: whether the device's owner may do this"] : []),
    ...(device === undefined ? [] : [`not judged: whether the owner has named ${device} for its key`]),
  ];
}

function notesOn({ ledger, keys }: Knowledge, duplicate: boolean): readonly string[] {
  return [
    ...(ledger === undefined ? ['not judged: which ledger it was signed for'] : []),
    ...(keys === undefined ? ['not judged: the signature'] : []),
    ...(duplicate ? ['a duplicate: the same statement stands before it'] : []),
  ];
}
