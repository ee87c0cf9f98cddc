import { LedgerError, type ChannelConfig, type Response } from '@passage/ledger';

import { approve, checkReadiness, commit, type Operation } from './operations.js';
import { NotDefined, queryApproved, queryDefinition, queryDefinitions } from './queries.js';
import { LifecycleSimulation, type LifecycleLedger } from './simulation.js';

/** A call of _lifecycle at one organisation's peer. */
export interface LifecycleCall {
  readonly args: readonly Uint8Array[];
  readonly ledger: LifecycleLedger;
  readonly config: ChannelConfig;
  /** The peer's own organisation. */
  readonly mspId: string;
  /** Why whoever asks may not use an operation; undefined if it may. */
  readonly denial: (resource: `_lifecycle/${string}`) => string | undefined;
}

export interface LifecycleOutcome {
  readonly response: Response;
  /** TxReadWriteSet bytes. */
  readonly results: Uint8Array;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['ApproveChaincodeDefinitionForMyOrg', approve],
  ['CheckCommitReadiness', checkReadiness],
  ['CommitChaincodeDefinition', commit],
  ['QueryApprovedChaincodeDefinition', queryApproved],
  ['QueryChaincodeDefinition', queryDefinition],
  ['QueryChaincodeDefinitions', queryDefinitions],
]);

/** What Fabric's peers do with packages; nothing is installed on an embedded one. */
const OF_PACKAGES: ReadonlySet<string> = new Set([
  'InstallChaincode',
  'QueryInstalledChaincode',
  'QueryInstalledChaincodes',
  'GetInstalledChaincodePackage',
]);

const NOT_AUTHORIZED = 'Failed to authorize invocation due to failed ACL check';

/** No policy is known for an operation that is none, and that is found out first. */
function unknownOperation(called: string): string {
  if (!OF_PACKAGES.has(called)) return `${NOT_AUTHORIZED}: Unmapped policy for _lifecycle/${called}`;
  return `${failureOf(called)}: receiver *lifecycle.Invocation.${called} does not exist`;
}

const failureOf = (called: string): string => `failed to invoke backing implementation of '${called}'`;

/**
 * Runs Fabric's chaincode for chaincode definitions (F:core/chaincode/lifecycle/scc.go, Invoke). Packages are not installed
 * here, so the operations on them are missing.
 */
export function callLifecycle({ args, ledger, config, mspId, denial }: LifecycleCall): LifecycleOutcome {
  const simulation = new LifecycleSimulation(ledger);
  const answer = (status: number, message: string, payload: Uint8Array = NOTHING): LifecycleOutcome => ({
    response: { status, message, payload },
    results: simulation.results(),
  });
  if (args.length === 0) return answer(500, 'lifecycle scc must be invoked with arguments');
  const [name, argument] = args;
  if (name === undefined || argument === undefined || args.length !== 2) {
    return answer(500, `lifecycle scc operations require exactly two arguments but received ${args.length}`);
  }
  const called = Buffer.from(name).toString();
  const operation = OPERATIONS.get(called);
  const failed = failureOf(called);
  if (operation === undefined) return answer(500, unknownOperation(called));
  const denied = denial(`_lifecycle/${called}`);
  if (denied !== undefined) return answer(500, `${NOT_AUTHORIZED}: ${denied}`);
  try {
    return answer(200, '', operation({ simulation, config, mspId }, argument));
  } catch (error) {
    if (error instanceof NotDefined) return answer(404, error.message);
    if (error instanceof LedgerError) {
      const what = `could not decode input arg for *lifecycle.Invocation.${called}`;
      return answer(500, `${failed}: ${what}: proto: cannot parse invalid wire-format data`);
    }
    return answer(500, `${failed}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const NOTHING = new Uint8Array();
