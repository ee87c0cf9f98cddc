import { TREE_HEAD_FORMAT, treeHeadBytes } from '@passage/evidence';
import type { OrganisationSignature, SignedTreeHead, TreeHead } from '@passage/evidence';

import { gatewayError } from '../errors.js';
import type { ChainReader } from '../index/chain-reader.js';
import type { LedgerEventReader } from '../index/ledger-event-reader.js';
import type { Trust } from '../trust.js';

/** Signs with the organisation's own ES256 key. */
export type SignEvidence = (bytes: Uint8Array) => Promise<OrganisationSignature>;

export interface TreeHeadsParts {
  readonly events: LedgerEventReader;
  readonly chain: Pick<ChainReader, 'head'>;
  readonly trust: Trust;
  readonly sign: SignEvidence;
}

/** Heads that were signed once and are asked for again. */
const MOST_KEPT = 64;

/** What this gateway says of the tree over all events, at any height that it has verified. */
export class TreeHeads {
  readonly #parts: TreeHeadsParts;
  readonly #signed = new Map<number, Promise<SignedTreeHead>>();

  constructor(parts: TreeHeadsParts) {
    this.#parts = parts;
  }

  /** Blocks that the index has verified. */
  async height(): Promise<number> {
    return ((await this.#parts.chain.head())?.number ?? -1) + 1;
  }

  /** The head at a height, signed by nobody. Throws `BLOCK_NOT_INDEXED`. */
  async at(height: number): Promise<TreeHead> {
    const indexed = await this.height();
    if (height > indexed) {
      const message = `the index holds blocks 0 to ${String(indexed - 1)}; a head of height ${String(height)} is asked for`;
      throw gatewayError('BLOCK_NOT_INDEXED', message, { details: { indexed: indexed - 1 } });
    }
    const { events, trust } = this.#parts;
    const size = await events.size(height);
    return {
      format: TREE_HEAD_FORMAT,
      network: trust.network,
      genesisHash: trust.genesisHash,
      height,
      size,
      root: await events.root(size),
    };
  }

  /** The same with this organisation's signature. */
  signed(height: number): Promise<SignedTreeHead> {
    const known = this.#signed.get(height);
    if (known) return known;
    const signed = this.#sign(height);
    signed.catch(() => this.#signed.delete(height));
    this.#signed.set(height, signed);
    const [oldest] = this.#signed.keys();
    if (this.#signed.size > MOST_KEPT && oldest !== undefined) this.#signed.delete(oldest);
    return signed;
  }

  /** That the tree of `from` events begins the one of `to`. Throws `BAD_ARGUMENT`. */
  async consistency(from: number, to: number): Promise<readonly string[]> {
    const newest = await this.#parts.events.size(await this.height());
    if (from >= 1 && from <= to && to <= newest) return this.#parts.events.consistency(from, to);
    throw gatewayError(
      'BAD_ARGUMENT',
      `no consistency of trees of ${String(from)} and ${String(to)} events can be shown: the index has ${String(newest)}`,
    );
  }

  async #sign(height: number): Promise<SignedTreeHead> {
    const head = await this.at(height);
    return { head, signatures: [await this.#parts.sign(treeHeadBytes(head))] };
  }
}
