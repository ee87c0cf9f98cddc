import type { CertificateHealth } from './enrolment/certificate-health.js';
import type { Follower } from './index/follower.js';
import type { ChainReader, ReadHead } from './index/chain-reader.js';
import { linkChecks, restingOn, unmadeChecks } from './index/links-alone.js';
import type { BlockVerifier } from './index/verified-block.js';
import type { Trust } from './trust.js';
import type { Outbox } from './submission/outbox.js';
import type { Sender } from './submission/sender.js';
import { agreeing } from './sources/source-state.js';
import type { SourceState } from './sources/source-state.js';
import type { SourceWatch } from './sources/source-watch.js';

/** What this gateway knows of the ledger and of itself (GraphQL `LedgerStatus`). */
export interface LedgerStatus {
  readonly network: string;
  readonly channel: string;
  readonly genesisHash: string;
  readonly height: number;
  readonly indexedBlock?: number;
  readonly headerHash?: string;
  readonly checks: readonly string[];
  readonly notChecked: readonly string[];
  /** The last of the blocks of which only links were checked so far; absent where all checks were made of all. */
  readonly linkedTo?: number;
  readonly refusedBlock?: { readonly block: number; readonly check: string; readonly message: string };
  readonly connected: boolean;
  /** Why no block is indexed any more: a fork. */
  readonly halted?: string;
  readonly outbox: number;
  readonly sources: readonly SourceState[];
  /** Organisations whose peers have the chain up to `indexedBlock`. */
  readonly agreeing: number;
  /** Blocks that another organisation's peer has shown and our own has not, for too long. */
  readonly withheld: number;
}

/** Whether the gateway can do its work, and if not, why. */
export interface Health {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  /** What keeps it from nothing yet, and will. */
  readonly warnings: readonly string[];
}

/** What the status is gathered from. */
interface StatusParts {
  readonly trust: Trust;
  readonly follower: Pick<Follower, 'state'>;
  readonly verifier: Pick<BlockVerifier, 'checks' | 'notChecked'>;
  readonly chain: Pick<ChainReader, 'head'>;
  readonly outbox: Pick<Outbox, 'depth' | 'trouble'>;
  readonly sender: Pick<Sender, 'trouble'>;
  readonly certificates: () => CertificateHealth;
  /** What the index is held against; absent where nothing is. */
  readonly watch?: Pick<SourceWatch, 'states' | 'withheld'>;
  /** As it is in the index when the gateway starts. */
  readonly linkedTo?: number | undefined;
}

/** What is not checked of a block while no other organisation's peer has shown the same. */
const ONE_SOURCE =
  "height and header hash against a second organisation's peer: one peer alone can withhold blocks";

/** Gathers the state of the parts for `ledgerStatus`, `/health` and every node's verification. */
export class GatewayStatus {
  readonly #parts: StatusParts;

  /** Read again with every look at the head: making the checks up takes the mark away. */
  #linkedTo: number | undefined;

  constructor(parts: StatusParts) {
    this.#parts = parts;
    this.#linkedTo = parts.linkedTo;
  }

  get embedded(): boolean {
    return this.#parts.trust.network === 'embedded';
  }

  /** What is checked of every block. */
  get checks(): readonly string[] {
    return this.#linkedTo === undefined ? this.#parts.verifier.checks : linkChecks;
  }

  /** Whether a block was indexed by its links alone, and nobody has made up the other checks. */
  isLinked(block: number): boolean {
    return this.#linkedTo !== undefined && block <= this.#linkedTo;
  }

