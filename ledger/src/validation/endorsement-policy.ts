import { TxValidationCode } from '../proto/index.js';
import { isRefusal, refuse } from './refusal.js';
import type { ChaincodeSet, KeySet } from '../rwset/index.js';
import type { KeyPolicies } from './key-policies.js';
import type { NamespacePolicies } from './namespace-policies.js';
import type { Refusal } from './refusal.js';

/** Why one transaction's endorsements do not satisfy a serialized ApplicationPolicy; undefined if they do. */
export type PolicyFault = (policy: Uint8Array) => string | undefined;

/** The rules of the block that endorsements are held against. */
export interface EndorsementRules {
  readonly policies: NamespacePolicies;
  readonly keyPolicies: KeyPolicies;
}

/** A key that a transaction writes, its value or its metadata; private keys with their collection. */
interface WrittenKey {
  readonly namespace: string;
  readonly key: string;
  readonly collection?: string;
}

/**
 * Whether one chaincode's part of a transaction is endorsed by whom it must be
 * (Fabric: core/common/validation/statebased/validator_keylevel.go and v20.go): each written key by its own policy, else by
 * its collection's, else by the chaincode's; and by the chaincode's if nothing else was asked, so that a transaction that
 * writes nothing cannot go unendorsed. `set` is missing where the called chaincode touched nothing of its own.
 */
export function checkEndorsement(
  chaincode: string,
  set: ChaincodeSet | undefined,
  fault: PolicyFault,
  rules: EndorsementRules,
): Refusal | undefined {
  const chaincodePolicy = rules.policies.ofChaincode(chaincode);
  if (isRefusal(chaincodePolicy)) return chaincodePolicy;
  const required = set === undefined ? [] : writtenKeys(set).map((key) => policyFor(chaincode, key, rules));
  for (const policy of required.length === 0 ? [chaincodePolicy] : required) {
    if (isRefusal(policy)) return policy;
    const missing = fault(policy);
    if (missing !== undefined) return failure(`${chaincode}: ${missing}`);
  }
  return undefined;
}

function policyFor(chaincode: string, written: WrittenKey, rules: EndorsementRules): Uint8Array | Refusal {
  const { namespace, key, collection } = written;
  const { policies, keyPolicies } = rules;
  if (keyPolicies.isChanged(namespace, key)) {
    return failure(`the policy of ${namespace} ${key} changed earlier in the block`);
  }
  const own = keyPolicies.of(namespace, key);
  if (own !== undefined) return own;
  return collection === undefined
    ? policies.ofChaincode(chaincode)
    : policies.ofCollection(chaincode, collection);
}

/** Public writes, public metadata, then the same of the collections: the order decides which failure is named. */
function writtenKeys(set: ChaincodeSet): WrittenKey[] {
  const collections = set.collections;
  return [
    ...keysOf(set, set.writes),
    ...keysOf(set, set.metadataWrites),
    ...collections.flatMap((part) => keysOf(part, part.writes, part.collection)),
    ...collections.flatMap((part) => keysOf(part, part.metadataWrites, part.collection)),
  ];
}

function keysOf(
  { namespace }: KeySet,
  writes: readonly { key: string }[],
  collection?: string,
): WrittenKey[] {
  return writes.map(({ key }) => ({ namespace, key, ...(collection !== undefined && { collection }) }));
}

function failure(reason: string): Refusal {
  return refuse(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, reason);
}
