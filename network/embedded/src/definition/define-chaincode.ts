import {
  ApplicationPolicy,
  ApproveChaincodeDefinitionForMyOrgArgs,
  approveDefinition,
  buildSignaturePolicy,
  commitDefinition,
  CommitChaincodeDefinitionArgs,
  encode,
  equalBytes,
  parsePolicy,
  readDefinition,
  type ChaincodeDefinition,
  type Encodable,
  type StateReader,
  type StructureStore,
} from '@passage/ledger';

import { CHAINCODE_POLICY } from '../genesis/policy-texts.js';
import type { Ledger, Orderer, Organization } from '../network.js';
import { LifecycleSimulation } from './lifecycle-simulation.js';
import { buildLifecycleTransaction } from './lifecycle-transaction.js';
import { orderAndWait } from './order-and-wait.js';

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

/** All approvals go into one block: none reads what another writes. */
async function approveEverywhere(parts: DefinitionParts, definition: ChaincodeDefinition): Promise<void> {
  const { ledger, organizations, chaincode } = parts;
  const argument = encode(ApproveChaincodeDefinitionForMyOrgArgs, {
    ...argumentOf(chaincode, definition),
    source: { unavailable: {} },
  });
  const approvals = organizations.map(({ mspId, admin, peer }) => {
    const simulation = begin(ledger.state, chaincode);
    approveDefinition(simulation.privateState(mspId), chaincode, definition, NO_PACKAGE);
    return buildLifecycleTransaction({
      channel: ledger.channel,
      operation: 'ApproveChaincodeDefinitionForMyOrg',
      argument,
      results: simulation.results(),
      creator: admin,
      endorsers: [peer],
      now: parts.now(),
    });
  });
  await orderAndWait(parts, approvals);
}

async function commit(parts: DefinitionParts, definition: ChaincodeDefinition): Promise<void> {
  const { ledger, organizations, chaincode } = parts;
  const [customs] = organizations;
  if (customs === undefined) throw new TypeError('a network without organisations');
  const simulation = begin(ledger.state, chaincode);
  for (const { mspId } of organizations) readApproval(simulation.privateState(mspId), chaincode, definition);
  commitDefinition(simulation.publicState, chaincode, definition);
  const committed = buildLifecycleTransaction({
    channel: ledger.channel,
    operation: 'CommitChaincodeDefinition',
    argument: encode(CommitChaincodeDefinitionArgs, argumentOf(chaincode, definition)),
    results: simulation.results(),
    creator: customs.admin,
    endorsers: organizations.map(({ peer }) => peer),
    now: parts.now(),
  });
  await orderAndWait(parts, [committed]);
}

/** Packages are not installed here: chaincode processes are found by their address. */
const NO_PACKAGE = '';

/** What every operation reads first: the definition by either lifecycle. */
function begin(state: StateReader, chaincode: string): LifecycleSimulation {
  const simulation = new LifecycleSimulation(state);
  simulation.readDefinition(chaincode);
  return simulation;
}

/** Reads the hashes of an approval, which a commit does for every organisation: exactly the keys that an approval writes. */
function readApproval(approvals: StructureStore, chaincode: string, definition: ChaincodeDefinition): void {
  const read = (key: string): void => {
    if (key.startsWith('namespaces/')) approvals.get(key);
  };
  approveDefinition({ get: () => undefined, put: read, delete: read }, chaincode, definition, NO_PACKAGE);
}

/** A definition as the operations' arguments carry it: the plugins are left to their defaults. */
function argumentOf(
  name: string,
  { sequence, version, validationParameter }: ChaincodeDefinition,
): Encodable<CommitChaincodeDefinitionArgs> {
  return { sequence, name, version, validationParameter, collections: {} };
}
