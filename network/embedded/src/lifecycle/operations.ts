import {
  approveDefinition,
  ApproveChaincodeDefinitionForMyOrgArgs,
  CHAINCODE_SOURCES,
  CheckCommitReadinessArgs,
  CheckCommitReadinessResult,
  commitDefinition,
  CommitChaincodeDefinitionArgs,
  decode,
  DEFINITIONS,
  encode,
  fieldKey,
  metadataKey,
  StateData,
  type ChannelConfig,
  type StructureStore,
} from '@passage/ledger';

import { approvalEntries } from './approved-values.js';
import { definitionOf, packageOf } from './arguments.js';
import { checkDefinition, differenceOf } from './check-definition.js';
import { approvalsOf } from './org-approvals.js';
import { readCommitted } from './read-committed.js';
import type { LifecycleSimulation } from './simulation.js';

/** Where an operation runs: on the peer of one organisation, under the configuration in force. */
export interface OperationContext {
  readonly simulation: LifecycleSimulation;
  readonly config: ChannelConfig;
  /** The peer's own organisation. */
  readonly mspId: string;
}

/** One operation of _lifecycle: takes and gives serialized messages. @throws Error in Fabric's words */
export type Operation = (context: OperationContext, argument: Uint8Array) => Uint8Array;

/** F:core/chaincode/lifecycle/lifecycle.go, ApproveChaincodeDefinitionForOrg. */
export const approve: Operation = ({ simulation, config, mspId }, bytes) => {
  const argument = decode(ApproveChaincodeDefinitionForMyOrgArgs, bytes);
  const { name } = argument;
  const definition = definitionOf(argument);
  const committed = readCommitted(simulation, name);
  checkDefinition(name, definition, config.msps, committed);
  const current = currentSequence(simulation, name);
  refuseSequence(definition.sequence, current);
  const own = simulation.privateState(mspId);
  if (definition.sequence === current && committed !== undefined) {
    const redefined = `attempted to redefine the current committed sequence (${current}) for namespace ${name}`;
    const difference = differenceOf(committed, definition);
    if (difference !== undefined) throw new Error(`${redefined} with different parameters: ${difference}`);
    if (isApproved(own, argument)) throw new Error(redefined);
  } else if (isApproved(own, argument)) {
    const uncommitted = `attempted to redefine uncommitted sequence (${definition.sequence}) for namespace ${name}`;
    throw new Error(`${uncommitted} with unchanged content`);
  }
  approveDefinition(own, name, definition, packageOf(argument));
  return new Uint8Array();
};

/** F:core/chaincode/lifecycle/scc.go, CheckCommitReadiness. */
export const checkReadiness: Operation = (context, bytes) => {
  const argument = decode(CheckCommitReadinessArgs, bytes);
  refuseOtherThanNext(argument.sequence, currentSequence(context.simulation, argument.name));
  const { approvals, mismatches } = approvalsOf(context, argument.name, definitionOf(argument));
  return encode(CheckCommitReadinessResult, {
    approvals,
    mismatches: new Map([...mismatches].map(([mspId, items]) => [mspId, { items }])),
  });
};

/** Writes the definition if the peer's own organisation has approved exactly this one; who else must is the policy's to say. */
export const commit: Operation = (context, bytes) => {
  const { simulation, config, mspId } = context;
  const argument = decode(CommitChaincodeDefinitionArgs, bytes);
  const { name } = argument;
  const definition = definitionOf(argument);
  checkDefinition(name, definition, config.msps, readCommitted(simulation, name));
  refuseOtherThanNext(definition.sequence, currentSequence(simulation, name));
  const { approvals } = approvalsOf(context, name, definition);
  commitDefinition(simulation.publicState, name, definition);
  if (approvals.get(mspId) !== true)
    throw new Error(`chaincode definition not agreed to by this org (${mspId})`);
  return new Uint8Array();
};

function currentSequence(simulation: LifecycleSimulation, name: string): number {
  const bytes = simulation.publicState.get(fieldKey(DEFINITIONS, name, 'Sequence'));
  return decode(StateData, bytes ?? new Uint8Array()).int64 ?? 0;
}

function refuseSequence(requested: number, current: number): void {
  if (requested === 0 && current === 0)
    throw new Error('requested sequence is 0, but first definable sequence number is 1');
  if (requested < current)
    throw new Error(`currently defined sequence ${current} is larger than requested sequence ${requested}`);
  if (requested > current + 1) {
    const next = `the next available sequence number ${current + 1}`;
    throw new Error(`requested sequence ${requested} is larger than ${next}`);
  }
}

function refuseOtherThanNext(requested: number, current: number): void {
  if (requested === current + 1) return;
  throw new Error(`requested sequence is ${requested}, but new definition must be sequence ${current + 1}`);
}

/** Whether the organisation has approved exactly this, with this package: then there is nothing to write. */
function isApproved(own: StructureStore, argument: ApproveChaincodeDefinitionForMyOrgArgs): boolean {
  const name = `${argument.name}#${argument.sequence}`;
  const entries = [...approvalEntries(argument)];
  const matches = (space: string): boolean => {
    if (own.get(metadataKey(space, name)) === undefined) return false;
    const fields = entries.filter(([key]) => key.startsWith(fieldKey(space, name, '')));
    // All are read before any is compared, as a peer does.
    const stored = fields.map(([key, value]) => [own.get(key), value] as const);
    return stored.every(([before, value]) => before !== undefined && Buffer.compare(before, value) === 0);
  };
  return matches(DEFINITIONS) && matches(CHAINCODE_SOURCES);
}
