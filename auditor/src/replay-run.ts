import {
  BoundedSignatureMemo,
  codeName,
  EXPIRY_NAMESPACE,
  linkNextBlock,
  MemoryState,
  restoreHead,
  serializeHead,
  toHex,
  verifyNextBlock,
} from '@passage/ledger';
import { asDifference } from './compare/as-difference.js';
import { checkCustomsWord } from './customs-word.js';
import { CustodyChecker } from './custody/custody-check.js';
import { DeviceKeys } from './custody/device-keys.js';
import { expiredOrderers } from './expired-orderers.js';
import { type Finding, FindingSeeker } from './findings.js';
import { AUDIT_CHECKS } from './report.js';
import { Rerun } from './rerun/rerun.js';
import { withSigners } from './signed-by.js';
import { restoredEntry, savedEntries } from './resume/saved-entries.js';
import { startTrusted } from './trusted-start.js';
import type { DeviceKey, AuditFacts } from './source/audit-facts.js';
import type { SourceDifference } from './compare/source-difference.js';
import type {
  ChainHead,
  ConfigOptions,
  RawBlock,
  StateUpdate,
  TransactionVerdict,
  VerifiedBlock,
} from '@passage/ledger';
import { chaincodeOf, isLookedAhead, levelOf, type ReplayOptions } from './replay-options.js';
import type { AuditCheck, AuditDifference, Level, ReplayReport } from './report.js';
import type { SavedLine, SavedRun } from './resume/saved-entries.js';

const NOTHING = new Uint8Array();

/** As many as the blocks have that are judged while they are remembered: a block is judged right after its facts are known. */
const ORDERER_SIGNATURES = 1000;

/** Whether the source was judged to its end, and where it was not, why. */
export type Ending = Pick<
  ReplayReport,
  'complete' | 'brokenOff' | 'parting' | 'resumedFrom' | 'givenLate' | 'stateDigest' | 'sources'
>;

/** What looking at a block came to. */
interface Noted {
  readonly head?: ChainHead;
  readonly checks: Readonly<Partial<Record<AuditCheck, number>>>;
  readonly differences: readonly AuditDifference[];
}

/** The state of one replay: what a chain came to so far. */
export class ReplayRun {
  readonly #options: ReplayOptions;
  readonly #chaincode: string;
  readonly #state = new MemoryState();
  readonly #rerun: Rerun | undefined;
  readonly #seeker: FindingSeeker;
  readonly #custody: CustodyChecker;
  readonly #devices: DeviceKeys;
  /** Signatures of orderers that other threads have found good, until their block is judged. */
  readonly #memo = new BoundedSignatureMemo(ORDERER_SIGNATURES);
  readonly #configOptions: ConfigOptions;
  readonly #transactionIds = new Set<string>();
  readonly #checks = new Map<AuditCheck, number>();
  readonly #codes = new Map<string, number>();
  readonly differences: AuditDifference[] = [];
  readonly #findings: Finding[] = [];
  readonly #sourceDifferences: SourceDifference[] = [];
  #head: ChainHead | undefined;
  blocks = 0;
  transactions = 0;

  constructor(options: ReplayOptions) {
    const { rerun } = options;
    this.#options = options;
    // Where nobody looks ahead nothing is found beforehand, and looking for it would only cost time.
    this.#configOptions = isLookedAhead(options) ? { memo: this.#memo } : {};
    this.#chaincode = chaincodeOf(options);
    this.#devices = new DeviceKeys(this.#chaincode);
    this.#seeker = new FindingSeeker(this.#chaincode);
    this.#custody = new CustodyChecker(this.#state, this.#chaincode, options.genesisHash, options.ownPackage);
    this.#rerun = rerun && new Rerun(this.#state, rerun.packages, rerun.openings);
  }

  /** Where the chain stands; undefined before its first block, and where that is another one. */
  get head(): ChainHead | undefined {
    return this.#head;
  }

  /** Keys of the devices that came to stand on the ledger since this was asked last. */
  newDevices(): readonly DeviceKey[] {
    return this.#devices.gathered();
  }

  /** Whether a transaction of this id was judged. */
  knows(txId: string): boolean {
    return this.#transactionIds.has(txId);
  }

