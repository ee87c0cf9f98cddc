import { setTimeout as sleep } from 'node:timers/promises';

import { defaultRoles, type LedgerRecord } from '@passage/domain';

import type { ActingIdentity } from './enrolment/identities.js';
import { Refusal } from './errors.js';
import type { Logger } from './log.js';
import type { Sender } from './submission/sender.js';

/** The organisation whose administrator may send Init. */
export const INITIALISING_ORGANIZATION = 'customs';

/** Pause before a ledger that cannot be reached is asked again, in milliseconds. */
const PAUSE_MS = 500;

/** What initialising needs. */
export interface Initialisation {
  /** Whether verified blocks hold what Init writes: a guard of customs' keys under a policy of its own. */
  readonly isDone: () => Promise<boolean>;
  /** What Init has said of the ledger, where it has run. */
  readonly recorded: () => Promise<Pick<LedgerRecord, 'ledger' | 'roles'> | undefined>;
  readonly sender: Sender;
  readonly admin: ActingIdentity;
  readonly genesisHash: string;
  readonly signal: AbortSignal;
  readonly log: Logger;
  readonly pause?: number;
}

/**
 * Sends `Init` when the ledger has none yet: which ledger this is, and which organisation's parties may hold which role
 * (the domain's default table). Where an earlier version has initialised the ledger without the guard, it says the same again,
 * which makes it. Customs' gateway does it by itself when it starts, and waits for peers that are still starting; two at once
 * do no harm.
 */
export async function initialiseLedger(parts: Initialisation): Promise<void> {
  const { sender, admin, genesisHash, signal, log, pause = PAUSE_MS } = parts;
  const isSettled = (result: string): boolean => (JSON.parse(result) as { duplicate: boolean }).duplicate;
  while (!(await parts.isDone())) {
    const { ledger, roles } = (await parts.recorded()) ?? { ledger: genesisHash, roles: defaultRoles };
    const json = JSON.stringify({ ledger, roles });
    try {
      const { commit } = await sender.send('Init', json, admin, { isSettled, signal });
      log.info({ block: commit?.block }, 'the ledger is initialised');
      return;
    } catch (error) {
      if (!(error instanceof Refusal) || error.facts.retryable !== true || signal.aborted) throw error;
      log.warn({ code: error.code, reason: error.message }, 'the ledger cannot be initialised yet');
      await sleep(pause, undefined, { signal });
    }
  }
}
