import { PassageError, describeEvent, keys, readStatement, verifyStatement } from '@passage/domain';
import type { PublicJwk, StatementRecord, UnverifiedStatement } from '@passage/domain';

import { placeOf } from './place.js';
import { readRecord } from './read-record.js';
import type { BlockRows } from './rows.js';
import type { Origin } from './tables/index.js';
import type { VerifiedTransaction } from './verified-block.js';

/** The registered key of a device, as the ledger had it before or in this block. */
export type DeviceKeys = (kid: string) => PublicJwk | undefined;

const NI = 'ni:///sha-256;';

/** The commands whose argument carries the statements that they record. */
const recording: ReadonlySet<string> = new Set(['RecordStatements', 'FileLateEvidence']);

/**
 * Rows of the statements that a transaction recorded: those of its argument whose key it wrote with their own hash. A
 * statement names its consignments in `bizTransactionList`; each gets an event in its timeline.
 */
export function observationRows(
  origin: Origin,
  transaction: VerifiedTransaction,
  rows: BlockRows,
  deviceKeys: DeviceKeys,
): void {
  if (!transaction.call || !recording.has(transaction.call.command)) return;
  const written = new Map(transaction.writes.map((w) => [w.key, w.value]));
  for (const [item, jws] of statementsOf(transaction.call.argument).entries()) {
    const statement = read(jws);
    const record = statement && writtenRecord(statement, written);
    if (!record) continue;
    const { statementId, payload, header } = statement;
    rows.statement.push({
      statement_id: statementId,
      kid: header.kid,
      seq: header.seq,
      item,
      jws,
      signature_holds: holds(statement, deviceKeys(header.kid)) ? 1 : 0,
      late: record.late === true ? 1 : 0,
      ...origin,
    });
    for (const ucr of describeEvent(payload).ucrs) {
      rows.event.push({
        ...origin,
        ucr,
        item,
        kind: 'observation',
        recorded_at: transaction.timestamp ?? '',
        place: placeOf(payload) ?? null,
        statement_id: statementId,
        kid: header.kid,
        handover: null,
        custodian: null,
        decision: null,
        hold: null,
        inspection: null,
      });
    }
  }
}

/** The compact JWS in the argument `{statements}` of a call; none where it is no such argument. */
export function statementsOf(argument: string): readonly string[] {
  try {
    const { statements } = JSON.parse(argument) as { statements?: unknown };
    return Array.isArray(statements) ? statements.filter((s) => typeof s === 'string') : [];
  } catch {
    return [];
  }
}

function read(jws: string): UnverifiedStatement | undefined {
  try {
    return readStatement(jws);
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

function holds(statement: UnverifiedStatement, key: PublicJwk | undefined): boolean {
  if (!key) return false;
  try {
    verifyStatement(statement, key);
    return true;
  } catch (error) {
    if (error instanceof PassageError) return false;
    throw error;
  }
}
