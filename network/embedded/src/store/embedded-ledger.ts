import {
  BoundedSignatureMemo,
  decodeBlockRecord,
  encodeBlock,
  encodeBlockRecord,
  equalBytes,
  readBlock,
  recover,
  type ChainHead,
  type ChannelConfig,
  type RawBlock,
  type SignatureMemo,
  type StateReader,
} from '@passage/ledger';

import type {
  CommittedBlock,
  KeyModification,
  Ledger,
  PrivateData,
  StoredTransaction,
  TransactionStatus,
} from '../network.js';
import { needsRoom } from '../storage-error.js';
import { BlockCache } from './block-cache.js';
import type { BlockFiles, BlockPlace } from './block-files.js';
import { CommitGate } from './commit-gate.js';
import { committed, damaged, judgeBlock, type JudgedBlock } from './judge-block.js';
import { modificationOf } from './key-history.js';
import { closeParts, openParts, type LedgerParts } from './ledger-parts.js';
import { keepersBy } from './private-keepers.js';
import { headAfter } from './restore-head.js';

/** Enough for what is in flight between endorsement and commit; about 2 MB. */
const REMEMBERED_SIGNATURES = 20_000;

/** Signatures found valid or made here; see `pki/remember-signatures.ts`. */
export function newSignatureMemo(): SignatureMemo {
  return new BoundedSignatureMemo(REMEMBERED_SIGNATURES);
}

/**
 * The channel's ledger on disk. A block is judged, then written to the block file and forced to disk, then applied to the
 * state in one transaction, then told of. A crash between any two of these leaves a ledger that opens again as if it had
 * come just before or just after.
 */
export class EmbeddedLedger implements Ledger {
  readonly #parts: LedgerParts;
  readonly #cache = new BlockCache();
  readonly #gate = new CommitGate();
  /** Spares a second look at signatures that were checked when they were proposed. */
  readonly #memo: SignatureMemo;
  readonly #listeners = new Set<(block: CommittedBlock) => void>();
  /** Undefined only until block 0 is there. */
  #head: ChainHead | undefined;
  /** A block that is in the block file but not yet in the state, because there was no room between the two. */
  #halfway: { readonly judged: JudgedBlock; readonly place: BlockPlace } | undefined;

  private constructor(parts: LedgerParts, memo: SignatureMemo) {
    this.#parts = parts;
    this.#memo = memo;
  }

  /**
   * Opens the ledger in `folder`, or makes it there with the block that `genesis` builds. Takes the folder for this process,
   * cuts off a half-written block and brings the state up to the last whole one.
   *
   * @throws NetworkError LEDGER_LOCKED, LEDGER_DAMAGED, STORAGE_FULL
   */
  static async open(
    folder: string,
    genesis: () => RawBlock,
    memo = newSignatureMemo(),
  ): Promise<EmbeddedLedger> {
    const ledger = new EmbeddedLedger(await openParts(folder), memo);
    try {
      await needsRoom(folder, () => ledger.#recover());
      if (ledger.height() === 0) await ledger.#add(() => ledger.#judge(genesis()));
      return ledger;
    } catch (error) {
      await ledger.close();
      throw error;
    }
  }

  get channel(): string {
    return this.#chain().channel;
  }

  get state(): StateReader {
    return this.#parts.state;
  }

  get privateData(): PrivateData {
    return this.#parts.privateData;
  }

  height(): number {
    return this.#head?.height ?? 0;
  }

  config(): ChannelConfig {
    return this.#chain().config;
  }

  /** SHA-256 header hash of a block, or undefined above the height. */
  headerHash(number: number): Uint8Array | undefined {
    return this.#parts.state.block(number)?.headerHash;
  }

  /** Commit hash after a block; empty for block 0. */
  commitHash(number: number): Uint8Array | undefined {
    return this.#parts.state.block(number)?.commitHash;
  }

  getBlock(number: number): Uint8Array | undefined {
    const cached = this.#cache.get(number);
    if (cached !== undefined) return cached;
    if (number >= this.height()) return undefined;
    const bytes = encodeBlock(this.#rawBlock(number));
    this.#cache.add(number, bytes);
    return bytes;
  }

  getBlockByTxId(txId: string): Uint8Array | undefined {
    const status = this.commitStatus(txId);
    return status && this.getBlock(status.blockNumber);
  }

  getBlockByHash(hash: Uint8Array): Uint8Array | undefined {
    const number = this.#parts.state.numberOf(hash);
    return number === undefined ? undefined : this.getBlock(number);
  }

  getTransaction(txId: string): StoredTransaction | undefined {
    const status = this.commitStatus(txId);
    const envelope = status && this.#envelope(status.blockNumber, status.index);
    return envelope && { ...status, envelope };
  }

  commitStatus(txId: string): TransactionStatus | undefined {
    return this.#parts.state.transaction(txId);
  }

  history(namespace: string, key: string): readonly KeyModification[] {
    return this.#parts.state.history(namespace, key).flatMap(({ block, tx }) => {
      const envelope = this.#envelope(block, tx);
      return (envelope && modificationOf(envelope, namespace, key)) ?? [];
    });
  }

