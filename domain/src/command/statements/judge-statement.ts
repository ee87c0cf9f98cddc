import { checkEvent } from '../../acts/event-acts.js';
import type { DeviceRecord } from '../../device/device-record.js';
import { checkMaySign, type NumberedStatement } from '../../device/may-sign.js';
import { checkSignsFor } from '../../device/signs-for.js';
import { isErrorDeclaration } from '../../correction/correction.js';
import type { ErrorCode } from '../../errors/codes.js';
import { PassageError } from '../../errors/passage-error.js';
import type { JsonObject } from '../../json/value.js';
import type { Violation } from '../../errors/violations.js';
import { keys } from '../../state/keys.js';
import { statementRecordOf } from '../../state/statement-record.js';
import type { WorldView } from '../../state/world-view.js';
import type { UnverifiedStatement } from '../../statement/statement.js';
import { verifyStatement } from '../../statement/verify-statement.js';

/** Throws where the key may not add the statement. */
export type MayAdd = (device: DeviceRecord, statement: NumberedStatement) => void;

/** Which statements are taken: from whom, and what they may say. */
export interface Admission {
  readonly mayAdd: MayAdd;
  /** Throws where the event is not of the kind that is taken, or in bad form. */
  readonly check: (event: JsonObject) => void;
}

/** What is taken in the usual way: whatever a key that may sign says, save that another event is in error. */
const recording: Admission = {
  mayAdd: checkMaySign,
  check(event) {
    refuseDeclaration(event);
    checkEvent(event);
  },
};

/** @throws PassageError ERROR_DECLARATION where the event is about another one, and would have to be judged beside it */
export function refuseDeclaration(event: JsonObject): void {
  if (!isErrorDeclaration(event)) return;
  const message = 'The event declares another one to be in error: bring it by DeclareError';
  throw new PassageError('ERROR_DECLARATION', message, { pointer: '/errorDeclaration' });
}

/** A statement that was judged, with the device that signed it. */
export interface JudgedStatement {
  readonly status: 'accepted' | 'duplicate';
  readonly device: DeviceRecord;
}

/**
 * Whether a statement may be recorded, as far as every statement goes: what an act needs besides is judged by `decideEventActs`.
 * An observation is a fact: it is refused only for the ledger it was signed for, its key, its signature, a used sequence number
 * and its form; never for what it says. A statement that is recorded already is a `duplicate` whatever became of its key since,
 * so that sending it again is always safe.
 *
 * @param ledger the genesis hash of the ledger that judges.
 * @param admission which statements are taken; where it is absent, those that `RecordStatements` takes.
 * @throws PassageError WRONG_LEDGER, KEY_UNKNOWN, SIGNATURE_INVALID, SEQUENCE_USED, DEVICE_SUSPENDED, DEVICE_ROTATED,
 *   DEVICE_REVOKED, NOT_AN_OBSERVATION, ERROR_DECLARATION, INVALID_FIELD or DEVICE_NOT_NAMED
 */
export function judgeStatement(
  statement: UnverifiedStatement,
  ledger: string,
  view: WorldView,
  { mayAdd, check }: Admission = recording,
): JudgedStatement {
  const { statementId, header, payload } = statement;
  const { kid, seq, aud } = header;
  if (aud !== ledger)
    throw new PassageError('WRONG_LEDGER', 'The statement was signed for another ledger', { aud });
  const device = view.get(keys.device(kid));
  if (device === undefined) throw new PassageError('KEY_UNKNOWN', `No device has the key ${kid}`, { kid });
  verifyStatement(statement, device.jwk, view.signed);
  const recorded = view.get(keys.statement(kid, seq));
  if (recorded !== undefined) {
    if (recorded.id === statementRecordOf(statementId).id) return { status: 'duplicate', device };
    const message = `The key has signed other bytes under the number ${String(seq)}`;
    throw new PassageError('SEQUENCE_USED', message, { kid, seq });
  }
  mayAdd(device, { seq, statementId });
  check(payload);
  checkSignsFor(device, payload);
  return { status: 'accepted', device };
}

/** Why a statement is refused. The pointer points into `{header, payload, signature}`; '' where no part is at fault alone. */
export type StatementRefusal = Violation & { readonly code: ErrorCode };

/** Which part of a statement a code speaks of. Pointers in the error's own violations go on from there. */
const parts: Readonly<Partial<Record<ErrorCode, string>>> = {
  UNSUPPORTED_ALGORITHM: '/header/alg',
  INVALID_HEADER: '/header',
  WRONG_LEDGER: '/header/aud',
  KEY_UNKNOWN: '/header/kid',
  DEVICE_REVOKED: '/header/kid',
  DEVICE_SUSPENDED: '/header/kid',
  DEVICE_ROTATED: '/header/seq',
  NOT_OWNER: '/header/kid',
  NOT_REVOKED: '/header/kid',
  SEQUENCE_USED: '/header/seq',
  SIGNATURE_INVALID: '/signature',
  NOT_AN_OBSERVATION: '/payload',
  INVALID_FIELD: '/payload',
};

/**
 * An error of reading or judging one statement as the batch reports it: with the place of its first violation. The reader says
 * in which part it was; a single pointer otherwise comes from an act, and points into the event.
 */
export function statementRefusal({ code, message, details }: PassageError): StatementRefusal {
  const { part, pointer: single } = details;
  const first = (details['violations'] as readonly Violation[] | undefined)?.[0]?.pointer;
  const inPart = first ?? (typeof single === 'string' ? single : '');
  if (typeof part === 'string') return { code, pointer: `/${part}${inPart}`, message };
  const actsOn = first === undefined && typeof single === 'string' ? '/payload' : (parts[code] ?? '');
  return { code, pointer: actsOn + inPart, message };
}
