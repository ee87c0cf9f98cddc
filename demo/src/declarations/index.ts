export { DeclarationError, type DeclarationErrorCode, declarationErrorCodes } from './declaration-error.js';
export type { Declaration } from './declaration.js';
export { collectParties, type DemoParty, type Host } from './parties.js';
export { loadDeclarations, readDeclarations } from './read-declarations.js';
export { type Route, routeOf } from './route.js';
export { openShipmentInput, type OpenShipmentInput, ucrOf } from './shipment.js';
