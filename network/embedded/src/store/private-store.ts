import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

import {
  decode,
  encode,
  equalBytes,
  KVRWSet,
  parseHashNamespace,
  toHex,
  TxValidationCode,
  utf8,
  type CollectionSet,
  type StateReader,
  type StateUpdate,
  type TransactionVerdict,
} from '@passage/ledger';

import { NetworkError } from '../errors.js';
import type { PrivateData, PrivateSet } from '../network.js';
import { blob, integer, text } from './columns.js';
import { preparePrivateTables } from './private-schema.js';
import { PrivateState } from './private-state.js';
import { preparePrivateStatements, type PrivateStatements } from './private-statements.js';

/** Blocks after which data of a transaction that never came is forgotten (peer.gossip.pvtData.transientstoreMaxBlockRetention). */
const TRANSIENT_BLOCKS = 20_000;

/** Who keeps a collection's values, and for how many blocks; 0 is for ever. */
export interface CollectionKeepers {
  readonly members: readonly string[];
  readonly blockToLive: number;
}

/** What a block means for private data. */
export interface PrivateBlock {
  readonly number: number;
  readonly transactions: readonly Pick<TransactionVerdict, 'index' | 'code' | 'txId' | 'sets'>[];
  /** Final writes of the block to the world state; those of hashes count here. */
  readonly updates: readonly StateUpdate[];
  /** By the definitions before the block. */
  keepersOf(namespace: string): CollectionKeepers;
}

/**
 * What the organisations' peers keep beside the ledger, in one file: values that came with proposals and wait for their block,
 * values in force, and the private write sets of every block. Nothing of it can be built again from the blocks.
 */
export class PrivateStore implements PrivateData {
  readonly #database: DatabaseSync;
  readonly #statements: PrivateStatements;

  /** @throws NetworkError LEDGER_DAMAGED if the file is of another format */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    if (!preparePrivateTables(this.#database)) {
      this.#database.close();
      throw new NetworkError(
        'LEDGER_DAMAGED',
        `${path} was written by another version: go back to that one, or start over with another --dir`,
      );
    }
    this.#statements = preparePrivateStatements(this.#database);
  }

