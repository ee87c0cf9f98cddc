import { defaultRoles } from '@passage/domain';

import type { ActingIdentity } from './enrolment/identities.js';
import { Refusal } from './errors.js';
import type { LedgerClient } from './fabric/ports.js';
import type { Logger } from './log.js';
import type { Sender } from './submission/sender.js';

/** The organisation whose administrator may send Init. */
export const INITIALISING_ORGANIZATION = 'customs';

/**
 * Sends `Init` when the ledger has none yet: which ledger this is, and which organisation's parties may hold which role
 * (the domain's default table). Customs' gateway does it by itself when it starts; two at once do no harm.
 */
export async function initialiseLedger(parts: {
  ledger: LedgerClient;
  sender: Sender;
  admin: ActingIdentity;
  genesisHash: string;
  signal: AbortSignal;
  log: Logger;
}): Promise<void> {
  const { ledger, sender, admin, genesisHash, signal, log } = parts;
  if (await isInitialised(ledger, admin)) return;
  const json = JSON.stringify({ ledger: genesisHash, roles: defaultRoles });
  const isSettled = (result: string): boolean => (JSON.parse(result) as { duplicate: boolean }).duplicate;
  const { commit } = await sender.send('Init', json, admin, { isSettled, signal });
  log.info({ block: commit?.block }, 'the ledger is initialised');
}

async function isInitialised(ledger: LedgerClient, admin: ActingIdentity): Promise<boolean> {
  try {
    await ledger.evaluate('GetLedger', '{}', admin);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'LEDGER_NOT_INITIALISED') return false;
    throw error;
  }
}
