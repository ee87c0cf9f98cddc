import { canonicalJson } from '../json/canonical.js';
import { readJson } from '../json/read-json.js';
import { PrivateView, type PrivateKey, type PrivateWrite, type Transient } from '../private/private-state.js';
import { NewerFormatError } from '../state/codec.js';
import { FetchedView, ViewSoFar } from '../state/world-view.js';
import type { SignedStatements } from '../statement/verify-statement.js';
import type { Caller } from './caller.js';
import { operationNamed } from './commands.js';
import type { Operation, PreparedOperation, TransactionInfo } from './operation.js';
import { policySet, writeSet, type PolicyWrite, type StateWrite } from './write-set.js';

/** The longest argument that is read, in bytes: a full batch of the longest statements fits. */
export const maxArgumentBytes = 8 * 1024 * 1024;

/** What a transaction does: the exact write sets, in the byte order of their keys, and the canonical JSON text it answers with. */
export interface Execution {
  readonly writes: readonly StateWrite[];
  /** The keys whose policy changes, each once; a key that is in both sets gets value and policy. */
  readonly policies: readonly PolicyWrite[];
  readonly privateWrites: readonly PrivateWrite[];
  readonly purges: readonly PrivateKey[];
  readonly response: string;
}

/** A transaction that knows which keys it reads and waits for their values. */
export interface PreparedTransaction {
  readonly operation: Operation;
  /** The keys to fetch first, each once. */
  readonly reads: readonly string[];
  /** The keys of private collections to fetch. */
  readonly privateReads: readonly PrivateKey[];
  /**
   * The keys to fetch next, each once: those that the transaction reads and `values` has no entry for. Which ones may depend on
   * the values fetched before, so it is asked again after every round until nothing is left. Fetching all of them makes
   * the transaction's exact read set.
   *
   * @param values an entry for each key that was fetched; undefined or empty where nothing is stored.
   */
  more(values: ReadonlyMap<string, Uint8Array | undefined>): readonly string[];
  /**
   * Decides, once every declared key was fetched.
   *
   * @param values an entry for each key that was asked for; undefined or empty where nothing is stored.
   * @param secrets the values of `privateReads`; empty where nothing is stored.
   * @param signed statements whose signatures need no second look; none unless the caller has checked them.
   * @throws PassageError where the transaction is refused; then nothing is to be written.
   */
  execute(
    values: ReadonlyMap<string, Uint8Array | undefined>,
    tx: TransactionInfo,
    secrets?: PrivateView,
    signed?: SignedStatements,
  ): Execution;
}

/**
 * Reads a transaction of the contract. Pure and synchronous, as is `execute`: the same bytes give the same write set on
 * every machine.
 *
 * @param name the transaction's name, as `RegisterParty`.
 * @param argument its one argument: a JSON text, best as the bytes that came, which are then read strictly as UTF-8.
 * @param transient what came as transient data, by name.
 * @throws PassageError TRANSACTION_UNKNOWN, a code of `readJson`, INVALID_FIELD, NOT_ADMIN, NOT_A_PARTY or BATCH_SIZE
 */
export function prepareTransaction(
  name: string,
  argument: Uint8Array | string,
  caller: Caller,
  transient: Transient = new Map(),
): PreparedTransaction {
  return prepareOperation(operationNamed(name), argument, caller, transient);
}

/** The same for an operation that is at hand. */
export function prepareOperation(
  operation: Operation,
  argument: Uint8Array | string,
  caller: Caller,
  transient: Transient = new Map(),
): PreparedTransaction {
  const json = readJson(argument, { what: `The input of ${operation.name}`, maxBytes: maxArgumentBytes });
  const prepared = operation.prepare(json, caller, transient);
  return {
    operation,
    reads: [...new Set(prepared.reads)],
    privateReads: prepared.privateReads ?? [],
    more: (values) => reading(() => [...declaredKeys(prepared, values)].filter((key) => !values.has(key))),
    execute: (values, tx, secrets = new PrivateView(), signed) =>
      reading(() => execute(operation, prepared, values, tx, secrets, signed)),
  };
}

/** Refuses what reads a record of a newer build: that is nobody's fault who asked, and no fault of a record in a batch. */
function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof NewerFormatError ? error.refusal : error;
  }
}

/** Every key that the transaction reads, as far as the values tell. A value that was not declared decides nothing. */
function declaredKeys(
  prepared: PreparedOperation,
  values: ReadonlyMap<string, Uint8Array | undefined>,
): ReadonlySet<string> {
  const declared = new Set<string>(prepared.reads);
  for (let known = 0; known < declared.size;) {
    known = declared.size;
    const soFar = new ViewSoFar(new Map([...declared].map((key) => [key, values.get(key)])));
    for (const key of prepared.readsThen?.(soFar) ?? []) declared.add(key);
  }
  return declared;
}

function execute(
  operation: Operation,
  prepared: PreparedOperation,
  values: ReadonlyMap<string, Uint8Array | undefined>,
  tx: TransactionInfo,
  secrets: PrivateView,
  signed: SignedStatements | undefined,
): Execution {
  const declared = new Map([...declaredKeys(prepared, values)].map((key) => [key, values.get(key)]));
  const {
    writes,
    policies = [],
    privateWrites = [],
    purges = [],
    response,
  } = prepared.decide(new FetchedView(declared, signed), tx, secrets);
  return {
    writes: writeSet(operation, writes),
    policies: policySet(operation, [...writes, ...policies]),
    privateWrites,
    purges,
    response: canonicalJson(response),
  };
}
