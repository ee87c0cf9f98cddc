import type { ChaincodeDefinition } from '../lifecycle/index.js';

/** A first definition without policy and collections, but for what is given. */
export function definitionWith(parts: Partial<ChaincodeDefinition>): ChaincodeDefinition {
  return {
    sequence: 1,
    version: '1',
    endorsementPlugin: 'escc',
    initRequired: false,
    validationPlugin: 'vscc',
    validationParameter: new Uint8Array(),
    collections: [],
    ...parts,
  };
}
