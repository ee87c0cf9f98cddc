export { DeclarationError } from './declaration-error.js';
export type { Declaration } from './declaration.js';
export { collectParties, type DemoParty, type Host } from './parties.js';
export { loadDeclarations, readDeclarations } from './read-declarations.js';
export { routeOf } from './route.js';
export { openShipmentInput, ucrOf } from './shipment.js';
