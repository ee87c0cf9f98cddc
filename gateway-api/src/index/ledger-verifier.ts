import {
  BoundedSignatureMemo,
  LedgerError,
  believeNextBlock,
  describeDifference,
  readBlock,
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
import { BlockRefused } from './verified-block.js';
import type { BlockBefore, BlockVerifier, VerifiedBlock } from './verified-block.js';

/** As many as the blocks have that are judged while they are remembered: a block is judged right after its facts are known. */
const ORDERER_SIGNATURES = 1000;

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
  #last: { readonly block: VerifiedBlock; readonly head: ChainHead } | undefined;

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
  ): VerifiedBlock {
    const block = this.#read(bytes);
    const { number } = block.header;
    for (const signature of facts?.ordererSignatures ?? []) this.#memo.add(signature);
    const judged = this.#judge(before, block, state, facts);
    const [first] = judged.differences;
    if (first) throw new BlockRefused(number, first.check, describeDifference(first));

    this.#lookAhead?.learn(judged.head.config.consenters, judged.verdict.updates);
    const { verdict, checks } = judged;
    const kept = lazily(judged.head);
    const verified: VerifiedBlock = {
      get head() {
        return kept();
      },
      number,
      headerHash: toHex(judged.head.headerHash),
      previousHash: toHex(block.header.previousHash),
      dataHash: toHex(block.header.dataHash),
      checks: Object.entries(checks).flatMap(([check, count]) => (count > 0 ? [check] : [])),
      transactions: verdict.transactions.map((transaction) =>
        transactionOf(transaction, this.#chaincode, judged.head.config.msps),
      ),
      updates: verdict.updates,
      ...this.#signedStatements(facts),
    };
    this.#last = { block: verified, head: judged.head };
    return verified;
  }

  #judge(
    before: BlockBefore | undefined,
    block: RawBlock,
    state: StateReader,
    facts: IndexFacts | undefined,
  ): JudgedBlock {
    try {
      if (before === undefined) return startChain(block, this.#trust.genesisHash, this.#configOptions);
      const head = this.#restore(before);
      if (this.linksAlone) return believeNextBlock(head, block, state, this.#configOptions, facts);
      return verifyNextBlock(head, block, state, {
        isKnownTransaction: (txId) => this.#index.isKnownTransaction(txId),
        configOptions: this.#configOptions,
        ...(facts && { facts }),
      });
    } catch (error) {
      throw refused(block.header.number, error);
    }
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

  #read(bytes: Uint8Array): RawBlock {
    try {
      return readBlock(bytes);
    } catch (error) {
      throw refused(-1, error);
    }
  }
}

/** How blocks are verified that an index is filled from. */
export interface VerifierOptions {
  /** Hashes, links and orderers alone are checked, and not what stands in transactions. */
  readonly linksAlone?: boolean;
  /** Together if nothing is said. */
  readonly signatures?: SignatureMethod;
}

/**
 * The rules over an index that is filled, with threads that look ahead where every check is made: what links alone leave them to do takes
 * less than they take to start.
 */
export function verifierOf(
  trust: Trust,
  chaincode: string,
  index: Pick<IndexWriter, 'isKnownTransaction' | 'state'>,
  { linksAlone = false, signatures }: VerifierOptions = {},
): LedgerVerifier {
  if (linksAlone) return new LedgerVerifier(trust, chaincode, index, { linksAlone });
  const lookAhead = new LookAhead(chaincode, index.state, signatures && { signatures });
  return new LedgerVerifier(trust, chaincode, index, { lookAhead });
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

function refused(block: number, error: unknown): unknown {
  if (!(error instanceof LedgerError)) return error;
  return new BlockRefused(block, error.code === 'WRONG_GENESIS' ? 'genesis-hash' : 'form', error.message);
}
