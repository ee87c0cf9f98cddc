import {
  CHAINCODE_SOURCES,
  ChaincodeEndorsementInfo,
  ChaincodeValidationInfo,
  CollectionConfigPackage,
  decode,
  DEFINITIONS,
  encode,
  fieldKey,
  metadataKey,
  QueryApprovedChaincodeDefinitionArgs,
  QueryApprovedChaincodeDefinitionResult,
  QueryChaincodeDefinitionArgs,
  QueryChaincodeDefinitionResult,
  QueryChaincodeDefinitionsResult,
  StateData,
  type ChaincodeDefinition,
  type Encodable,
} from '@passage/ledger';

import type { Operation } from './operations.js';
import { approvalsOf } from './org-approvals.js';
import { definedNames, readInForce } from './read-committed.js';

/** A chaincode that the channel has not defined: a peer answers with status 404. */
export class NotDefined extends Error {}

/** F:core/chaincode/lifecycle/scc.go, QueryChaincodeDefinition. */
export const queryDefinition: Operation = (context, bytes) => {
  const { name } = decode(QueryChaincodeDefinitionArgs, bytes);
  const definition = readInForce(context.simulation, name);
  if (definition === undefined) throw new NotDefined(`namespace ${name} is not defined`);
  const { approvals } = approvalsOf(context, name, definition);
  return encode(QueryChaincodeDefinitionResult, { ...asMessage(definition), approvals });
};

export const queryDefinitions: Operation = ({ simulation }) =>
  encode(QueryChaincodeDefinitionsResult, {
    chaincodeDefinitions: definedNames(simulation).flatMap((name) => {
      const definition = readInForce(simulation, name);
      return definition === undefined ? [] : { name, ...asMessage(definition) };
    }),
  });

/** What the peer's own organisation approved: of the sequence asked for, or the newest. */
export const queryApproved: Operation = ({ simulation, config, mspId }, bytes) => {
  const { name, sequence: asked } = decode(QueryApprovedChaincodeDefinitionArgs, bytes);
  const own = simulation.privateState(mspId);
  const has = (sequence: number): boolean =>
    own.get(metadataKey(DEFINITIONS, `${name}#${sequence}`)) !== undefined;
  const field = (space: string, sequence: number, which: string): StateData =>
    decode(StateData, own.get(fieldKey(space, `${name}#${sequence}`, which)) ?? NOTHING);
  let sequence = asked;
  if (sequence === 0) {
    const current = readInForce(simulation, name)?.sequence ?? 0;
    sequence = has(current + 1) ? current + 1 : current;
  }
  if (!has(sequence)) {
    const wanted = `(name: '${name}', sequence: '${sequence}')`;
    throw new Error(
      `could not fetch approved chaincode definition ${wanted} on channel '${config.channelId}'`,
    );
  }
  const parameter = (which: string): Uint8Array => field(DEFINITIONS, sequence, which).bytes ?? NOTHING;
  const packageId = field(CHAINCODE_SOURCES, sequence, 'PackageID').string ?? '';
  return encode(QueryApprovedChaincodeDefinitionResult, {
    sequence,
    ...decode(ChaincodeEndorsementInfo, parameter('EndorsementInfo')),
    ...decode(ChaincodeValidationInfo, parameter('ValidationInfo')),
    collections: decode(CollectionConfigPackage, parameter('Collections')),
    source: packageId === '' ? { unavailable: {} } : { localPackage: { packageId } },
  });
};

const NOTHING = new Uint8Array();

function asMessage({
  collections,
  ...definition
}: ChaincodeDefinition): Encodable<QueryChaincodeDefinitionResult> {
  const config = collections.map((staticCollectionConfig) => ({ staticCollectionConfig }));
  return { ...definition, collections: { config } };
}
