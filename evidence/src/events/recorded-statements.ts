import { PassageError, consignmentsOf, keys, readJson, readStatement, statementIdOf } from '@passage/domain';
import { isJsonObject } from '@passage/domain';
import { decodeUtf8 } from '@passage/ledger';
import type { JsonObject, JsonValue, UnverifiedStatement } from '@passage/domain';
import type { LedgerTransaction } from './ledger-transaction.js';

/** A statement that a transaction put on the ledger. */
export interface RecordedStatement {
  readonly kind: 'statement';
  readonly id: string;
  readonly kid: string;
  readonly consignments: readonly string[];
  readonly jws: string;
}

/**
 * The statements of the argument (`statements`, `declaration`) whose own key the transaction wrote with their own hash, in the
 * order of the argument, each once. What the argument repeats from earlier blocks is not among them: its key was not written.
 */
export function recordedStatements(
  { call, writes }: LedgerTransaction,
  read: (jws: string) => UnverifiedStatement = readStatement,
): readonly RecordedStatement[] {
  if (call === undefined) return [];
  const written = new Map(writes.map(({ key, value }) => [key, value]));
  const recorded = textsIn(call.argument)
    .flatMap((jws) => attempt(() => read(jws)) ?? [])
    .filter((statement) => isWritten(statement, written));
  const byId = new Map(recorded.map((statement) => [statement.statementId, statement]));
  return [...byId.values()].map(({ statementId: id, header, payload, jws }) => ({
    kind: 'statement',
    id,
    kid: header.kid,
    consignments: attempt(() => consignmentsOf(payload)) ?? [],
    jws,
  }));
}

function isWritten(
  { header, statementId }: UnverifiedStatement,
  written: ReadonlyMap<string, Uint8Array | undefined>,
): boolean {
  const value = written.get(keys.statement(header.kid, header.seq));
  const record = value && jsonOf(value);
  return typeof record?.['id'] === 'string' && statementIdOf({ id: record['id'] }) === statementId;
}

/** Every text in an argument that may be a statement; none where it is no JSON object. */
function textsIn(argument: string): readonly string[] {
  const { declaration, statements } = jsonOf(argument) ?? {};
  const listed = Array.isArray(statements) ? (statements as readonly JsonValue[]) : [];
  return [declaration, ...listed].filter((each) => typeof each === 'string');
}

/** The members of a JSON object; undefined where the bytes are none. */
export function jsonOf(text: Uint8Array | string): JsonObject | undefined {
  const whole = typeof text === 'string' ? text : decodeUtf8(text);
  const value = whole === undefined ? undefined : attempt(() => readJson(whole, { maxBytes: Infinity }));
  return value !== undefined && isJsonObject(value) ? value : undefined;
}

/** Undefined in place of the domain's refusal: hostile bytes hide nothing beside them. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PassageError) return undefined;
    throw error;
  }
}
