import {
  decodeRecord,
  judgedKeyOf,
  judgeKey,
  keys,
  parseKey,
  readStatement,
  StateFormatError,
} from '@passage/domain';
import { jsonOf } from '../events/recorded-statements.js';
import type { ChainedStatement, DeviceStep, LedgerPosition, Standing } from '@passage/domain';
import type { LedgerEvent, LedgerTransaction } from '../events/index.js';

const NOTHING: ReadonlyMap<string, Standing> = new Map();

/**
 * Keeps what the statements of every key are judged by, transaction after transaction: which key will be revoked is known at the
 * end alone, and a key's statements of other consignments can clear one of this.
 */
export class KeyHistories {
  readonly #statements = new Map<string, ChainedStatement[]>();
  readonly #steps = new Map<string, DeviceStep[]>();

  /**
   * Takes the next valid transaction.
   *
   * @param at its block and place there
   * @param ledgerTime of its block, milliseconds
   */
  take(
    transaction: LedgerTransaction,
    events: readonly LedgerEvent[],
    at: Omit<LedgerPosition, 'item'>,
    ledgerTime: number,
  ): void {
    const written = new Map(transaction.writes.map(({ key, value }) => [key, value]));
    for (const { id, kid, jws, index } of events) {
      if (kid === undefined || jws === undefined) continue;
      const { seq, prev } = readStatement(jws).header;
      const record = written.get(keys.statement(kid, seq));
      const late = record !== undefined && jsonOf(record)?.['late'] === true;
      const fact = { at: { ...at, item: index }, ledgerTime, statementId: id, late };
      pushTo(this.#statements, kid, { ...fact, ...(prev !== undefined && { prev }) });
    }
    for (const [key, value] of written) {
      const step = value && deviceStep(key, value, { ...at, item: 0 });
      if (step) pushTo(this.#steps, step.record.kid, step);
    }
  }

  /** What the statements of a key are worth; nothing of a key that has none. */
  standingsOf(kid: string): ReadonlyMap<string, Standing> {
    const statements = this.#statements.get(kid);
    return statements ? judgeKey(judgedKeyOf(this.#steps.get(kid) ?? []), statements) : NOTHING;
  }
}

function deviceStep(key: string, value: Uint8Array, at: LedgerPosition): DeviceStep | undefined {
  const kid = parseKey(key)?.kind === 'device' ? key.slice('device/'.length) : undefined;
  if (kid === undefined) return undefined;
  try {
    return { at, record: decodeRecord(keys.device(kid), value) };
  } catch (error) {
    if (error instanceof StateFormatError) return undefined;
    throw error;
  }
}

function pushTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
