import { setTimeout as sleep } from 'node:timers/promises';

import { Refusal } from '../errors.js';

/** How long other organisations' peers get to come to where the own one stands, and between two proposals; milliseconds. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 50;

/** Answers that say nothing of the state that a peer judged by. */
const NOT_OF_STATE: readonly string[] = ['LEDGER_UNAVAILABLE', 'LEDGER_REFUSED'];

/**
 * Proposes, and proposes again while only peers of other organisations refuse: they may not have committed yet what the
 * own peer has. That one is asked first, and its refusal comes alone (F:internal/pkg/gateway/endorse.go), so a rule that it
 * sees broken is answered at once. Throws the last refusal when the others stay behind.
 */
export async function whilePeersCatchUp<T>(
  propose: () => Promise<T>,
  ownMspId: string,
  signal: AbortSignal,
  patience = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await propose();
    } catch (error) {
      if (!isOfOthersAlone(error, ownMspId) || signal.aborted || performance.now() > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

function isOfOthersAlone(error: unknown, ownMspId: string): boolean {
  if (!(error instanceof Refusal) || NOT_OF_STATE.includes(error.code)) return false;
  const { endorsers = [] } = error.facts;
  return endorsers.length > 0 && endorsers.every(({ mspId }) => mspId !== ownMspId);
}
