import {
  approveDefinition,
  ApproveChaincodeDefinitionForMyOrgArgs,
  decode,
  readEndorserTransaction,
  readEnvelope,
  readInvocation,
  recover,
} from '@passage/ledger';

import { definitionOf, packageOf } from './arguments.js';

const NOTHING: ReadonlyMap<string, Uint8Array> = new Map();

/**
 * Every private key and value that an approval stands for, from the transaction that made it: an approval writes some or all
 * of them. Empty for any other transaction.
 */
export function approvedValues(envelope: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return recover(
    () => {
      const { visiblePayload } = readEndorserTransaction(
        readEnvelope(envelope).payload?.data ?? new Uint8Array(),
      );
      const [operation, bytes = new Uint8Array()] = readInvocation(visiblePayload).input.args;
      if (Buffer.from(operation ?? []).toString() !== 'ApproveChaincodeDefinitionForMyOrg') return NOTHING;
      const argument = decode(ApproveChaincodeDefinitionForMyOrgArgs, bytes);
      return approvalEntries(argument);
    },
    () => NOTHING,
  );
}

/** The entries of the approval that an argument asks for. */
export function approvalEntries(
  argument: ApproveChaincodeDefinitionForMyOrgArgs,
): ReadonlyMap<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  const store = {
    get: () => undefined,
    put: (key: string, value: Uint8Array) => void entries.set(key, value),
    delete: () => undefined,
  };
  approveDefinition(store, argument.name, definitionOf(argument), packageOf(argument));
  return entries;
}
