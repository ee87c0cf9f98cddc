import { setTimeout as sleep } from 'node:timers/promises';

import type { AlertBook } from '../ledger-alerts/alert-book.js';
import { messageOf } from '../errors.js';
import type { ChainReader } from '../index/chain-reader.js';
import { firstDifference } from './first-difference.js';
import type { HeaderSource } from './header-source.js';
import type { HeaderSignatures, SignedHeader } from './signed-header.js';
import type { Fork, SourceState } from './source-state.js';
import { WithholdingClock } from './withholding-clock.js';

/** How often sources are asked, and what is too long, in milliseconds. */
export interface WatchPace {
  readonly every: number;
  /** The longest that our own peer may be behind another source before it counts as withholding. */
  readonly withholding: number;
}

/** What the watch stands on. */
export interface WatchParts {
  /** Our own organisation's peer: the one that the index follows. */
  readonly own: HeaderSource;
  /** Other organisations' peers. */
  readonly others: readonly HeaderSource[];
  readonly chain: Pick<ChainReader, 'head' | 'block'>;
  /** Whose signatures a header carries, by the configuration in force where the index stands. */
  readonly signatures: (header: SignedHeader) => Promise<HeaderSignatures>;
  readonly alerts: Pick<AlertBook, 'raise'>;
  readonly pace: WatchPace;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** A source that has another header than this gateway: where they part, and what it says there. */
interface Parting {
  readonly block: number;
  readonly theirs: SignedHeader;
}

/**
 * Holds the verified index against what peers of several organisations say, again and again: one peer alone can withhold
 * blocks, and show one chain to one and another to the next. A source that differs is evidence; a fork stops the index
 * (`onFork`), for then nobody can tell which chain is the ledger.
 */
export class SourceWatch {
  readonly #parts: WatchParts;
  readonly #states = new Map<string, SourceState>();
  readonly #withholding: WithholdingClock;
  readonly #stopping = new AbortController();
  readonly #forkListeners: ((fork: Fork) => void)[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#withholding = new WithholdingClock(parts.pace.withholding, parts.now ?? (() => performance.now()));
    for (const source of this.#sources()) this.#set(source, {});
  }

  /** Every source, our own first. */
  get states(): readonly SourceState[] {
    return [...this.#states.values()];
  }

  /** How many blocks our own peer has been behind another source for too long; 0 while it is not. */
  get withheld(): number {
    return this.#withholding.withheld;
  }

  onFork(listener: (fork: Fork) => void): void {
    this.#forkListeners.push(listener);
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Asks every source once. */
  async check(): Promise<void> {
    const newest = await Promise.all(this.#sources().map((source) => this.#look(source)));
    await this.#judgeHeights(newest);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#checkUnlessStopped(signal);
      await sleep(this.#parts.pace.every, undefined, { signal }).catch(() => undefined);
    }
  }

  /** A source that hangs keeps nobody from stopping. */
  async #checkUnlessStopped(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const stop = (): void => {
      resolve(undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
    await Promise.race([this.check().catch(() => undefined), promise]);
    signal.removeEventListener('abort', stop);
  }

  /** One source's newest header, once it was compared; undefined where it does not answer. */
  async #look(source: HeaderSource): Promise<SignedHeader | undefined> {
    try {
      const newest = await source.header();
      const head = await this.#parts.chain.head();
      const answered = { height: newest.number + 1, checkedAt: new Date().toISOString() };
      if (head === undefined) {
        this.#set(source, answered);
        return newest;
      }
      const at = Math.min(newest.number, head.number);
      const theirs = newest.number === at ? newest : await numbered(source, at);
      if (await this.#isOurs(theirs)) {
        this.#set(source, { ...answered, agreesUpTo: at });
        return newest;
      }
      const parting = await this.#partingOf(source, theirs);
      this.#set(source, { ...answered, agreesUpTo: parting.block - 1, differsAt: parting.block });
      await this.#report(source, parting);
      return newest;
    } catch (error) {
      this.#set(source, { ...this.#states.get(source.organization), trouble: messageOf(error) });
      return undefined;
    }
  }

  async #isOurs({ number, headerHash }: SignedHeader): Promise<boolean> {
    return (await this.#parts.chain.block(number))?.header_hash === headerHash;
  }

  async #partingOf(source: HeaderSource, theirs: SignedHeader): Promise<Parting> {
    const block = await firstDifference(-1, theirs.number, async (number) =>
      this.#isOurs(await numbered(source, number)),
    );
    return { block, theirs: block === theirs.number ? theirs : await numbered(source, block) };
  }

  async #report(source: HeaderSource, { block, theirs }: Parting): Promise<void> {
    const { enough, mspIds } = await this.#parts.signatures(theirs);
    const ours = await this.#ours(block);
    const { organization } = source;
    const signers = mspIds.length === 0 ? 'no orderer' : mspIds.join(', ');
    await this.#parts.alerts.raise({
      kind: enough ? 'fork' : 'other_header',
      block,
      organization,
      message: `the peer of ${organization} has another block ${String(block)} than the one verified here, signed by ${signers}`,
      ...(ours && { ours: ours.signed }),
      theirs: theirs.signed,
    });
    if (enough) for (const listener of this.#forkListeners) listener({ block, organization });
  }

  /** The header that this gateway has verified, with its signatures, if our own peer still has it. */
  async #ours(block: number): Promise<SignedHeader | undefined> {
    try {
      const header = await this.#parts.own.header(block);
      return (await this.#isOurs(header)) ? header : undefined;
    } catch {
      return undefined;
    }
  }

  /** Another source's height counts only with a block that enough orderers signed: anybody can say a number. */
  async #judgeHeights([own, ...others]: readonly (SignedHeader | undefined)[]): Promise<void> {
    if (own === undefined) return;
    const ahead = others
      .flatMap((header, i) => (header && header.number > own.number ? [{ header, i }] : []))
      .sort((a, b) => b.header.number - a.header.number);
    let farthest: (typeof ahead)[number] | undefined;
    for (const each of ahead) {
      if (!(await this.#parts.signatures(each.header)).enough) continue;
      farthest = each;
      break;
    }
    if (!this.#withholding.observe(own.number, farthest?.header.number ?? own.number) || !farthest) return;
    const { header, i } = farthest;
    const organization = this.#parts.others[i]?.organization ?? '';
    await this.#parts.alerts.raise({
      kind: 'withholding',
      block: own.number + 1,
      organization: this.#parts.own.organization,
      message: `our own peer has shown no block after ${String(own.number)} for too long; the peer of ${organization} has block ${String(header.number)}`,
      ours: own.signed,
      theirs: header.signed,
    });
  }

  #sources(): readonly HeaderSource[] {
    return [this.#parts.own, ...this.#parts.others];
  }

  #set({ organization }: HeaderSource, state: Omit<SourceState, 'organization' | 'own'>): void {
    const own = organization === this.#parts.own.organization;
    this.#states.set(organization, { ...state, organization, own });
  }
}

/** The header that was asked for, and no other. */
async function numbered(source: HeaderSource, number: number): Promise<SignedHeader> {
  const header = await source.header(number);
  if (header.number === number) return header;
  throw new Error(`asked for block ${String(number)}, it gives block ${String(header.number)}`);
}