  /** What a later run needs to go on behind the last block, as JSON can carry it. Nothing that differed is kept. */
  *saved(): Generator<SavedLine> {
    if (this.#head === undefined) throw new TypeError('there is nothing to save before the first block');
    yield {
      run: {
        head: serializeHead(this.#head),
        blocks: this.blocks,
        transactions: this.transactions,
        checks: Object.fromEntries(this.#checks),
        codes: Object.fromEntries(this.#codes),
        findings: this.#findings,
        ledgerTime: this.#seeker.ledgerTime,
        ...(this.#rerun && { rerun: this.#rerun.counts }),
      },
    };
    for (const id of this.#transactionIds) yield { id };
    for (const entry of savedEntries(this.#state)) yield { entry };
    if (this.#rerun) for (const opened of this.#rerun.saved()) yield { private: opened };
  }

  /** Goes on from what was saved; to be called before the first block, line by line. */
  restore(line: SavedLine): void {
    if ('id' in line) this.#transactionIds.add(line.id);
    else if ('entry' in line) this.#restoreEntry(restoredEntry(line.entry));
    else if ('private' in line) this.#rerun?.restore(line.private);
    else if ('run' in line) this.#restoreRun(line.run);
  }

  #restoreEntry(entry: StateUpdate): void {
    this.#state.apply([entry]);
    this.#devices.take([entry]);
  }

  #restoreRun({ head, blocks, transactions, checks, codes, findings, ledgerTime, rerun }: SavedRun): void {
    this.#head = restoreHead(head, this.#configOptions);
    this.blocks = blocks;
    this.transactions = transactions;
    for (const [check, count] of Object.entries(checks)) this.#checks.set(check as AuditCheck, count);
    for (const [code, count] of Object.entries(codes)) this.#codes.set(code, count);
    this.#findings.push(...findings);
    this.#seeker.ledgerTime = ledgerTime;
    if (rerun) this.#rerun?.restoreCounts(rerun);
  }

  /** @param facts what was found out beforehand about this very block. */
  async take(block: RawBlock, facts?: AuditFacts): Promise<void> {
    this.blocks += 1;
    this.transactions += facts?.transactions ?? block.envelopes.length;
    if (facts) for (const key of facts.ordererSignatures) this.#memo.add(key);
    if (this.#head !== undefined && this.#level === 'hash') {
      const { config } = this.#head;
      const linked = linkNextBlock(this.#head, block, this.#configOptions, facts);
      this.#note(withSigners(linked, block, config));
      return;
    }
    const before = this.#head?.config;
    const verified = this.#verify(block, facts);
    if (verified === undefined) return;
    const config = before ?? verified.head.config;
    this.#note(withSigners(verified, block, config, verified.verdict.transactions));
    const { number } = block.header;
    const word = checkCustomsWord(number, verified, this.#chaincode);
    this.#note({ checks: { 'customs-word': word.checked }, differences: word.differences });
    const { verdict } = verified;
    const signed = new Set(facts?.signedStatements);
    const custody = this.#custody.take(number, verdict.transactions, config, signed);
    this.#note(custody);
    await this.#runAgain(block, verified);
    this.#state.apply(verdict.updates);
    this.#devices.take(verdict.updates);
    if (this.#level === 'hash') return;
    this.#findings.push(...this.#seeker.take(number, verified), ...custody.findings);
    this.#findings.push(...expiredOrderers(block, before, this.#seeker.ledgerTime));
    this.#count(verdict.transactions);
  }

  #count(transactions: readonly TransactionVerdict[]): void {
    const counts = new Map<number, number>();
    for (const { txId, code } of transactions) {
      if (txId !== '') this.#transactionIds.add(txId);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    for (const [code, count] of counts)
      this.#codes.set(codeName(code), (this.#codes.get(codeName(code)) ?? 0) + count);
  }

  async #runAgain(block: RawBlock, verified: VerifiedBlock): Promise<void> {
    if (this.#rerun === undefined) return;
    const before = this.#rerun.counts.rerun;
    const differences = await this.#rerun.take(block, verified);
    this.#note({ checks: { rerun: this.#rerun.counts.rerun - before }, differences });
  }

  /**
   * Notes what came of holding several sources against each other at the last block. Who has no such block breaks no rule.
   *
   * @param holders how many sources have it
   */
  takeSources(holders: number, unlike: readonly SourceDifference[]): void {
    this.#sourceDifferences.push(...unlike);
    const differences = unlike.filter(({ kind }) => kind !== 'height').map(asDifference);
    this.#note({ checks: { sources: holders - 1 }, differences });
  }

  get #level(): Level {
    return levelOf(this.#options);
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
      ...(ending.sources && { sourceDifferences: this.#sourceDifferences }),
      lastHeaderHash: toHex(headerHash ?? NOTHING),
      commitHash: toHex(commitHash ?? NOTHING),
      stateKeys: namespaces.reduce((sum, name) => sum + this.#state.count(name), 0),
      ...(this.#rerun && { rerun: this.#rerun.counts }),
    };
  }

  #verify(block: RawBlock, facts: AuditFacts | undefined): VerifiedBlock | undefined {
    if (this.#head !== undefined) {
      return verifyNextBlock(this.#head, block, this.#state, {
        isKnownTransaction: (txId) => this.#transactionIds.has(txId),
        configOptions: this.#configOptions,
        ...(facts && { facts }),
      });
    }
    const started = startTrusted(block, this.#options.genesisHash, this.#configOptions);
    if ('head' in started) return started;
    this.differences.push(started);
    return undefined;
  }
}