  stateOf(mspId: string): StateReader {
    return new PrivateState(this.#statements, mspId);
  }

  keep(txId: string, height: number, sets: readonly PrivateSet[]): void {
    this.#transact(() => {
      for (const { mspId, namespace, rwset } of sets) {
        this.#statements.keep.run(txId, mspId, namespace, sha256(rwset), rwset, height);
      }
    });
  }

  writesOf(block: number, mspId: string): ReadonlyMap<number, ReadonlyMap<string, Uint8Array>> {
    const found = new Map<number, Map<string, WriteSet>>();
    for (const row of this.#statements.writesOf.all(mspId, block)) {
      const [tx, namespace, key] = [integer(row['tx']), text(row['namespace']), text(row['key'])];
      const transaction = found.get(tx) ?? new Map<string, WriteSet>();
      found.set(tx, transaction);
      const set = transaction.get(namespace) ?? { writes: [], metadataWrites: [] };
      transaction.set(namespace, set);
      if (row['only_metadata'] === 1) set.metadataWrites.push({ key });
      else set.writes.push(writeOf(key, row['value']));
    }
    return new Map(
      [...found].map(([tx, sets]) => [
        tx,
        new Map([...sets].map(([namespace, set]) => [namespace, encode(KVRWSet, set)])),
      ]),
    );
  }

  missingOf(block: number, mspId: string): readonly { readonly tx: number; readonly namespace: string }[] {
    return this.#statements.missing
      .all(mspId, block)
      .map((row) => ({ tx: integer(row['tx']), namespace: text(row['namespace']) }));
  }

  /**
   * Takes over what a block decides: values of its transactions become durable for the members that have them, those in force
   * follow the hashes, and what is used up, purged or too old goes. A block that was taken over before changes nothing.
   */
  commit(block: PrivateBlock): void {
    this.#transact(() => {
      const touches = block.transactions.some(({ sets }) => collectionSets(sets).length > 0);
      const hashes = block.updates.filter(({ namespace }) => parseHashNamespace(namespace) !== undefined);
      const last = integer(this.#statements.progress.get()?.['block']);
      if ((touches || hashes.length > 0) && block.number > last) {
        const values = this.#takeOver(block);
        for (const update of hashes) this.#follow(update, values);
        this.#statements.setProgress.run(block.number);
      }
      this.#statements.expire.run(block.number);
      this.#statements.forgetOld.run(block.number - TRANSIENT_BLOCKS);
    });
  }

  close(): void {
    this.#database.close();
  }

  /**
   * Moves the private writes of a block's transactions out of the transient table, and gives their values. Those of invalid
   * transactions do no harm: a value comes in force only under its hash.
   */
  #takeOver(block: PrivateBlock): IncomingValue[] {
    const { number, transactions } = block;
    const values: IncomingValue[] = [];
    for (const { index, code, txId, sets } of transactions) {
      for (const set of collectionSets(sets)) {
        const keepers = block.keepersOf(set.namespace);
        const place = { number, index, namespace: set.namespace };
        for (const mspId of keepers.members) {
          const kept = this.#statements.kept.get(txId, mspId, set.namespace, set.privateHash);
          if (kept === undefined) this.#statements.addMissing.run(mspId, number, index, set.namespace);
          else values.push(...this.#addWrites(place, mspId, blob(kept['rwset']), keepers.blockToLive));
        }
        if (code === TxValidationCode.VALID) this.#purge(place, set);
      }
      this.#statements.forget.run(txId);
    }
    return values;
  }

  #addWrites(place: Place, mspId: string, rwset: Uint8Array, blockToLive: number): IncomingValue[] {
    const { number, index, namespace } = place;
    const { writes, metadataWrites } = decode(KVRWSet, rwset);
    const expires = blockToLive === 0 ? null : number + blockToLive + 1;
    const add = (key: string, value: Uint8Array | null, onlyMetadata: 0 | 1): void => {
      const name = utf8(key);
      const hash = toHex(sha256(name));
      this.#statements.addWrite.run(
        mspId,
        number,
        index,
        namespace,
        name,
        hash,
        value,
        onlyMetadata,
        expires,
      );
    };
    for (const { key, value, isDelete } of writes) add(key, isDelete ? null : value, 0);
    for (const { key } of metadataWrites) add(key, null, 1);
    return writes.flatMap(({ key, value, isDelete }) =>
      isDelete ? [] : { mspId, namespace, key, keyHash: toHex(sha256(utf8(key))), value },
    );
  }

  #purge({ number, index, namespace }: Place, { writes }: CollectionSet): void {
    for (const { key, purge } of writes) {
      if (purge === true) this.#statements.purge.run(namespace, key, number, number, index);
    }
  }

  /**
   * Lets every organisation's value of one key follow its hash: the value that hashes to it, be it new or known, gets the hash's
   * version; one that does not is left behind and, by its version, known as outdated.
   */
  #follow(
    { namespace, key: keyHash, value: hash, version }: StateUpdate,
    values: readonly IncomingValue[],
  ): void {
    if (hash === undefined) {
      this.#statements.remove.run(namespace, keyHash);
      return;
    }
    const known = this.#statements.holders
      .all(namespace, keyHash)
      .map((row) => ({ mspId: text(row['organization']), key: text(row['key']), value: blob(row['value']) }));
    const incoming = values.filter((value) => value.namespace === namespace && value.keyHash === keyHash);
    for (const { mspId, key, value } of [...known, ...incoming]) {
      if (!equalBytes(sha256(value), hash)) continue;
      this.#statements.put.run(mspId, namespace, utf8(key), keyHash, value, version.block, version.tx);
    }
  }

  #transact(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      // A full disk rolls back by itself, and then there is nothing left to roll back.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** Where a private write set stands in the chain. */
interface Place {
  readonly number: number;
  readonly index: number;
  readonly namespace: string;
}

interface IncomingValue {
  readonly mspId: string;
  readonly namespace: string;
  readonly key: string;
  readonly keyHash: string;
  readonly value: Uint8Array;
}

interface WriteSet {
  readonly writes: { key: string; isDelete: boolean; value: Uint8Array }[];
  readonly metadataWrites: { key: string }[];
}

function writeOf(key: string, value: unknown): WriteSet['writes'][number] {
  return value === null
    ? { key, isDelete: true, value: new Uint8Array() }
    : { key, isDelete: false, value: blob(value) };
}

/** The collections that a transaction writes to. */
function collectionSets(sets: TransactionVerdict['sets']): CollectionSet[] {
  return sets.flatMap(({ collections }) => collections.filter(({ privateHash }) => privateHash.length > 0));
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
