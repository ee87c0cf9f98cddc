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
  const written = set === undefined ? [] : writtenKeys(set);
  if (written.length === 0) return unsatisfied(chaincode, chaincodePolicy, fault);
  let satisfied: Uint8Array | undefined;
  for (const key of written) {
    const policy = policyFor(chaincode, key, rules);
    if (isRefusal(policy)) return policy;
    // Most keys answer to the very policy that the one before did.
    if (policy === satisfied) continue;
    const refusal = unsatisfied(chaincode, policy, fault);
    if (refusal !== undefined) return refusal;
    satisfied = policy;
  }
  return undefined;
}

function unsatisfied(chaincode: string, policy: Uint8Array, fault: PolicyFault): Refusal | undefined {
  const missing = fault(policy);
  return missing === undefined ? undefined : failure(`${chaincode}: ${missing}`);
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
  const { collections } = set;
  const [values, metadata] = [keysOf(set, set.writes), keysOf(set, set.metadataWrites)];
  if (collections.length === 0) return metadata.length === 0 ? values : [...values, ...metadata];
  return [
    ...values,
    ...metadata,
    ...collections.flatMap((part) => keysOf(part, part.writes, part.collection)),
    ...collections.flatMap((part) => keysOf(part, part.metadataWrites, part.collection)),
  ];
}

function keysOf(
  { namespace }: KeySet,
  writes: readonly { key: string }[],
  collection?: string,
): WrittenKey[] {
  return writes.map(({ key }) =>
    collection === undefined ? { namespace, key } : { namespace, key, collection },
  );
}

function failure(reason: string): Refusal {
  return refuse(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, reason);
}
