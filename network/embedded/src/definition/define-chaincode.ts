import {
  ApplicationPolicy,
  ApproveChaincodeDefinitionForMyOrgArgs,
  buildSignaturePolicy,
  CollectionConfigPackage,
  CommitChaincodeDefinitionArgs,
  encode,
  equalBytes,
  parsePolicy,
  readDefinition,
  type ChaincodeDefinition,
  type Encodable,
  type StaticCollectionConfig,
} from '@passage/ledger';

import { NetworkError } from '../errors.js';
import { CHAINCODE_POLICY } from '../genesis/policy-texts.js';
import type { Ledger, Orderer, Organization } from '../network.js';
import { callLifecycle } from '../lifecycle/lifecycle-chaincode.js';
import { lifecycleLedger } from '../lifecycle/ledger.js';
import { approvalsOf } from '../lifecycle/org-approvals.js';
import { LifecycleSimulation } from '../lifecycle/simulation.js';
import { buildLifecycleTransaction, type LifecycleOperation } from './lifecycle-transaction.js';
import { orderAndWait, type BuiltTransaction } from './order-and-wait.js';

/** Who and what a definition is made with. */
export interface DefinitionParts {
  readonly ledger: Ledger;
  readonly orderer: Orderer;
  readonly organizations: readonly Organization[];
  readonly chaincode: string;
  /** Version string of the definition. */
  readonly version: string;
  /** Its private collections; without them those of the definition in force are carried on. */
  readonly collections?: readonly StaticCollectionConfig[];
  now(): Date;
}

/**
 * Sees to it that the channel's definition of the chaincode has this version and these collections: every organisation
 * approves, then customs' admin commits, as real transactions through the orderer. When the definition is already so, only who
 * joined after it approves it; anything else becomes the next sequence.
 *
 * @throws NetworkError DEFINITION_REFUSED with what _lifecycle says, for instance because a collection would be taken away
 */
export async function defineChaincode(parts: DefinitionParts): Promise<void> {
  const { ledger, chaincode, version } = parts;
  const current = readDefinition(ledger.state, chaincode);
  const definition: ChaincodeDefinition = {
    sequence: (current?.sequence ?? 0) + 1,
    version,
    endorsementPlugin: 'escc',
    initRequired: false,
    validationPlugin: 'vscc',
    validationParameter: VALIDATION_PARAMETER,
    collections: parts.collections ?? current?.collections ?? [],
  };
  if (current !== undefined && isSame(current, definition)) {
    await approveEverywhere(parts, current);
    return;
  }
  await approveEverywhere(parts, definition);
  await commit(parts, definition);
}

/** The chaincode's endorsement policy, as an ApplicationPolicy. */
const VALIDATION_PARAMETER = encode(ApplicationPolicy, {
  signaturePolicy: buildSignaturePolicy(parsePolicy(CHAINCODE_POLICY)),
});

/** Whether two definitions agree in everything that this network chooses. */
function isSame(one: ChaincodeDefinition, other: ChaincodeDefinition): boolean {
  return (
    one.version === other.version &&
    equalBytes(one.validationParameter, other.validationParameter) &&
    equalBytes(encodeCollections(one), encodeCollections(other))
  );
}

function encodeCollections(definition: ChaincodeDefinition): Uint8Array {
  return encode(CollectionConfigPackage, packageOf(definition));
}

function packageOf({ collections }: ChaincodeDefinition): Encodable<CollectionConfigPackage> {
  return { config: collections.map((staticCollectionConfig) => ({ staticCollectionConfig })) };
}

/** All missing approvals go into one block: none reads what another writes. */
async function approveEverywhere(parts: DefinitionParts, definition: ChaincodeDefinition): Promise<void> {
  const { ledger, organizations, chaincode } = parts;
  const config = ledger.config();
  const simulation = new LifecycleSimulation(lifecycleLedger(ledger));
  const { approvals } = approvalsOf({ simulation, config }, chaincode, definition);
  const argument = encode(ApproveChaincodeDefinitionForMyOrgArgs, {
    ...argumentOf(chaincode, definition),
    // Packages are not installed here: chaincode processes are found by their address.
    source: { unavailable: {} },
  });
  const missing = organizations.filter(({ mspId }) => approvals.get(mspId) !== true);
  if (missing.length === 0) return;
  const transactions = missing.map((organization) =>
    transactionOf(parts, 'ApproveChaincodeDefinitionForMyOrg', argument, organization, [organization]),
  );
  await orderAndWait(parts, transactions);
}

async function commit(parts: DefinitionParts, definition: ChaincodeDefinition): Promise<void> {
  const { organizations, chaincode } = parts;
  const [customs] = organizations;
  if (customs === undefined) throw new TypeError('a network without organisations');
  const argument = encode(CommitChaincodeDefinitionArgs, argumentOf(chaincode, definition));
  await orderAndWait(parts, [
    transactionOf(parts, 'CommitChaincodeDefinition', argument, customs, organizations),
  ]);
}

/** Runs an operation at the peer of the first endorser and has all of them sign what came out, which is the same at each. */
function transactionOf(
  parts: DefinitionParts,
  operation: LifecycleOperation,
  argument: Uint8Array,
  { admin }: Organization,
  endorsers: readonly Organization[],
): BuiltTransaction {
  const { ledger } = parts;
  const { response, results } = callLifecycle({
    args: [Buffer.from(operation), argument],
    ledger: lifecycleLedger(ledger),
    config: ledger.config(),
    mspId: endorsers[0]?.mspId ?? '',
    denial: () => undefined,
  });
  if (response.status !== 200) throw new NetworkError('DEFINITION_REFUSED', response.message);
  return buildLifecycleTransaction({
    channel: ledger.channel,
    operation,
    argument,
    results,
    creator: admin,
    endorsers: endorsers.map(({ peer }) => peer),
    now: parts.now(),
  });
}

/** A definition as the operations' arguments carry it: the plugins are left to their defaults. */
function argumentOf(name: string, definition: ChaincodeDefinition): Encodable<CommitChaincodeDefinitionArgs> {
  const { sequence, version, validationParameter } = definition;
  return { sequence, name, version, validationParameter, collections: packageOf(definition) };
}
