import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { PassageError, prepareTransaction } from '@passage/domain';
import type { Caller } from '@passage/domain';

import type { ActingIdentity } from '../enrolment/identities.js';
import { gatewayError, refusalOf } from '../errors.js';
import type { BlockSource, Endorsed, LedgerClient, OneBlock, SignedTransaction } from '../fabric/ports.js';
import type { Tampering } from './fake-own-key-ledger.js';

/** A transaction of the fake ledger: what an endorsed one carries. */
export interface FakeTransaction {
  readonly transactionId: string;
  readonly command: string;
  readonly argument: string;
  readonly caller: Caller;
  readonly timestamp: string;
  /** Key and the number of its version, -1 where it was absent. */
  readonly reads: readonly (readonly [key: string, version: number])[];
  readonly writes: readonly (readonly [key: string, value: string])[];
  code?: number;
}

export interface FakeBlock {
  readonly number: number;
  readonly transactions: readonly FakeTransaction[];
}

/** What goes wrong, in tests. Each is asked for every call. */
export interface Faults {
  endorse?: (command: string, argument: string) => Error | undefined;
  /** `before`: the orderers never saw it. `after`: they have it, and the answer was lost. */
  broadcast?: (transaction: FakeTransaction) => 'before' | 'after' | undefined;
}

/** A ledger in memory, or in a file that several processes see one after another: domain's rules, Fabric's versions. */
export class FakeLedger implements LedgerClient, BlockSource, OneBlock {
  readonly chain: FakeBlock[] = [{ number: 0, transactions: [] }];
  readonly #state = new Map<string, { value: string; version: number }>();
  readonly #file: string | undefined;
  faults: Faults = {};
  /** What clients take for the time. */
  clock: () => Date = () => new Date();
  /** Statements of every batch that was sent to the orderers, in order. */
  readonly broadcasts: string[] = [];
  tampering: Tampering = {};
  /** What is served where a block is read again; nothing where the peer does not answer. */
  served: (block: FakeBlock) => object | undefined = (block) => block;
  /** What was simulated for keys that the gateway does not hold, by transaction id. */
  readonly signedElsewhere = new Map<string, FakeTransaction>();

  constructor(file?: string) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n').slice(0, -1)) {
      this.#append(JSON.parse(line) as FakeTransaction);
    }
  }

  async evaluate(transaction: string, json: string, identity: ActingIdentity): Promise<string> {
    await Promise.resolve();
    return this.simulate(transaction, json, callerOf(identity)).response;
  }

  async endorse(command: string, json: string, identity: ActingIdentity): Promise<Endorsed> {
    await Promise.resolve();
    const fault = this.faults.endorse?.(command, json);
    if (fault) throw fault;
    const { transaction, response } = this.simulate(command, json, callerOf(identity));
    return {
      transactionId: transaction.transactionId,
      result: response,
      prepared: Buffer.from(JSON.stringify(transaction)),
      signature: Buffer.from('signed'),
    };
  }

  broadcast({ transactionId, prepared, signature }: SignedTransaction): Promise<void> {
    const elsewhere = this.signedElsewhere.get(transactionId);
    if (elsewhere === undefined && Buffer.from(signature).toString() !== 'signed') {
      return Promise.reject(gatewayError('LEDGER_REFUSED', 'not signed'));
    }
    const transaction = elsewhere ?? (JSON.parse(Buffer.from(prepared).toString('utf8')) as FakeTransaction);
    this.broadcasts.push(transaction.transactionId);
    const fault = this.faults.broadcast?.(transaction);
    if (fault !== 'before') this.commit(transaction);
    return fault === undefined ? Promise.resolve() : Promise.reject(new Error(`lost ${fault} ordering`));
  }

  /** Orders a transaction into a block of its own. */
  commit(transaction: FakeTransaction): void {
    // Orderers drop what they have seen (BFT: "request already processed").
    if (this.#known(transaction.transactionId)) return;
    if (this.#file !== undefined)
      appendFileSync(this.#file, `${JSON.stringify(transaction)}\n`, { flush: true });
    this.#append(transaction);
  }

  newest(): Promise<number> {
    return Promise.resolve(this.chain.length - 1);
  }

  block(number: number): Promise<Uint8Array> {
    const block = this.chain[number] && this.served(this.chain[number]);
    if (block === undefined) return Promise.reject(new Error('no such block'));
    return Promise.resolve(Buffer.from(JSON.stringify(block)));
  }

  async *blocks(from: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (let next = from; !signal.aborted;) {
      const block = this.chain[next];
      if (block) {
        next++;
        yield Buffer.from(JSON.stringify(block));
      } else {
        await sleep(2, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  #known(transactionId: string): boolean {
    return this.chain.some((b) => b.transactions.some((t) => t.transactionId === transactionId));
  }

  #append(transaction: FakeTransaction): void {
    const number = this.chain.length;
    const fresh = transaction.reads.every(
      ([key, version]) => (this.#state.get(key)?.version ?? -1) === version,
    );
    const code = transaction.code ?? (fresh ? 0 : 11);
    const judged = { ...transaction, code };
    if (code === 0)
      for (const [key, value] of transaction.writes) this.#state.set(key, { value, version: number });
    this.chain.push({ number, transactions: [judged] });
  }

  /** Runs a transaction of the contract on the state as it is. */
  simulate(
    command: string,
    argument: string,
    caller: Caller,
    transactionId = createHash('sha256').update(randomUUID()).digest('hex'),
  ): { transaction: FakeTransaction; response: string } {
    const timestamp = this.clock().toISOString();
    try {
      const prepared = prepareTransaction(command, argument, caller);
      const reads: [key: string, version: number][] = [];
      const values = new Map<string, Uint8Array | undefined>();
      for (let keys = prepared.reads; keys.length > 0; keys = prepared.more(values)) {
        for (const key of keys) {
          const entry = this.#state.get(key);
          reads.push([key, entry?.version ?? -1]);
          values.set(key, entry && Buffer.from(entry.value));
        }
      }
      const { writes, response } = prepared.execute(values, { txId: transactionId, timestamp });
      return {
        transaction: {
          transactionId,
          command,
          argument,
          caller,
          timestamp,
          reads,
          writes: writes.map(({ key, value }) => [key, Buffer.from(value).toString('utf8')]),
        },
        response,
      };
    } catch (error) {
      throw error instanceof PassageError ? refusalOf(error) : error;
    }
  }
}

/** The fake certificate is the caller's description itself. */
export function fakeIdentity(caller: Caller): ActingIdentity {
  const name = caller.partyId === undefined ? 'admin' : `${caller.partyId}.${caller.role ?? ''}`;
  return {
    name,
    mspId: caller.mspId,
    cert: JSON.stringify(caller),
    sign: (message) => Promise.resolve(message),
  };
}

function callerOf(identity: ActingIdentity): Caller {
  return JSON.parse(identity.cert) as Caller;
}
