import {
  PassageError,
  consignmentsOf,
  isErrorDeclaration,
  keys,
  subjectsOf,
  verifyStatement,
} from '@passage/domain';
import type { DeviceRecord, PublicJwk, StatementRecord, UnverifiedStatement } from '@passage/domain';

import { epcisColumns, epcisTerms, searchable } from './epcis-terms.js';
import { placeOf } from './place.js';
import { correctionRows } from './project-correction.js';
import { gainedByObservation } from '../sight/viewers.js';
import { sightRows } from './project-sight.js';
import type { ReadStatement } from './read-once.js';
import { readRecord } from './read-record.js';
import type { Projection } from './projection.js';
import type { EventTable, Origin } from './tables/index.js';
import type { VerifiedBlock, VerifiedTransaction } from './verified-block.js';

/** A registered device, as the ledger had it before or in this block. */
export type Devices = (kid: string) => Pick<DeviceRecord, 'jwk' | 'mspId' | 'place'> | undefined;

const NI = 'ni:///sha-256;';

/** The commands whose argument carries the statements that they record. */
const recording: ReadonlySet<string> = new Set(['RecordStatements', 'FileLateEvidence', 'DeclareError']);

/**
 * Rows of the statements that a transaction recorded: those of its argument whose key it wrote with their own hash. A
 * statement names its consignments in `bizTransactionList`, or as what it packs; each gets an event in its timeline. An error
 * declaration repeats what it corrects, so it sees the goods nowhere.
 *
 * @param signed statements whose signature needs no second look.
 * @param readOne reads a statement.
 */
export function observationRows(
  { origin, transaction, rows }: Projection,
  devices: Devices,
  signed: VerifiedBlock['signedStatements'],
  readOne: ReadStatement,
): void {
  if (!transaction.call || !recording.has(transaction.call.command)) return;
  const written = new Map(transaction.writes.map((w) => [w.key, w.value]));
  const input = inputOf(transaction.call.argument);
  for (const [item, jws] of recordedBy(input).entries()) {
    const statement = read(jws, readOne);
    const record = statement && writtenRecord(statement, written);
    if (!record) continue;
    const { statementId, header } = statement;
    const device = devices(header.kid);
    rows.statement.push({
      statement_id: statementId,
      kid: header.kid,
      seq: header.seq,
      item,
      jws,
      signature_holds: holds(statement, device?.jwk, signed) ? 1 : 0,
      late: record.late === true ? 1 : 0,
      recorded_at: transaction.timestamp ?? '',
      ...epcisColumns(statement.payload),
      ...origin,
    });
    const term = { item, statement_id: statementId, ...origin };
    rows.epcis_term.push(...epcisTerms(statement.payload).map((each) => ({ ...each, ...term })));
    if (record.corrects) {
      correctionRows(origin, statement, record.corrects, correctivesOf(input, readOne), rows);
    }
    const events = eventRows(origin, transaction, item, statement);
    rows.event.push(...events);
    if (device)
      rows.sight.push(...events.flatMap(({ ucr }) => sightRows(gainedByObservation(ucr, device), origin)));
    const { things } = subjectsOf(statement.payload);
    rows.mention.push(
      ...things.map((thing) => ({ thing: searchable(thing), item, statement_id: statementId, ...origin })),
    );
  }
}

/** The events that a statement is in the timelines of its consignments. */
function eventRows(
  origin: Origin,
  { timestamp }: VerifiedTransaction,
  item: number,
  { payload, statementId, header }: UnverifiedStatement,
): EventTable[] {
  const isDeclaration = isErrorDeclaration(payload);
  return consignmentsOf(payload).map((ucr) => ({
    ...origin,
    ucr,
    item,
    kind: isDeclaration ? 'error_declared' : 'observation',
    recorded_at: timestamp ?? '',
    place: isDeclaration ? null : (placeOf(payload) ?? null),
    statement_id: statementId,
    kid: header.kid,
    handover: null,
    custodian: null,
    decision: null,
    hold: null,
    inspection: null,
  }));
}

type Input = Readonly<Record<string, unknown>>;

/** The compact JWS that a call would record: its statements, or its declaration. */
function recordedBy({ statements, declaration }: Input): readonly string[] {
  return typeof declaration === 'string' ? [declaration] : textsIn(statements);
}

/** The corrective statements that a declaration came with. */
function correctivesOf({ correctives }: Input, readOne: ReadStatement): readonly UnverifiedStatement[] {
  return textsIn(correctives).flatMap((jws) => read(jws, readOne) ?? []);
}

/** The compact JWS in the argument `{statements}` of a call; none where it is no such argument. */
export function statementsOf(argument: string): readonly string[] {
  return textsIn(inputOf(argument)['statements']);
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
}

/** The members of a call's argument; none where it is no JSON object. */
function inputOf(argument: string): Input {
  try {
    return (JSON.parse(argument) as Input | null) ?? {};
  } catch {
    return {};
  }
}

function read(jws: string, readOne: ReadStatement): UnverifiedStatement | undefined {
  try {
    return readOne(jws);
  } catch (error) {
    if (error instanceof PassageError) return undefined;
    throw error;
  }
}

/** What the transaction wrote under the statement's key, if it is the statement's own record. */
function writtenRecord(
  { header, statementId }: UnverifiedStatement,
  written: ReadonlyMap<string, Uint8Array | undefined>,
): StatementRecord | undefined {
  const key = keys.statement(header.kid, header.seq);
  const value = written.get(key);
  const record = value && readRecord(key, value);
  return record && `${NI}${record.id}` === statementId ? record : undefined;
}

function holds(
  statement: UnverifiedStatement,
  key: PublicJwk | undefined,
  signed: VerifiedBlock['signedStatements'],
): boolean {
  if (!key) return false;
  if (signed === 'believed') return true;
  try {
    verifyStatement(statement, key, signed);
    return true;
  } catch (error) {
    if (error instanceof PassageError) return false;
    throw error;
  }
}
