import { checkTreeHead, verifyConsistency } from '@passage/evidence';
import type { SignedTreeHead } from '@passage/evidence';
import { fromHex } from '@passage/ledger';
import type { MspManager } from '@passage/ledger';

import { Refusal, messageOf } from '../errors.js';
import type { AlertBook } from '../ledger-alerts/alert-book.js';
import type { LedgerAlert } from '../ledger-alerts/ledger-alert.js';
import type { Logger } from '../log.js';
import type { HeadAnswer } from './evidence-formats.js';
import type { GatewayPeer } from './gateway-peer.js';
import type { HeadBook } from './head-book.js';
import type { TreeHeads } from './tree-heads.js';

/** What the exchange stands on. */
export interface ExchangeParts {
  readonly organization: string;
  readonly heads: TreeHeads;
  readonly peers: readonly GatewayPeer[];
  readonly book: HeadBook;
  readonly alerts: Pick<AlertBook, 'raise'>;
  /** By the configuration in force where the index stands. */
  readonly msps: () => Promise<MspManager | undefined>;
  readonly log: Logger;
}

/**
 * Asks other organisations' gateways for the heads that they sign, and holds each against this gateway's own index and against what
 * the same gateway signed before. Two that differ cannot both be of the ledger: signed, they convict whoever signed the wrong one.
 */
export class HeadExchange {
  readonly #parts: ExchangeParts;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  /** Looks at our own index, then at every other gateway, once. Never throws. */
  async check(): Promise<void> {
    try {
      if (!(await this.#isOwnIndexWhole())) return;
      const msps = await this.#parts.msps();
      if (msps) await Promise.all(this.#parts.peers.map((peer) => this.#checkPeer(peer, msps)));
    } catch (error) {
      this.#parts.log.warn({ reason: messageOf(error) }, 'tree heads cannot be compared');
    }
  }

  /**
   * What this gateway signed itself is remembered outside the index: an older index, or another, is noticed by it, and convicts
   * nobody else.
   */
  async #isOwnIndexWhole(): Promise<boolean> {
    const { organization, heads, book } = this.#parts;
    const height = await heads.height();
    const before = await book.last(organization);
    if (before && height < before.head.height) {
      await this.#raise('index_rolled_back', before, {
        message: `the index stands at ${String(height)} blocks, and this gateway has signed a head of ${String(before.head.height)}: an older copy was put in its place`,
      });
      return false;
    }
    if (before && !(await this.#isOurs(before))) {
      await this.#raise('tree_heads_differ', before, {
        message: `the index no longer has the events that this gateway has signed as those of ${String(before.head.height)} blocks`,
        ours: await this.#signed(before.head.height),
      });
      return false;
    }
    const newest = height > (before?.head.height ?? 0) ? await this.#signed(height) : undefined;
    if (newest) await book.keep(organization, newest);
    return true;
  }

  async #checkPeer(peer: GatewayPeer, msps: MspManager): Promise<void> {
    try {
      const before = await this.#parts.book.last(peer.organization);
      const newest = await this.#ask(peer, msps, { ...(before && { from: before.head.size }) });
      if (before && newest.head.height >= before.head.height)
        await this.#holdAgainstItself(peer, before, newest);
      const height = await this.#parts.heads.height();
      const comparable = newest.head.height <= height ? newest : await this.#ask(peer, msps, { height });
      if (!(await this.#isOurs(comparable))) {
        await this.#raise('tree_heads_differ', comparable, {
          organization: peer.organization,
          message: `the gateway of ${peer.organization} has signed other events than those that this one has verified in ${String(comparable.head.height)} blocks`,
          ours: await this.#signed(comparable.head.height),
        });
        return;
      }
      await this.#parts.book.keep(peer.organization, signedOf(newest));
    } catch (error) {
      this.#parts.log.info({ gateway: peer.organization, reason: messageOf(error) }, 'no tree head');
    }
  }

  /** A head of this ledger that the gateway's own organisation has signed. Throws otherwise. */
  async #ask(
    peer: GatewayPeer,
    msps: MspManager,
    query: Parameters<GatewayPeer['head']>[0],
  ): Promise<HeadAnswer> {
    const answer = await peer.head(query);
    const { genesisHash, network } = await this.#parts.heads.at(0);
    if (answer.head.genesisHash !== genesisHash || answer.head.network !== network) {
      throw new Error('its head is of another ledger');
    }
    if (query.height !== undefined && answer.head.height !== query.height) {
      throw new Error(`it gives the head of another height than ${String(query.height)}`);
    }
    const isSigned = checkTreeHead(answer, msps).some(({ holds, mspId }) => holds && mspId === peer.mspId);
    if (!isSigned) throw new Error('its head is not signed by its organisation');
    return answer;
  }

  async #holdAgainstItself(peer: GatewayPeer, before: SignedTreeHead, now: HeadAnswer): Promise<void> {
    const { size, root } = before.head;
    if (size === 0 || (size === now.head.size && root === now.head.root)) return;
    const proves =
      now.consistency?.from === size &&
      verifyConsistency({
        from: size,
        to: now.head.size,
        fromRoot: fromHex(root),
        toRoot: fromHex(now.head.root),
        proof: now.consistency.proof.map(fromHex),
      });
    if (proves) return;
    await this.#raise('tree_heads_inconsistent', now, {
      organization: peer.organization,
      message: `the gateway of ${peer.organization} has signed a head of ${String(now.head.size)} events that does not go on from the one of ${String(size)} that it signed before`,
      ours: before,
    });
  }

  /** Our own head; nothing while this gateway may sign none. */
  async #signed(height: number): Promise<SignedTreeHead | undefined> {
    try {
      return await this.#parts.heads.signed(height);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'INDEX_NOT_VERIFIED') return undefined;
      throw error;
    }
  }

  async #isOurs({ head }: Pick<SignedTreeHead, 'head'>): Promise<boolean> {
    const { size, root } = await this.#parts.heads.at(head.height);
    return size === head.size && root === head.root;
  }

  #raise(
    kind: LedgerAlert['kind'],
    theirs: SignedTreeHead | HeadAnswer,
    said: {
      readonly message: string;
      readonly organization?: string;
      readonly ours?: SignedTreeHead | undefined;
    },
  ): Promise<void> {
    const { organization = this.#parts.organization, message, ours } = said;
    return this.#parts.alerts.raise({
      kind,
      block: Math.max(theirs.head.height - 1, 0),
      organization,
      message,
      ...(ours && { ours: bytesOf(ours) }),
      theirs: bytesOf(signedOf(theirs)),
    });
  }
}

function signedOf({ head, signatures }: SignedTreeHead | HeadAnswer): SignedTreeHead {
  return { head, signatures };
}

function bytesOf(signed: SignedTreeHead): Uint8Array {
  return Buffer.from(JSON.stringify(signed));
}
