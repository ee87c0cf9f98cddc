import { encode } from '../codec/index.js';
import {
  ChaincodeEndorsementInfo,
  ChaincodeValidationInfo,
  CollectionConfigPackage,
} from '../proto/index.js';
import { DEFINITION_TYPE } from './definition.js';
import { CHAINCODE_SOURCES, DEFINITIONS } from './keys.js';
import { storeStructure } from './store-structure.js';
import type { StateData } from '../proto/index.js';
import type { ChaincodeDefinition } from './definition.js';
import type { Structure, StructureStore } from './store-structure.js';

/** Writes a committed definition as `CommitChaincodeDefinition` does, into _lifecycle's public state. */
export function commitDefinition(
  store: StructureStore,
  chaincode: string,
  definition: ChaincodeDefinition,
): void {
  const sequence = { int64: definition.sequence };
  storeStructure(store, DEFINITIONS, chaincode, {
    datatype: DEFINITION_TYPE,
    fields: [['Sequence', sequence], ...parameters(definition)],
  });
}

/**
 * Writes an organisation's approval as `ApproveChaincodeDefinitionForMyOrg` does, into _lifecycle's implicit collection
 * of that organisation. `packageId` names the package its peers run; '' for none.
 */
export function approveDefinition(
  store: StructureStore,
  chaincode: string,
  definition: ChaincodeDefinition,
  packageId: string,
): void {
  const name = `${chaincode}#${definition.sequence}`;
  storeStructure(store, DEFINITIONS, name, {
    datatype: 'ChaincodeParameters',
    fields: parameters(definition),
  });
  storeStructure(store, CHAINCODE_SOURCES, name, {
    datatype: 'ChaincodeLocalPackage',
    fields: [['PackageID', { string: packageId }]],
  });
}

/** The fields that approvals and definitions share, in the order of Fabric's struct. */
function parameters(definition: ChaincodeDefinition): Structure['fields'] {
  const { version, endorsementPlugin, initRequired, validationPlugin, validationParameter } = definition;
  const config = definition.collections.map((staticCollectionConfig) => ({ staticCollectionConfig }));
  return [
    [
      'EndorsementInfo',
      field(encode(ChaincodeEndorsementInfo, { version, endorsementPlugin, initRequired })),
    ],
    ['ValidationInfo', field(encode(ChaincodeValidationInfo, { validationPlugin, validationParameter }))],
    ['Collections', field(encode(CollectionConfigPackage, { config }))],
  ];
}

function field(bytes: Uint8Array): StateData {
  return { bytes };
}
