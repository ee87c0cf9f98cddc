import type { NetworkErrorCode } from '../errors.js';

const CODE: NetworkErrorCode = 'NOT_SUPPORTED_YET';

/**
 * Refuses what the embedded network does not do yet. The sentence reaches the chaincode as the failure of its call and,
 * if the chaincode lets it pass, the client: nothing is left out in silence.
 */
export function notSupportedYet(what: string): Error {
  return new Error(`${CODE}: the embedded network has no ${what} yet; Fabric's own peer has`);
}
