import { PassageError } from '../errors/passage-error.js';
import type { MandateRecord } from './mandate-record.js';

/**
 * Whether a mandate covers an act.
 *
 * @param act the command's name, the UCR it is about where there is one, and the transaction's time.
 * @throws PassageError MANDATE_ENDED, MANDATE_SCOPE
 */
export function checkMandate(
  { mandator, mandatary, mandate, scope, ucrPrefix, until, withdrawnAt }: MandateRecord,
  act: { readonly command: string; readonly ucr?: string; readonly at: string },
): void {
  const about = { mandator, mandatary, mandate };
  if (withdrawnAt !== undefined) {
    throw new PassageError('MANDATE_ENDED', `The mandate was withdrawn at ${withdrawnAt}`, about);
  }
  if (act.at > until) {
    throw new PassageError('MANDATE_ENDED', `The mandate ended at ${until}`, about);
  }
  if (!(scope as readonly string[]).includes(act.command)) {
    throw new PassageError('MANDATE_SCOPE', `The mandate does not cover ${act.command}`, { ...about, scope });
  }
  if (ucrPrefix !== undefined && act.ucr?.startsWith(ucrPrefix) !== true) {
    const message = `The mandate covers consignments whose UCR begins with ${ucrPrefix} alone`;
    throw new PassageError('MANDATE_SCOPE', message, { ...about, ucrPrefix });
  }
}

/** The mandate after its mandator has withdrawn it. @throws PassageError MANDATE_ENDED */
export function withdrawn(mandate: MandateRecord, at: string): MandateRecord {
  if (mandate.withdrawnAt === undefined) return { ...mandate, withdrawnAt: at };
  throw new PassageError('MANDATE_ENDED', `The mandate was withdrawn at ${mandate.withdrawnAt}`, {
    mandate: mandate.mandate,
  });
}
