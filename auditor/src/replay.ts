import {
  codeName,
  dataHash,
  EXPIRY_NAMESPACE,
  headerHash,
  LedgerError,
  linkNextBlock,
  MemoryState,
  startChain,
  toHex,
  verifyNextBlock,
} from '@passage/ledger';
import { AuditError } from './errors.js';
import { checkCustomsWord } from './customs-word.js';
import { CustodyChecker } from './custody/custody-check.js';
import { type Finding, FindingSeeker } from './findings.js';
import { AUDIT_CHECKS } from './report.js';
import type { ChainHead, RawBlock, VerifiedBlock } from '@passage/ledger';
import { Rerun } from './rerun/rerun.js';
import type { AuditCheck, AuditDifference, Level, ReplayReport } from './report.js';
import type { Openings } from './rerun/openings.js';
import type { Packages } from './rerun/packages.js';
import type { BlockSource } from './source/block-source.js';

const NOTHING = new Uint8Array();

export interface ReplayOptions {
  /** Header hash of block 0, lower-case hex: where trust starts. */
  readonly genesisHash: string;
  /** How far to go, unless the chaincode is run again: `ledger` if nothing is said. */
  readonly level?: 'hash' | 'ledger';
  /** What it takes to run the chaincode again; with it the level is `rerun`. */
  readonly rerun?: { readonly packages: Packages; readonly openings?: Openings };
  /** Name of the chaincode whose records are looked at; `passage` unless told otherwise. */
  readonly chaincode?: string;
  /** Go on after the first difference, to name them all. */
  readonly all?: boolean;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

export interface ReplayProgress {
  readonly blocks: number;
  readonly transactions: number;
  /** Part of the source that has been read, from 0 to 1. */
  readonly done: number;
}

/**
 * Judges a chain from its first block on, trusting nothing but the genesis hash: no flag and no hash that a peer wrote
 * enters the result, they are only compared with it.
 *
 * @throws AuditError where the source cannot be read to its end and nothing differed before (a chain that differs does so
 *   whatever the rest may hold); SOURCE_NOT_FOUND if it holds no block at all.
 */
export async function replay(source: BlockSource, options: ReplayOptions): Promise<ReplayReport> {
  const run = new Replay(options);
  const report = (ending: Ending): ReplayReport => run.report(source.description, ending);
  try {
    for await (const { block, progress } of source.blocks()) {
      await run.take(block);
      options.onProgress?.({ blocks: run.blocks, transactions: run.transactions, done: progress });
      if (run.differences.length > 0 && (options.all !== true || run.isLost))
        return report({ complete: false });
    }
  } catch (error) {
    if (!(error instanceof AuditError) || run.differences.length === 0) throw error;
    return report({ complete: false, brokenOff: `${error.code}: ${error.message}` });
  }
  if (run.blocks === 0) {
    throw new AuditError(
      'SOURCE_NOT_FOUND',
      `${source.description} holds no block: give --from a file that does`,
    );
  }
  return report({ complete: true });
}

/** Whether the source was judged to its end, and where it was not for want of blocks, why. */
type Ending = Pick<ReplayReport, 'complete' | 'brokenOff'>;

/** What looking at a block came to. */
interface Noted {
  readonly head?: ChainHead;
  readonly checks: Readonly<Partial<Record<AuditCheck, number>>>;
  readonly differences: readonly AuditDifference[];
}

/** The state of one replay. */
class Replay {
  readonly #options: ReplayOptions;
  readonly #chaincode: string;
  readonly #state = new MemoryState();
  readonly #rerun: Rerun | undefined;
  readonly #seeker: FindingSeeker;
  readonly #custody: CustodyChecker;
  readonly #transactionIds = new Set<string>();
  readonly #checks = new Map<AuditCheck, number>();
  readonly #codes = new Map<string, number>();
  readonly differences: AuditDifference[] = [];
  readonly #findings: Finding[] = [];
  #head: ChainHead | undefined;
  blocks = 0;
  transactions = 0;

  constructor(options: ReplayOptions) {
    const { rerun } = options;
    this.#options = options;
    this.#chaincode = options.chaincode ?? 'passage';
    this.#seeker = new FindingSeeker(this.#chaincode);
    this.#custody = new CustodyChecker(this.#state, this.#chaincode, options.genesisHash);
    this.#rerun = rerun && new Rerun(this.#state, rerun.packages, rerun.openings);
  }

