import type { SourceStanding } from '../compare/source-standing.js';

const VERIFIED = 0;
/** Something differs. */
export const DIFFERS = 1;
const COULD_NOT_CHECK = 3;

/** How a check ends: a difference counts for more than a source that could not be read. */
export function exitCode(differences: number, sources: readonly SourceStanding[] = []): number {
  if (differences > 0) return DIFFERS;
  return sources.some(({ reading }) => reading === 'failed') ? COULD_NOT_CHECK : VERIFIED;
}
