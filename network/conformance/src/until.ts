import { setTimeout as sleep } from 'node:timers/promises';

/** Nothing that is going to happen takes longer, even on a busy machine. */
const PATIENCE_MS = 30_000;
const POLL_MS = 25;

/** Waits until something is so. */
export async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${String(PATIENCE_MS / 1000)} s: ${what}`);
    await sleep(POLL_MS);
  }
}
