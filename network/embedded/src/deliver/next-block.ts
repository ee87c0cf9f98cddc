import type { CommittedBlock, Ledger } from '../network.js';

/**
 * The block of this number, as soon as it is committed.
 *
 * @returns common.Block bytes, or undefined if the signal fired first
 */
export function blockAt(
  ledger: Ledger,
  number: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const stored = signal.aborted ? undefined : ledger.getBlock(number);
  if (stored !== undefined || signal.aborted) return Promise.resolve(stored);
  return new Promise((resolve) => {
    const finish = (bytes: Uint8Array | undefined): void => {
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
      resolve(bytes);
    };
    const onAbort = (): void => finish(undefined);
    const onCommit = (block: CommittedBlock): void => {
      if (block.number === number) finish(block.bytes);
    };
    const unsubscribe = ledger.onCommit(onCommit);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
