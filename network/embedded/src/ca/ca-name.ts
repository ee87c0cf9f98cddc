import { CaCode, CaError } from './ca-error.js';

/** The one CA name of each organisation's server; the empty name means the same. */
export const CA_NAME = 'ca';

/** Throws CaError for the name of another CA. */
export function requireName(name: string): void {
  if (name === '' || name === CA_NAME) return;
  throw new CaError(404, CaCode.CA_NOT_FOUND, `CA '${name}' does not exist`);
}