  onCommit(listener: (block: CommittedBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  withSnapshot<T>(work: () => Promise<T>): Promise<T> {
    return this.#gate.read(work);
  }

  /**
   * Adds the block that `build` makes, and resolves when it is durable and every listener has been told. Not to be called
   * again before it settles. After STORAGE_FULL nothing has changed for readers, and the call has to be made again with the
   * same transactions: the block may be on disk already.
   *
   * @throws NetworkError STORAGE_FULL
   */
  async append(build: (head: ChainHead) => RawBlock): Promise<void> {
    await this.#add(() => this.#judge(build(this.#chain())));
  }

  async close(): Promise<void> {
    await closeParts(this.#parts);
  }

  async #add(make: () => JudgedBlock): Promise<void> {
    const { folder, files } = this.#parts;
    const judged = await needsRoom(folder, async () => {
      const halfway = (this.#halfway ??= await store(files, make()));
      await this.#gate.write(() => {
        this.#settle(halfway.judged, halfway.place);
      });
      return halfway.judged;
    });
    this.#halfway = undefined;
    const bytes = encodeBlock(judged.block);
    this.#cache.add(judged.block.header.number, bytes);
    const event = committed(judged, bytes);
    for (const listener of this.#listeners) listener(event);
  }

  /**
   * Applies a block that lies in the block file to private data and state. Private data goes first: a crash in between leaves
   * the block to be judged again, and private data knows what it has taken over.
   */
  #settle({ verdict, effects, head }: JudgedBlock, place: BlockPlace): void {
    const { state, privateData } = this.#parts;
    privateData.commit({
      number: effects.number,
      transactions: verdict.transactions,
      updates: verdict.updates,
      keepersOf: keepersBy(this.#head?.config, state),
    });
    state.apply({ ...effects, place });
    this.#head = head;
  }

  /** Brings the state up to the end of the block files. */
  async #recover(): Promise<void> {
    const { files, state } = this.#parts;
    const last = state.lastBlock();
    const restore = (): void => {
      if (last === undefined || this.#head !== undefined) return;
      this.#head = headAfter(last, (number) => this.#rawBlock(number), { memo: this.#memo });
    };
    await files.recover(last?.place, (place, record) => {
      // Only now: before this call the files have made sure that what the state knows of is there.
      restore();
      this.#settle(this.#judgeRecord(record), place);
    });
    restore();
  }

  /** Judges a record of the block files, which must be to the byte what this ledger would have written. */
  #judgeRecord(record: Uint8Array): JudgedBlock {
    const judged = recover(
      () => this.#judge(decodeBlockRecord(record)),
      (error) => {
        throw damaged(`block ${this.height()}: ${error.message}`);
      },
    );
    if (equalBytes(encodeBlockRecord(judged.block), record)) return judged;
    throw damaged(`the metadata of block ${judged.block.header.number}`);
  }

  #judge(block: RawBlock): JudgedBlock {
    const { state } = this.#parts;
    return judgeBlock(this.#head, block, state, {
      configOptions: { memo: this.#memo },
      isKnownTransaction: (txId) => state.transaction(txId) !== undefined,
    });
  }

  #rawBlock(number: number): RawBlock {
    const stored = this.#parts.state.block(number);
    if (stored === undefined) throw damaged(`block ${number} is missing`);
    return decodeBlockRecord(this.#parts.files.read(stored.place));
  }

  #envelope(blockNumber: number, index: number): Uint8Array | undefined {
    const bytes = this.getBlock(blockNumber);
    return bytes && readBlock(bytes).envelopes[index];
  }

  #chain(): ChainHead {
    if (this.#head === undefined) throw new TypeError('the ledger has no block yet');
    return this.#head;
  }
}

async function store(
  files: BlockFiles,
  judged: JudgedBlock,
): Promise<{ judged: JudgedBlock; place: BlockPlace }> {
  return { judged, place: await files.append(encodeBlockRecord(judged.block)) };
}