  /** Whether there is nothing to go on from: the very first block is another one. */
  get isLost(): boolean {
    return this.#head === undefined;
  }

  async take(block: RawBlock): Promise<void> {
    this.blocks += 1;
    this.transactions += block.envelopes.length;
    if (this.#head !== undefined && this.#level === 'hash') {
      this.#note(linkNextBlock(this.#head, block));
      return;
    }
    const config = this.#head?.config;
    const verified = this.#verify(block);
    if (verified === undefined) return;
    this.#note(verified);
    const { number } = block.header;
    const word = checkCustomsWord(number, verified, this.#chaincode);
    this.#note({ checks: { 'customs-word': word.checked }, differences: word.differences });
    const { verdict, head } = verified;
    const custody = this.#custody.take(number, verdict.transactions, config ?? head.config);
    this.#note(custody);
    await this.#runAgain(block, verified);
    this.#state.apply(verdict.updates);
    if (this.#level === 'hash') return;
    this.#findings.push(...this.#seeker.take(number, verified), ...custody.findings);
    for (const { txId, code } of verified.verdict.transactions) {
      if (txId !== '') this.#transactionIds.add(txId);
      this.#codes.set(codeName(code), (this.#codes.get(codeName(code)) ?? 0) + 1);
    }
  }

  async #runAgain(block: RawBlock, verified: VerifiedBlock): Promise<void> {
    if (this.#rerun === undefined) return;
    const before = this.#rerun.counts.rerun;
    const differences = await this.#rerun.take(block, verified);
    this.#note({ checks: { rerun: this.#rerun.counts.rerun - before }, differences });
  }

  get #level(): Level {
    return this.#options.rerun === undefined ? (this.#options.level ?? 'ledger') : 'rerun';
  }

  #note({ head, checks, differences }: Noted): void {
    this.#head = head ?? this.#head;
    for (const check of AUDIT_CHECKS) {
      const count = checks[check] ?? 0;
      if (count > 0) this.#checks.set(check, (this.#checks.get(check) ?? 0) + count);
    }
    this.differences.push(...differences);
  }

  report(source: string, ending: Ending): ReplayReport {
    const { channel = '', headerHash, commitHash } = this.#head ?? {};
    const namespaces = this.#state.namespaces().filter((name) => name !== EXPIRY_NAMESPACE);
    return {
      source,
      level: this.#level,
      channel,
      genesisHash: this.#options.genesisHash,
      blocks: this.blocks,
      transactions: this.transactions,
      checks: Object.fromEntries(this.#checks),
      codes: Object.fromEntries(this.#codes),
      differences: this.differences,
      findings: this.#findings,
      ...ending,
      lastHeaderHash: toHex(headerHash ?? NOTHING),
      commitHash: toHex(commitHash ?? NOTHING),
      stateKeys: namespaces.reduce((sum, name) => sum + this.#state.count(name), 0),
      ...(this.#rerun && { rerun: this.#rerun.counts }),
    };
  }

  #verify(block: RawBlock): VerifiedBlock | undefined {
    if (this.#head !== undefined) {
      return verifyNextBlock(this.#head, block, this.#state, {
        isKnownTransaction: (txId) => this.#transactionIds.has(txId),
      });
    }
    try {
      return startChain(block, this.#options.genesisHash);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      if (error.code === 'WRONG_GENESIS')
        this.differences.push(wrongGenesis(block, this.#options.genesisHash));
      else this.differences.push(alteredGenesis(block) ?? unsupported(error));
      return undefined;
    }
  }
}

/** Without the right first block nothing after it means anything. */
function wrongGenesis({ header }: RawBlock, expected: string): AuditDifference {
  const found = header.number === 0 ? toHex(headerHash(header)) : `block ${header.number}`;
  return { block: header.number, check: 'chain-link', expected: `genesis block ${expected}`, found };
}

/** Bytes under the trusted header that it is not the hash of: no wonder if they cannot be read. */
function alteredGenesis({ header, envelopes }: RawBlock): AuditDifference | undefined {
  const [expected, found] = [toHex(dataHash(envelopes)), toHex(header.dataHash)];
  return expected === found ? undefined : { block: 0, check: 'data-hash', expected, found };
}

/** Throws: the chain is the right one, and cannot be judged. */
function unsupported(error: LedgerError): never {
  throw new AuditError(
    'CHAIN_UNSUPPORTED',
    `the genesis block is the trusted one, but cannot be judged by (${error.message}): replay it with a newer version`,
    { cause: error },
  );
}
