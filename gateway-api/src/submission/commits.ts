/** Where a transaction ended: Fabric's validation code and its place in the chain. */
export interface Commit {
  readonly transactionId: string;
  /** peer.TxValidationCode as this gateway derived it; 0 is VALID. */
  readonly code: number;
  readonly block: number;
  readonly position: number;
}

/** peer.TxValidationCode values that decide what is sent again. */
export const VALID = 0;
export const DUPLICATE_TXID = 9;
export const ENDORSEMENT_POLICY_FAILURE = 10;
export const MVCC_READ_CONFLICT = 11;
export const PHANTOM_READ_CONFLICT = 12;

/**
 * The fate of transactions, learnt from the gateway's own verified blocks: one stream for all that wait. A twin that
 * was refused as DUPLICATE_TXID says nothing about the first of that id and is not passed on.
 */
export class CommitBoard {
  readonly #waiting = new Map<string, Set<(commit: Commit) => void>>();

  /** Called for every transaction of a block once the block is verified and indexed. */
  announce(commits: Iterable<Commit>): void {
    for (const commit of commits) {
      if (commit.code === DUPLICATE_TXID) continue;
      const waiting = this.#waiting.get(commit.transactionId);
      this.#waiting.delete(commit.transactionId);
      waiting?.forEach((resolve) => {
        resolve(commit);
      });
    }
  }

  /** Starts to wait for a transaction. Call `forget` when nobody waits any more. */
  expect(transactionId: string): { readonly commit: Promise<Commit>; forget(): void } {
    let resolve: (commit: Commit) => void = () => undefined;
    const commit = new Promise<Commit>((done) => (resolve = done));
    const waiting = this.#waiting.get(transactionId) ?? new Set();
    this.#waiting.set(transactionId, waiting.add(resolve));
    return {
      commit,
      forget: () => {
        waiting.delete(resolve);
        if (waiting.size === 0 && this.#waiting.get(transactionId) === waiting)
          this.#waiting.delete(transactionId);
      },
    };
  }
}
