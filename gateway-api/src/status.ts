import type { CertificateHealth } from './enrolment/certificate-health.js';
import type { Follower } from './index/follower.js';
import type { ChainReader } from './index/chain-reader.js';
import type { BlockVerifier } from './index/verified-block.js';
import type { Trust } from './trust.js';
import type { Outbox } from './submission/outbox.js';
import type { Sender } from './submission/sender.js';

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
  readonly refusedBlock?: { readonly block: number; readonly check: string; readonly message: string };
  readonly connected: boolean;
  readonly outbox: number;
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
}

/** Gathers the state of the parts for `ledgerStatus`, `/health` and every node's verification. */
export class GatewayStatus {
  readonly #parts: StatusParts;

  constructor(parts: StatusParts) {
    this.#parts = parts;
  }

  get embedded(): boolean {
    return this.#parts.trust.network === 'embedded';
  }

  get notChecked(): readonly string[] {
    return this.#parts.verifier.notChecked;
  }

  /** The newest verified block, up to which an answer holds. */
  async asOfBlock(): Promise<number> {
    return (await this.#parts.chain.head())?.number ?? 0;
  }

  async ledger(): Promise<LedgerStatus> {
    const { trust, follower, verifier, chain, outbox } = this.#parts;
    const [head, depth] = await Promise.all([chain.head(), outbox.depth()]);
    const { newest, connected, refused } = follower.state;
    // The index may have the true block already while the follower has yet to hear of it.
    const stands = refused !== undefined && refused.block > (head?.number ?? -1);
    return {
      network: trust.network,
      channel: trust.channel,
      genesisHash: trust.genesisHash,
      height: Math.max(newest ?? -1, head?.number ?? -1) + 1,
      ...(head && { indexedBlock: head.number, headerHash: head.headerHash }),
      checks: verifier.checks,
      notChecked: verifier.notChecked,
      ...(stands && { refusedBlock: refused }),
      connected,
      outbox: depth,
    };
  }

  async health(): Promise<Health> {
    const { height, indexedBlock, connected, refusedBlock } = await this.ledger();
    const { follower, outbox, sender, certificates } = this.#parts;
    const { trouble } = follower.state;
    const unwritable = await outbox.trouble();
    const { reasons: ended, warnings } = certificates();
    const reasons = [
      ...(connected ? [] : [`no blocks are indexed: ${trouble ?? 'not connected yet'}`]),
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
    return { ready: reasons.length === 0, reasons, warnings };
  }
}

/** Blocks that the index may be behind and still be called ready. */
const LAG = 50;
