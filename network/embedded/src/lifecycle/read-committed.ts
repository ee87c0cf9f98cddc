import { readDefinition, type ChaincodeDefinition, type StateEntry } from '@passage/ledger';

import type { LifecycleSimulation } from './simulation.js';

/** Nobody asks for the version of what is read here. */
const VERSION = { block: 0, tx: 0 };

/** The definition in force, as a peer reads it: its metadata and, where there are any, all its fields. */
export function readInForce(simulation: LifecycleSimulation, name: string): ChaincodeDefinition | undefined {
  return readDefinition(
    {
      get: (namespace, key): StateEntry | undefined => {
        const value = simulation.read(namespace, key);
        return value === undefined ? undefined : { value, version: VERSION };
      },
      range: () => [],
    },
    name,
  );
}

/**
 * The same, as approving and committing look at it first: where there is no definition they ask the older lifecycle, too
 * (F:core/chaincode/lifecycle/deployedcc_infoprovider.go, ChaincodeInfo).
 */
export function readCommitted(
  simulation: LifecycleSimulation,
  name: string,
): ChaincodeDefinition | undefined {
  const definition = readInForce(simulation, name);
  if (definition === undefined) simulation.read('lscc', name);
  return definition;
}

/** Names of all chaincodes that have a definition. */
export function definedNames(simulation: LifecycleSimulation): string[] {
  const prefix = 'namespaces/metadata/';
  return simulation.keysBelow(prefix).map((key) => key.slice(prefix.length));
}
