import type { CommittedBlock, Ledger, TransactionStatus } from '../network.js';

type Waiter = (outcome: TransactionStatus | undefined) => void;

/** Tells who waits for a transaction what became of it. One listener serves every waiting call of every peer. */
export class CommitWaiters {
  readonly #ledger: Ledger;
  readonly #waiters = new Map<string, Set<Waiter>>();
  readonly #unsubscribe: () => void;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
    this.#unsubscribe = ledger.onCommit((block) => this.#tell(block));
  }

  /** What became of the transaction, as soon as it is known; undefined if the signal fires first. */
  statusOf(txId: string, signal: AbortSignal): Promise<TransactionStatus | undefined> {
    const known = this.#ledger.commitStatus(txId);
    if (known !== undefined || signal.aborted) return Promise.resolve(known);
    return new Promise((resolve) => {
      const waiter: Waiter = (outcome) => {
        this.#remove(txId, waiter);
        signal.removeEventListener('abort', onAbort);
        resolve(outcome);
      };
      const onAbort = (): void => waiter(undefined);
      this.#add(txId, waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Stops listening; who still waits is told nothing more. */
  close(): void {
    this.#unsubscribe();
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter(undefined);
  }

  #tell({ txIds }: CommittedBlock): void {
    if (this.#waiters.size === 0) return;
    for (const txId of txIds) {
      const waiters = this.#waiters.get(txId);
      if (waiters === undefined) continue;
      const outcome = this.#ledger.commitStatus(txId);
      for (const waiter of waiters) waiter(outcome);
    }
  }

  #add(txId: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(txId) ?? new Set();
    this.#waiters.set(txId, waiters.add(waiter));
  }

  #remove(txId: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(txId);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters.delete(txId);
  }
}
