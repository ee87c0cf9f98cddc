import { createHash } from 'node:crypto';

import type { Alert } from '@passage/domain';

/** What is hashed begins with this: another way to name alerts would get another one. */
const FORMAT = 'passage-alert-1';

/**
 * The name of an alert, from what it says: its kind, its subject, the place on the ledger from which it can be known, and its path.
 * The same at every gateway of the ledger and after every rebuild. What its details count (how long a silence lasts) is not in it.
 */
export function alertId({ kind, subject, at, path }: Omit<Alert, 'details'>): string {
  const steps = path.map(({ what, id }) => [what, id]);
  const said = JSON.stringify([FORMAT, kind, subject, at.block, at.position, at.item, steps]);
  return createHash('sha256').update(said).digest('base64url');
}
