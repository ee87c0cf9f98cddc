/**
 * Refuses what the simulation does not do yet. The sentence reaches the chaincode as the failure of its call and,
 * if the chaincode lets it pass, the client: nothing is left out in silence.
 */
export function notSupportedYet(what: string): Error {
  return new Error(`NOT_SUPPORTED_YET: there is no ${what} yet; Fabric's own peer has one`);
}
