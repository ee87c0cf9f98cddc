import { availableParallelism } from 'node:os';

import {
  BoundedSignatureMemo,
  LedgerError,
  believeNextBlock,
  describeDifference,
  linkNextBlock,
  readBlock,
  readClaims,
  restoreHead,
  serializeHead,
  startChain,
  toHex,
  verifyNextBlock,
} from '@passage/ledger';
import type {
  ChainHead,
  ConfigOptions,
  MspManager,
  VerifiedBlock as JudgedBlock,
  RawBlock,
  SerializedHead,
  SignatureMethod,
  StateReader,
  StateUpdate,
} from '@passage/ledger';

import { signaturesOf } from '../sources/signed-header.js';
import type { HeaderSignatures, SignedHeader } from '../sources/signed-header.js';
import type { Trust } from '../trust.js';
import type { IndexFacts } from './facts/index-facts.js';
import { LookAhead } from './facts/look-ahead.js';
import type { BlocksAhead } from './facts/look-ahead.js';
import type { IndexWriter } from './index-writer.js';
import { ledgerChecks } from './ledger-checks.js';
import { linkChecks, unmadeChecks } from './links-alone.js';
import { transactionOf } from './ledger-transaction.js';
import type { BlockReading } from './reading/block-reading.js';
import { isWhole } from './reading/read-block.js';
import { BlockRefused } from './verified-block.js';
import type { BlockBefore, BlockVerifier, ReadAheadBlock, VerifiedBlock } from './verified-block.js';

/** As many as the blocks have that are judged while they are remembered: a block is judged right after its facts are known. */
const ORDERER_SIGNATURES = 1000;

/** What is told of every block that passes. */
type PassedBlock = Omit<ReadAheadBlock, 'reading'>;

/** How blocks are verified. */
export interface VerifierOptions {
  /** Finds out about blocks in other threads; without it everything is done here. */
  readonly lookAhead?: LookAhead;
  /** Makes `linkChecks` and believes the rest. */
  readonly linksAlone?: boolean;
}

/** Fabric's own rules over each block, from the trusted genesis hash on. */
export class LedgerVerifier implements BlockVerifier {
  readonly linksAlone: boolean;
  readonly checks: readonly string[];
  readonly notChecked: readonly string[];
  readonly #trust: Trust;
  readonly #chaincode: string;
  readonly #index: Pick<IndexWriter, 'isKnownTransaction'>;
  /** The block that was verified last, so that a channel's configuration is not parsed anew for each. */
  #last: { readonly block: PassedBlock; readonly head: ChainHead } | undefined;

  readonly #lookAhead: LookAhead | undefined;
  /** Signatures of orderers that other threads have found good, until their block is judged. */
  readonly #memo = new BoundedSignatureMemo(ORDERER_SIGNATURES);
  readonly #configOptions: ConfigOptions;

  /** Transaction ids of earlier blocks are looked up in the index. */
  constructor(
    trust: Trust,
    chaincode: string,
    index: Pick<IndexWriter, 'isKnownTransaction'>,
    { lookAhead, linksAlone = false }: VerifierOptions = {},
  ) {
    this.linksAlone = linksAlone;
    this.checks = linksAlone ? linkChecks : ledgerChecks.checks;
    this.notChecked = linksAlone ? [...unmadeChecks, ...ledgerChecks.notChecked] : ledgerChecks.notChecked;
    this.#trust = trust;
    this.#chaincode = chaincode;
    this.#index = index;
    this.#lookAhead = lookAhead;
    this.#configOptions = lookAhead ? { memo: this.#memo } : {};
  }

  ahead(blocks: readonly Uint8Array[]): AsyncIterable<BlocksAhead> {
    return this.#lookAhead?.inParts(blocks) ?? allAtOnce(blocks);
  }

  async close(): Promise<void> {
    await this.#lookAhead?.close();
  }

  verify(
    before: BlockBefore | undefined,
    bytes: Uint8Array,
    state: StateReader,
    facts?: IndexFacts,
  ): VerifiedBlock | ReadAheadBlock {
    const block = ruled(-1, () => readBlock(bytes));
    const { number } = block.header;
    for (const signature of facts?.ordererSignatures ?? []) this.#memo.add(signature);
    const head = before === undefined ? undefined : ruled(number, () => this.#restore(before));
    const reading = head && this.#readingOf(head, number, state, facts);
    if (head !== undefined && reading !== undefined) return this.#linked(head, block, reading, facts);
    const judged = this.#judge(head, block, state, facts);
    const { verdict } = judged;
    return this.#passed(block, judged, verdict.updates, {
      transactions: verdict.transactions.map((transaction) =>
        transactionOf(transaction, this.#chaincode, judged.head.config.msps),
      ),
      updates: verdict.updates,
      ...this.#signedStatements(facts),
    });
  }

