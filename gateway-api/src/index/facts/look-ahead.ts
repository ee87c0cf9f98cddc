import { availableParallelism } from 'node:os';

import { parseKey } from '@passage/domain';
import type { StateKey } from '@passage/domain';
import { readBlock, recover, serializeHead } from '@passage/ledger';
import type { ChainHead, RawBlock, SignatureMethod, StateReader, StateUpdate } from '@passage/ledger';
import { FactPool } from '@passage/ledger/threads';

import { readRecord } from '../read-record.js';
import type { TableColumns } from '../reading/packed-rows.js';
import type { IndexFacts, IndexFactsWanted, Told } from './index-facts.js';

/** How threads are used. */
export interface LookAheadLimits {
  readonly threads: number;
  /** Blocks of less are not worth asking anybody: there is little to catch up on. */
  readonly least: number;
  /** Bytes of blocks that are asked about together. */
  readonly part: number;
  /** Milliseconds after the last question, when the threads end and give their memory back. */
  readonly idle: number;
  /** How they check signatures. */
  readonly signatures: SignatureMethod;
  /** They let everybody else have a core before them: where a gateway answers meanwhile. */
  readonly yields: boolean;
  /** They read the blocks for rows of these columns, and check orderers' signatures alone. */
  readonly reading?: TableColumns;
}

/** A thread for each core: mostly the one that judges waits for them. */
const usual: LookAheadLimits = {
  threads: availableParallelism(),
  least: 128 * 1024,
  part: 256 * 1024,
  idle: 10_000,
  signatures: 'together',
  yields: false,
};

/** Blocks that are judged together, each with what was found out about it. */
export interface BlocksAhead {
  readonly blocks: readonly Uint8Array[];
  /** One for each block; undefined where whoever judges has to find out by himself. */
  readonly facts?: readonly IndexFacts[] | undefined;
}

/**
 * Has threads find out about blocks that wait to be indexed, as long as there are many: they check signatures of later blocks while the
 * first are judged and written. What lies in their memory is bounded by what is handed over together.
 */
export class LookAhead {
  readonly #chaincode: string;
  readonly #state: StateReader;
  readonly #limits: LookAheadLimits;
  #pool: FactPool<IndexFacts, Told> | undefined;
  /** Of the block that was judged last. */
  #head: ChainHead | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** @param state where the devices stand that were registered before the first block. */
  constructor(chaincode: string, state: StateReader, limits: Partial<LookAheadLimits> = {}) {
    this.#chaincode = chaincode;
    this.#state = state;
    this.#limits = { ...usual, ...limits };
  }

  /** The blocks in their order, in parts, each as soon as the threads know about it. */
  async *inParts(blocks: readonly Uint8Array[]): AsyncGenerator<BlocksAhead> {
    const bytes = blocks.reduce((sum, { length }) => sum + length, 0);
    if (blocks.length < 2 || bytes < this.#limits.least) {
      yield { blocks };
      return;
    }
    // Whose signatures to look for, and by which configuration to read, is known once a block has been judged.
    const known = this.#head === undefined ? 1 : 0;
    if (known > 0) yield { blocks: blocks.slice(0, known) };
    const pool = this.#started();
    const parts = partsOf(blocks.slice(known), this.#limits.part);
    const asked: Promise<BlocksAhead>[] = [];
    while (asked.length > 0 || parts.length > 0) {
      // So many ahead that no thread waits, and no more: what a block brings is known to the threads for those behind it.
      while (parts.length > 0 && asked.length <= this.#limits.threads)
        asked.push(ask(pool, parts.shift() ?? []));
      yield (await asked.shift()) ?? { blocks: [] };
    }
    this.#rest();
  }

  /** What a judged block has changed of whose signatures to look for, and of what to read by. */
  learn(head: ChainHead, updates: readonly StateUpdate[]): void {
    const before = this.#head;
    this.#head = head;
    if (this.#pool === undefined) return;
    this.#pool.consenters = head.config.consenters;
    if (this.#limits.reading === undefined)
      this.#pool.know(updates.flatMap(({ namespace, key, value }) => this.#deviceIn(namespace, key, value)));
    else if (before?.config !== head.config) this.#pool.know([{ head: serializeHead(head) }]);
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.close();
  }

  #started(): FactPool<IndexFacts, Told> {
    clearTimeout(this.#idle);
    if (this.#pool !== undefined) return this.#pool;
    const { signatures, yields, reading } = this.#limits;
    const wanted: IndexFactsWanted = {
      transactions: reading === undefined,
      chaincode: this.#chaincode,
      signatures,
      yields,
      ...(reading && { reading }),
    };
    const worker = new URL('./fact-worker.js', import.meta.url);
    const pool = new FactPool<IndexFacts, Told>(this.#limits.threads, wanted, worker);
    pool.consenters = this.#head?.config.consenters ?? [];
    if (reading === undefined) pool.know([...this.#devices()]);
    else if (this.#head !== undefined) pool.know([{ head: serializeHead(this.#head) }]);
    this.#pool = pool;
    return pool;
  }

  #rest(): void {
    this.#idle = setTimeout(() => void this.close(), this.#limits.idle).unref();
  }

  /** The devices that are registered. */
  *#devices(): Generator<Told> {
    for (const [key, { value }] of this.#state.range(this.#chaincode, 'device/', 'device0'))
      yield* this.#deviceIn(this.#chaincode, key, value);
  }

  #deviceIn(namespace: string, key: string, value: Uint8Array | undefined): readonly Told[] {
    if (namespace !== this.#chaincode || value === undefined || !key.startsWith('device/')) return [];
    if (parseKey(key)?.kind !== 'device') return [];
    const device = readRecord(key as StateKey<'device'>, value);
    return device === undefined ? [] : [{ device: device.jwk }];
  }
}

/** Without facts where a block cannot be read: the rules say why. */
async function ask(pool: FactPool<IndexFacts, Told>, blocks: readonly Uint8Array[]): Promise<BlocksAhead> {
  const read = recover<readonly RawBlock[], undefined>(
    () => blocks.map(readBlock),
    () => undefined,
  );
  return { blocks, facts: read && (await pool.factsOf(read)) };
}

function partsOf(blocks: readonly Uint8Array[], size: number): Uint8Array[][] {
  const parts: Uint8Array[][] = [];
  let bytes = Infinity;
  for (const block of blocks) {
    if (bytes >= size) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(block);
    bytes += block.length;
  }
  return parts;
}
