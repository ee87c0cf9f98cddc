import {
  ApplicationPolicy,
  ApproveChaincodeDefinitionForMyOrgArgs,
  buildSignaturePolicy,
  CommitChaincodeDefinitionArgs,
  encode,
  equalBytes,
  parsePolicy,
  readDefinition,
  type ChaincodeDefinition,
  type Encodable,
} from '@passage/ledger';

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
  now(): Date;
}

/**
 * Sees to it that the channel's definition of the chaincode has this version: every organisation approves, then customs'
 * admin commits, as real transactions through the orderer. Nothing happens when the definition is already so; another version
 * becomes the next sequence.
 */
export async function defineChaincode(parts: DefinitionParts): Promise<void> {
  const { ledger, chaincode, version } = parts;
  const current = readDefinition(ledger.state, chaincode);
  if (current?.version === version && equalBytes(current.validationParameter, VALIDATION_PARAMETER)) return;
  const definition: ChaincodeDefinition = {
    sequence: (current?.sequence ?? 0) + 1,
    version,
    endorsementPlugin: 'escc',
    initRequired: false,
    validationPlugin: 'vscc',
    validationParameter: VALIDATION_PARAMETER,
    collections: [],
  };
  await approveEverywhere(parts, definition);
  await commit(parts, definition);
}

/** The chaincode's endorsement policy, as an ApplicationPolicy. */
const VALIDATION_PARAMETER = encode(ApplicationPolicy, {
  signaturePolicy: buildSignaturePolicy(parsePolicy(CHAINCODE_POLICY)),
});

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
  if (response.status !== 200) throw new Error(response.message);
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
function argumentOf(
  name: string,
  { sequence, version, validationParameter }: ChaincodeDefinition,
): Encodable<CommitChaincodeDefinitionArgs> {
  return { sequence, name, version, validationParameter, collections: {} };
}
