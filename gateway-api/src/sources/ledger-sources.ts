import type { ChainReader } from '../index/chain-reader.js';
import type { AlertBook } from '../ledger-alerts/alert-book.js';
import type { HeaderSource } from './header-source.js';
import type { HeaderSignatures, SignedHeader } from './signed-header.js';
import { SourceWatch } from './source-watch.js';
import type { WatchPace } from './source-watch.js';

/** Peers that are asked for headers, and who judges whose signatures these carry. */
export interface LedgerSources {
  readonly own: HeaderSource;
  readonly others: readonly HeaderSource[];
  readonly pace: WatchPace;
  /** By the configuration in a head of the index. */
  readonly signatures: (header: SignedHeader, head: Uint8Array) => HeaderSignatures;
}

/** The watch over them, which holds what they give against the index. */
export function watchOf(
  { own, others, pace, signatures }: LedgerSources,
  chain: ChainReader,
  alerts: AlertBook,
): SourceWatch {
  return new SourceWatch({
    own,
    others,
    pace,
    chain,
    alerts,
    signatures: async (header) => {
      const head = await chain.storedHead();
      return head === undefined ? { enough: false, mspIds: [] } : signatures(header, head);
    },
  });
}

/** Why the index stands still after a fork. */
export function forkSentence(block: number, organization: string): string {
  return `the ledger has forked at block ${String(block)}: the peer of ${organization} has another, signed by enough orderers`;
}
