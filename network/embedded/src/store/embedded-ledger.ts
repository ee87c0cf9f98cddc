import {
  BlockMetadataIndex,
  BoundedSignatureMemo,
  channelConfigOf,
  dataHash,
  decode,
  decodeBlockRecord,
  encodeBlock,
  encodeBlockRecord,
  equalBytes,
  Metadata,
  OrdererBlockMetadata,
  readBlock,
  type ChannelConfig,
  type RawBlock,
  type StateReader,
} from '@passage/ledger';

import { NetworkError } from '../errors.js';
import type {
  CommittedBlock,
  KeyModification,
  Ledger,
  StoredTransaction,
  TransactionStatus,
} from '../network.js';
import { needsRoom } from '../storage-error.js';
import { BlockCache } from './block-cache.js';
import type { BlockFiles, BlockPlace } from './block-files.js';
import { CommitGate } from './commit-gate.js';
import { acceptGenesis, committed, judgeBlock, type JudgedBlock } from './judge-block.js';
import { modificationOf } from './key-history.js';
import { closeParts, openParts, type LedgerParts } from './ledger-parts.js';
import type { AppliedBlock } from './state-store.js';

/** Enough for what is in flight between endorsement and commit; about 2 MB. */
const REMEMBERED_SIGNATURES = 20_000;

/** What the next block follows. */
export interface ChainTip {
  /** Number of blocks so far, which is the next block's number. */
  readonly height: number;
  readonly headerHash: Uint8Array;
  /** Number of the newest configuration block. */
  readonly lastConfig: number;
}

/** Where the state stands. */
interface Position {
  readonly last: AppliedBlock;
  readonly lastConfig: number;
  readonly config: ChannelConfig;
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
  readonly #memo = new BoundedSignatureMemo(REMEMBERED_SIGNATURES);
  readonly #listeners = new Set<(block: CommittedBlock) => void>();
  /** Undefined only until block 0 is there. */
  #position: Position | undefined;
  /** A block that is in the block file but not yet in the state, because there was no room between the two. */
  #halfway: { readonly judged: JudgedBlock; readonly place: BlockPlace } | undefined;

  private constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /**
   * Opens the ledger in `folder`, or makes it there with the block that `genesis` builds. Takes the folder for this process,
   * cuts off a half-written block and brings the state up to the last whole one.
   *
   * @throws NetworkError LEDGER_LOCKED, LEDGER_DAMAGED, STORAGE_FULL
   */
  static async open(folder: string, genesis: () => RawBlock): Promise<EmbeddedLedger> {
    const ledger = new EmbeddedLedger(await openParts(folder));
    try {
      await needsRoom(folder, () => ledger.#recover());
      if (ledger.height() === 0) await ledger.#add(() => acceptGenesis(genesis(), ledger.#memo));
      return ledger;
    } catch (error) {
      await ledger.close();
      throw error;
    }
  }

  get channel(): string {
    return this.#at().config.channelId;
  }

  get state(): StateReader {
    return this.#parts.state;
  }

  height(): number {
    return this.#position === undefined ? 0 : this.#position.last.number + 1;
  }

  config(): ChannelConfig {
    return this.#at().config;
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
    const stored = this.#parts.state.block(number);
    if (stored === undefined) return undefined;
    const bytes = encodeBlock(this.#read(stored.place));
    this.#cache.add(number, bytes);
    return bytes;
  }

  getBlockByTxId(txId: string): Uint8Array | undefined {
    const status = this.commitStatus(txId);
    return status && this.getBlock(status.blockNumber);
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
  async append(build: (tip: ChainTip) => RawBlock): Promise<void> {
    const position = this.#at();
    const { last, lastConfig } = position;
    await this.#add(() =>
      this.#judge(build({ height: last.number + 1, headerHash: last.headerHash, lastConfig }), position),
    );
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

  /** Applies a block that lies in the block file to the state; all of it or, if that fails, nothing. */
  #settle({ effects, verdict, block }: JudgedBlock, place: BlockPlace): void {
    this.#parts.state.apply({ ...effects, place });
    const { config, lastConfig } = verdict.config
      ? { config: verdict.config, lastConfig: block.header.number }
      : this.#at();
    this.#position = { last: { ...effects, place }, lastConfig, config };
  }

  /** Brings the state up to the end of the block files. */
  async #recover(): Promise<void> {
    const { files, state } = this.#parts;
    const last = state.lastBlock();
    await files.recover(last?.place, (place, record) => {
      // The files have cut off a torn tail and told of damage before this reads from them.
      this.#position ??= last && this.#positionAt(last);
      const block = decodeBlockRecord(record);
      const judged = this.#judgeStored(block);
      if (!equalBytes(encodeBlockRecord(judged.block), record)) throw mismatch(block.header.number);
      this.#settle(judged, place);
    });
    this.#position ??= last && this.#positionAt(last);
  }

  #judgeStored(block: RawBlock): JudgedBlock {
    const { number, previousHash, dataHash: claimed } = block.header;
    const before = this.#position;
    if (number !== this.height() || !equalBytes(claimed, dataHash(block.envelopes))) throw mismatch(number);
    if (before === undefined) return acceptGenesis(block, this.#memo);
    if (!equalBytes(previousHash, before.last.headerHash)) throw mismatch(number);
    return this.#judge(block, before);
  }

  #judge(block: RawBlock, { config, last }: Position): JudgedBlock {
    const { state } = this.#parts;
    return judgeBlock(block, {
      config,
      state,
      isKnownTransaction: (txId) => state.transaction(txId) !== undefined,
      previousCommitHash: last.commitHash,
    });
  }

  #positionAt(last: AppliedBlock): Position {
    const lastConfig = lastConfigOf(this.#read(last.place));
    const place = lastConfig === last.number ? last.place : this.#parts.state.block(lastConfig)?.place;
    if (place === undefined) throw mismatch(last.number);
    return { last, lastConfig, config: channelConfigOf(this.#read(place), { memo: this.#memo }) };
  }

  #read(place: BlockPlace): RawBlock {
    return decodeBlockRecord(this.#parts.files.read(place));
  }

  #envelope(blockNumber: number, index: number): Uint8Array | undefined {
    const bytes = this.getBlock(blockNumber);
    return bytes && readBlock(bytes).envelopes[index];
  }

  #at(): Position {
    if (this.#position === undefined) throw new TypeError('the ledger has no block yet');
    return this.#position;
  }
}

async function store(
  files: BlockFiles,
  judged: JudgedBlock,
): Promise<{ judged: JudgedBlock; place: BlockPlace }> {
  return { judged, place: await files.append(encodeBlockRecord(judged.block)) };
}

/** Number of the configuration block in force after a block, as its orderers signed it. */
function lastConfigOf({ metadata }: RawBlock): number {
  const { value } = decode(Metadata, metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(0));
  return decode(OrdererBlockMetadata, value).lastConfig?.index ?? 0;
}

function mismatch(number: number): NetworkError {
  return new NetworkError(
    'LEDGER_DAMAGED',
    `block ${number} on disk does not follow from the blocks before it: restore the block files, or start over with ` +
      'another --dir',
  );
}