  /** What others have read in a block, if that is all there is to be told of it. */
  #readingOf(
    { configBlock: configInForce }: ChainHead,
    number: number,
    state: StateReader,
    facts: IndexFacts | undefined,
  ): BlockReading | undefined {
    if (!this.linksAlone || facts?.reading === undefined || facts.startsWithConfig) return undefined;
    const at = { number, configInForce, chaincode: this.#chaincode };
    return isWhole(facts.reading, at, state) ? facts.reading : undefined;
  }

  #linked(
    head: ChainHead,
    block: RawBlock,
    reading: BlockReading,
    facts: IndexFacts | undefined,
  ): ReadAheadBlock {
    const linked = ruled(block.header.number, () => linkNextBlock(head, block, this.#configOptions, facts));
    const { commitHash = new Uint8Array() } = readClaims(block);
    return this.#passed(block, { ...linked, head: { ...linked.head, commitHash } }, [], { reading });
  }

  /** What every block has that passes, with more. Throws BlockRefused for one that does not. */
  #passed<More extends object>(
    { header: { number, previousHash, dataHash } }: RawBlock,
    { head, differences, checks }: Pick<JudgedBlock, 'head' | 'differences' | 'checks'>,
    updates: readonly StateUpdate[],
    more: More,
  ): PassedBlock & More {
    const [first] = differences;
    if (first) throw new BlockRefused(number, first.check, describeDifference(first));
    this.#lookAhead?.learn(head, updates);
    const kept = lazily(head);
    const passed = Object.assign(more, {
      number,
      headerHash: toHex(head.headerHash),
      previousHash: toHex(previousHash),
      dataHash: toHex(dataHash),
      checks: Object.entries(checks).flatMap(([check, count]) => (count > 0 ? [check] : [])),
    });
    const block = Object.defineProperty(passed, 'head', { get: kept }) as PassedBlock & More;
    this.#last = { block, head };
    return block;
  }

  #judge(
    before: ChainHead | undefined,
    block: RawBlock,
    state: StateReader,
    facts: IndexFacts | undefined,
  ): JudgedBlock {
    return ruled(block.header.number, () => {
      if (before === undefined) return startChain(block, this.#trust.genesisHash, this.#configOptions);
      if (this.linksAlone) return believeNextBlock(before, block, state, this.#configOptions, facts);
      return verifyNextBlock(before, block, state, {
        isKnownTransaction: (txId) => this.#index.isKnownTransaction(txId),
        configOptions: this.#configOptions,
        ...(facts && { facts }),
      });
    });
  }

  #signedStatements(facts: IndexFacts | undefined): Pick<VerifiedBlock, 'signedStatements'> {
    if (this.linksAlone) return { signedStatements: 'believed' };
    return facts?.signedStatements ? { signedStatements: new Set(facts.signedStatements) } : {};
  }

  #restore(before: BlockBefore): ChainHead {
    if (this.#last !== undefined && before === this.#last.block) return this.#last.head;
    const kept = before instanceof Uint8Array ? before : before.head;
    if (this.#last && Buffer.compare(this.#last.block.head, kept) === 0) return this.#last.head;
    return restoreHead(serializedIn(kept), this.#configOptions);
  }
}

/** How blocks are verified that an index is filled from. */
export interface FillingOptions {
  /** Hashes, links and orderers alone are checked, and not what stands in transactions. */
  readonly linksAlone?: boolean;
  /** Together if nothing is said. */
  readonly signatures?: SignatureMethod;
  /** Threads that look ahead let everybody else have a core before them; not so if nothing is said. */
  readonly yields?: boolean;
}

/** Reading takes about as long as writing, which has a core of its own. */
const READERS = Math.max(1, availableParallelism() - 1);

/** Bytes of blocks for which threads are started where nobody waits for each: for less they take longer to start than they save. */
const WORTH_STARTING = 1024 * 1024;

/** Bytes of blocks that are read together: many rows then go in together, too. */
const READ_TOGETHER = 1024 * 1024;

/**
 * The rules over an index that is filled, with threads that look ahead: they check signatures or, where links alone are checked, read the
 * blocks for an index that takes what others have read.
 */
export function verifierOf(
  trust: Trust,
  chaincode: string,
  index: Pick<IndexWriter, 'isKnownTransaction' | 'state' | 'ofOthers'>,
  { linksAlone = false, signatures, yields = false }: FillingOptions = {},
): LedgerVerifier {
  const reading = index.ofOthers?.columns;
  if (linksAlone && reading === undefined) return new LedgerVerifier(trust, chaincode, index, { linksAlone });
  const lookAhead = new LookAhead(chaincode, index.state, {
    yields,
    ...(!yields && { least: WORTH_STARTING }),
    ...(signatures && { signatures }),
    ...(linksAlone && reading && { reading, part: READ_TOGETHER, threads: READERS }),
  });
  return new LedgerVerifier(trust, chaincode, index, { lookAhead, linksAlone });
}

/** A head that is put into bytes, once, when somebody asks for them. */
function lazily(head: ChainHead): () => Uint8Array {
  let bytes: Uint8Array | undefined;
  return () => (bytes ??= Buffer.from(JSON.stringify(serializeHead(head))));
}

async function* allAtOnce(blocks: readonly Uint8Array[]): AsyncGenerator<BlocksAhead> {
  yield await Promise.resolve({ blocks });
}

function headIn(stored: Uint8Array): ChainHead {
  return restoreHead(serializedIn(stored));
}

function serializedIn(stored: Uint8Array): SerializedHead {
  return JSON.parse(Buffer.from(stored).toString('utf8')) as SerializedHead;
}

/** Whose signatures a header carries, by the configuration in force where the index stands. */
export function signaturesByHead(header: SignedHeader, stored: Uint8Array): HeaderSignatures {
  return signaturesOf(header, headIn(stored).config);
}

/**
 * The organisations' MSPs, by the configuration in force where the index stands. Heads move with every block and configurations
 * hardly ever, so the last one that was read is remembered.
 */
export function mspsByHead(): (stored: Uint8Array) => MspManager {
  let last: { readonly configEnvelope: string; readonly msps: MspManager } | undefined;
  return (stored) => {
    const { configEnvelope } = serializedIn(stored);
    if (last?.configEnvelope !== configEnvelope) last = { configEnvelope, msps: headIn(stored).config.msps };
    return last.msps;
  };
}

/** What a rule says; that it cannot say anything of a block is a reason to refuse the block. */
function ruled<Said>(block: number, rule: () => Said): Said {
  try {
    return rule();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const check = error.code === 'WRONG_GENESIS' ? 'genesis-hash' : 'form';
    throw new BlockRefused(block, check, error.message);
  }
}
