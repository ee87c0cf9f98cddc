import { createHash } from 'node:crypto';

import { approveDefinition, equalBytes, type ChaincodeDefinition, type ChannelConfig } from '@passage/ledger';

import type { LifecycleSimulation } from './simulation.js';

export interface Approvals {
  /** MSP id of every organisation of the channel → whether it approved exactly this. */
  readonly approvals: ReadonlyMap<string, boolean>;
  /** What differs where it did not: names of fields, or of the whole structure where there is no approval. */
  readonly mismatches: ReadonlyMap<string, readonly string[]>;
}

/**
 * Who has approved a definition: every peer can compare the hashes of every organisation's approval
 * (F:core/chaincode/lifecycle/serializer.go, IsSerialized).
 */
export function approvalsOf(
  { simulation, config }: { readonly simulation: LifecycleSimulation; readonly config: ChannelConfig },
  name: string,
  definition: ChaincodeDefinition,
): Approvals {
  const expected = parameters(name, definition);
  const approvals = new Map<string, boolean>();
  const mismatches = new Map<string, readonly string[]>();
  for (const { mspId } of config.applicationOrganizations.values()) {
    const differing = [...expected].filter(([key, hash]) => {
      const stored = simulation.privateHash(mspId, key);
      return stored === undefined || !equalBytes(stored, hash);
    });
    approvals.set(mspId, differing.length === 0);
    if (differing.length > 0) mismatches.set(mspId, namesOf(differing.map(([key]) => key)));
  }
  return { approvals, mismatches };
}

/** Keys and hashes of what an approval stores, but for the package, which each organisation chooses for itself. */
function parameters(name: string, definition: ChaincodeDefinition): ReadonlyMap<string, Uint8Array> {
  const hashes = new Map<string, Uint8Array>();
  const put = (key: string, value: Uint8Array): void => {
    if (key.startsWith('namespaces/')) hashes.set(key, createHash('sha256').update(value).digest());
  };
  approveDefinition({ get: () => undefined, put, delete: () => undefined }, name, definition, '');
  return hashes;
}

function namesOf(keys: readonly string[]): string[] {
  if (keys.some((key) => key.startsWith('namespaces/metadata/'))) return ['ChaincodeParameters'];
  return keys.map((key) => key.slice(key.lastIndexOf('/') + 1));
}