  /** What is not checked of what stands in a block. */
  notChecked(block: number): readonly string[] {
    const others = agreeing(this.sources, block).filter(({ own }) => !own);
    const { notChecked } = this.#parts.verifier;
    const not = [...this.#unmade(block), ...notChecked];
    return others.length > 0 ? not : [ONE_SOURCE, ...not];
  }

  /** What is not checked of what follows from all blocks up to one. */
  notCheckedUpTo(block: number): readonly string[] {
    const not = this.notChecked(block);
    return this.#linkedTo === undefined || this.isLinked(block) ? not : [...unmadeChecks, ...not];
  }

  #unmade(block: number): readonly string[] {
    if (this.#linkedTo === undefined) return [];
    return this.isLinked(block) ? unmadeChecks : [restingOn(this.#linkedTo)];
  }

  /** What every source of the ledger has shown. */
  get sources(): readonly SourceState[] {
    return this.#parts.watch?.states ?? [];
  }

  /** The newest verified block, up to which an answer holds. */
  async asOfBlock(): Promise<number> {
    return (await this.#head())?.number ?? 0;
  }

  async #head(): Promise<ReadHead | undefined> {
    const head = await this.#parts.chain.head();
    this.#linkedTo = head?.linkedTo;
    return head;
  }

  async ledger(): Promise<LedgerStatus> {
    const { trust, follower, outbox } = this.#parts;
    const [head, depth] = await Promise.all([this.#head(), outbox.depth()]);
    const { newest, connected, refused, halted } = follower.state;
    const indexed = head?.number ?? -1;
    // The index may have the true block already while the follower has yet to hear of it.
    const stands = refused !== undefined && refused.block > indexed;
    return {
      network: trust.network,
      channel: trust.channel,
      genesisHash: trust.genesisHash,
      height: Math.max(newest ?? -1, indexed) + 1,
      ...(head && { indexedBlock: head.number, headerHash: head.headerHash }),
      checks: this.checks,
      notChecked: this.notCheckedUpTo(indexed),
      ...(head?.linkedTo !== undefined && { linkedTo: head.linkedTo }),
      ...(halted !== undefined && { halted }),
      ...this.#heldAgainst(indexed),
      ...(stands && { refusedBlock: refused }),
      connected,
      outbox: depth,
    };
  }

  #heldAgainst(indexed: number): Pick<LedgerStatus, 'sources' | 'agreeing' | 'withheld'> {
    const { sources } = this;
    const agree = indexed < 0 ? 0 : agreeing(sources, indexed).length;
    return { sources, agreeing: agree, withheld: this.#parts.watch?.withheld ?? 0 };
  }

  async health(): Promise<Health> {
    const ledger = await this.ledger();
    const { height, indexedBlock, connected, refusedBlock, halted, withheld } = ledger;
    const { follower, outbox, sender, certificates } = this.#parts;
    const { trouble } = follower.state;
    const unwritable = await outbox.trouble();
    const { reasons: ended, warnings } = certificates();
    const reasons = [
      ...(connected ? [] : [`no blocks are indexed: ${halted ?? trouble ?? 'not connected yet'}`]),
      ...(withheld === 0 ? [] : [`our own peer withholds ${String(withheld)} blocks that another has`]),
      ...(refusedBlock
        ? [`block ${String(refusedBlock.block)} fails the check "${refusedBlock.check}"`]
        : []),
      ...(indexedBlock === undefined || indexedBlock + 1 < height - LAG
        ? [`the index stands at block ${String(indexedBlock ?? 'none')} of ${String(height)}`]
        : []),
      ...(unwritable === undefined ? [] : [`statements cannot be kept: ${unwritable}`]),
      ...(sender.trouble === undefined ? [] : [`transactions are not ordered: ${sender.trouble}`]),
      ...ended,
    ];
    return {
      ready: reasons.length === 0,
      reasons,
      warnings: [...warnings, ...linkedWarning(ledger), ...ledger.sources.flatMap(warningOf)],
    };
  }
}

function linkedWarning({ linkedTo }: LedgerStatus): readonly string[] {
  if (linkedTo === undefined) return [];
  return [
    `of blocks 0 to ${String(linkedTo)}, ${linkChecks.join(', ')} alone were checked: make up the rest with passage index-verify`,
  ];
}

/** What is wrong with a source, if anything. */
function warningOf({ organization, differsAt, trouble }: SourceState): readonly string[] {
  if (trouble !== undefined) return [`the peer of ${organization} cannot be compared with: ${trouble}`];
  if (differsAt === undefined) return [];
  return [`the peer of ${organization} has another block ${String(differsAt)} than the one verified here`];
}

/** Blocks that the index may be behind and still be called ready. */
const LAG = 50;
