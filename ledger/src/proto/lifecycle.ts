import { bool, bytes, embedded, int64, map, message, oneOf, repeated, string } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';
import { CollectionConfigPackage } from './collections.js';

/** A definition as the arguments of _lifecycle carry it. */
const namedDefinition = {
  sequence: int64(1),
  name: string(2),
  version: string(3),
  endorsementPlugin: string(4),
  validationPlugin: string(5),
  validationParameter: bytes(6),
  collections: embedded(7, CollectionConfigPackage),
  initRequired: bool(8),
};

/** The same without its name, as the results carry it. */
const definition = {
  sequence: int64(1),
  version: string(2),
  endorsementPlugin: string(3),
  validationPlugin: string(4),
  validationParameter: bytes(5),
  collections: embedded(6, CollectionConfigPackage),
  initRequired: bool(7),
};

export const UnavailablePackage = message('lifecycle.ChaincodeSource.Unavailable', {});

export const LocalPackage = message('lifecycle.ChaincodeSource.Local', {
  packageId: string(1),
});
export type LocalPackage = Decoded<typeof LocalPackage>;

export const ChaincodeSource = message('lifecycle.ChaincodeSource', {
  ...oneOf('type', { unavailable: embedded(1, UnavailablePackage), localPackage: embedded(2, LocalPackage) }),
});
export type ChaincodeSource = Decoded<typeof ChaincodeSource>;

export const ApproveChaincodeDefinitionForMyOrgArgs = message(
  'lifecycle.ApproveChaincodeDefinitionForMyOrgArgs',
  {
    ...namedDefinition,
    source: embedded(9, ChaincodeSource),
  },
);
export type ApproveChaincodeDefinitionForMyOrgArgs = Decoded<typeof ApproveChaincodeDefinitionForMyOrgArgs>;

export const CommitChaincodeDefinitionArgs = message('lifecycle.CommitChaincodeDefinitionArgs', {
  ...namedDefinition,
});
export type CommitChaincodeDefinitionArgs = Decoded<typeof CommitChaincodeDefinitionArgs>;

export const CheckCommitReadinessArgs = message('lifecycle.CheckCommitReadinessArgs', {
  ...namedDefinition,
});
export type CheckCommitReadinessArgs = Decoded<typeof CheckCommitReadinessArgs>;

export const CommitMismatches = message('lifecycle.CheckCommitReadinessResult.Mismatches', {
  items: repeated(string(1)),
});

export const CheckCommitReadinessResult = message('lifecycle.CheckCommitReadinessResult', {
  approvals: map(1, string, bool),
  mismatches: map(2, string, (number) => embedded(number, CommitMismatches)),
});
export type CheckCommitReadinessResult = Decoded<typeof CheckCommitReadinessResult>;

export const QueryApprovedChaincodeDefinitionArgs = message(
  'lifecycle.QueryApprovedChaincodeDefinitionArgs',
  {
    name: string(1),
    sequence: int64(2),
  },
);
export type QueryApprovedChaincodeDefinitionArgs = Decoded<typeof QueryApprovedChaincodeDefinitionArgs>;

export const QueryApprovedChaincodeDefinitionResult = message(
  'lifecycle.QueryApprovedChaincodeDefinitionResult',
  {
    sequence: int64(1),
    version: string(2),
    endorsementPlugin: string(3),
    validationPlugin: string(4),
    validationParameter: bytes(5),
    collections: embedded(6, CollectionConfigPackage),
    initRequired: bool(7),
    source: embedded(8, ChaincodeSource),
  },
);
export type QueryApprovedChaincodeDefinitionResult = Decoded<typeof QueryApprovedChaincodeDefinitionResult>;

export const QueryChaincodeDefinitionArgs = message('lifecycle.QueryChaincodeDefinitionArgs', {
  name: string(1),
});
export type QueryChaincodeDefinitionArgs = Decoded<typeof QueryChaincodeDefinitionArgs>;

export const QueryChaincodeDefinitionResult = message('lifecycle.QueryChaincodeDefinitionResult', {
  ...definition,
  approvals: map(8, string, bool),
});
export type QueryChaincodeDefinitionResult = Decoded<typeof QueryChaincodeDefinitionResult>;

export const ChaincodeDefinitionEntry = message(
  'lifecycle.QueryChaincodeDefinitionsResult.ChaincodeDefinition',
  {
    name: string(1),
    sequence: int64(2),
    version: string(3),
    endorsementPlugin: string(4),
    validationPlugin: string(5),
    validationParameter: bytes(6),
    collections: embedded(7, CollectionConfigPackage),
    initRequired: bool(8),
  },
);
export type ChaincodeDefinitionEntry = Decoded<typeof ChaincodeDefinitionEntry>;

export const QueryChaincodeDefinitionsArgs = message('lifecycle.QueryChaincodeDefinitionsArgs', {});

export const QueryChaincodeDefinitionsResult = message('lifecycle.QueryChaincodeDefinitionsResult', {
  chaincodeDefinitions: repeated(embedded(1, ChaincodeDefinitionEntry)),
});
export type QueryChaincodeDefinitionsResult = Decoded<typeof QueryChaincodeDefinitionsResult>;

/** Names the fields that a definition in the state consists of. */
export const StateMetadata = message('lifecycle.StateMetadata', {
  datatype: string(1),
  fields: repeated(string(2)),
});
export type StateMetadata = Decoded<typeof StateMetadata>;

/** One field of a definition in the state. */
export const StateData = message('lifecycle.StateData', {
  ...oneOf('type', { int64: int64(1), bytes: bytes(2), string: string(3) }),
});
export type StateData = Decoded<typeof StateData>;

export const ChaincodeEndorsementInfo = message('lifecycle.ChaincodeEndorsementInfo', {
  version: string(1),
  initRequired: bool(2),
  endorsementPlugin: string(3),
});
export type ChaincodeEndorsementInfo = Decoded<typeof ChaincodeEndorsementInfo>;

export const ChaincodeValidationInfo = message('lifecycle.ChaincodeValidationInfo', {
  validationPlugin: string(1),
  validationParameter: bytes(2),
});
export type ChaincodeValidationInfo = Decoded<typeof ChaincodeValidationInfo>;
