import {
  ApplicationPolicy,
  encode,
  type ApproveChaincodeDefinitionForMyOrgArgs,
  type ChaincodeDefinition,
  type CommitChaincodeDefinitionArgs,
} from '@passage/ledger';

/** Where a definition names no policy of its own (F:core/chaincode/lifecycle/lifecycle.go). */
const DEFAULT_POLICY = encode(ApplicationPolicy, {
  channelConfigPolicyReference: '/Channel/Application/Endorsement',
});

/** The definition that an operation's argument describes, with Fabric's defaults where it says nothing. */
export function definitionOf(argument: CommitChaincodeDefinitionArgs): ChaincodeDefinition {
  const { sequence, version, initRequired, validationParameter, collections } = argument;
  return {
    sequence,
    version,
    endorsementPlugin: argument.endorsementPlugin || 'escc',
    initRequired,
    validationPlugin: argument.validationPlugin || 'vscc',
    validationParameter: validationParameter.length === 0 ? DEFAULT_POLICY : validationParameter,
    collections: (collections?.config ?? []).flatMap(
      ({ staticCollectionConfig }) => staticCollectionConfig ?? [],
    ),
  };
}

/** The package that an approval names; '' for none. */
export function packageOf({ source }: ApproveChaincodeDefinitionForMyOrgArgs): string {
  return source?.localPackage?.packageId ?? '';
}
