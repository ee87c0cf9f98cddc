import { canonicalJson } from '../json/canonical.js';
import { readJson } from '../json/read-json.js';
import { FetchedView } from '../state/world-view.js';
import type { Caller } from './caller.js';
import { operationNamed } from './commands.js';
import type { Operation, PreparedOperation, TransactionInfo } from './operation.js';
import { writeSet, type StateWrite } from './write-set.js';

/** The longest argument that is read, in bytes: a full batch of the longest statements fits. */
export const maxArgumentBytes = 8 * 1024 * 1024;

/** What a transaction does: the exact write set, in the byte order of its keys, and the canonical JSON text it answers with. */
export interface Execution {
  readonly writes: readonly StateWrite[];
  readonly response: string;
}

/** A transaction that knows which keys it reads and waits for their values. */
export interface PreparedTransaction {
  readonly operation: Operation;
  /** The keys to fetch, each once. Fetching all of them makes the transaction's exact read set. */
  readonly reads: readonly string[];
  /**
   * Decides, once every declared key was fetched.
   *
   * @param values an entry for each of `reads`; undefined or empty where nothing is stored.
   * @throws PassageError where the transaction is refused; then nothing is to be written.
   */
  execute(values: ReadonlyMap<string, Uint8Array | undefined>, tx: TransactionInfo): Execution;
}

/**
 * Reads a transaction of the contract. Pure and synchronous, as is `execute`: the same bytes give the same write set on
 * every machine.
 *
 * @param name the transaction's name, as `RegisterParty`.
 * @param argument its one argument: a JSON text, best as the bytes that came, which are then read strictly as UTF-8.
 * @throws PassageError TRANSACTION_UNKNOWN, a code of `readJson`, INVALID_FIELD, NOT_ADMIN, NOT_A_PARTY or BATCH_SIZE
 */
export function prepareTransaction(
  name: string,
  argument: Uint8Array | string,
  caller: Caller,
): PreparedTransaction {
  const operation = operationNamed(name);
  const json = readJson(argument, { what: `The input of ${name}`, maxBytes: maxArgumentBytes });
  const prepared = operation.prepare(json, caller);
  return {
    operation,
    reads: [...new Set(prepared.reads)],
    execute: (values, tx) => execute(operation, prepared, values, tx),
  };
}

function execute(
  operation: Operation,
  prepared: PreparedOperation,
  values: ReadonlyMap<string, Uint8Array | undefined>,
  tx: TransactionInfo,
): Execution {
  const declared = new Map(prepared.reads.map((key) => [key, values.get(key)]));
  const { writes, response } = prepared.decide(new FetchedView(declared), tx);
  return { writes: writeSet(operation, writes), response: canonicalJson(response) };
}
