import { decode } from '../codec/index.js';
import {
  ChaincodeEndorsementInfo,
  ChaincodeValidationInfo,
  CollectionConfigPackage,
  StateData,
  StateMetadata,
} from '../proto/index.js';
import { LIFECYCLE_NAMESPACE } from '../state/index.js';
import { DEFINITIONS, fieldKey, metadataKey } from './keys.js';
import type { StaticCollectionConfig } from '../proto/index.js';
import type { StateReader } from '../state/index.js';

/** A chaincode as the channel's organisations agreed on it. */
export interface ChaincodeDefinition {
  readonly sequence: number;
  readonly version: string;
  readonly endorsementPlugin: string;
  readonly initRequired: boolean;
  readonly validationPlugin: string;
  /** Bytes of an ApplicationPolicy: who must endorse. */
  readonly validationParameter: Uint8Array;
  readonly collections: readonly StaticCollectionConfig[];
}

/** Datatype under which a committed definition is stored. */
export const DEFINITION_TYPE = 'ChaincodeDefinition';

/**
 * The committed definition of a chaincode, or undefined where there is none
 * (Fabric: core/chaincode/lifecycle/lifecycle.go, ChaincodeDefinitionIfDefined).
 *
 * @throws LedgerError MALFORMED_MESSAGE if a stored field is not what it should be, which takes as many organisations as
 *   a definition takes.
 */
export function readDefinition(state: StateReader, chaincode: string): ChaincodeDefinition | undefined {
  const stored = (key: string): Uint8Array | undefined => state.get(LIFECYCLE_NAMESPACE, key)?.value;
  const metadata = stored(metadataKey(DEFINITIONS, chaincode));
  if (metadata === undefined || decode(StateMetadata, metadata).datatype !== DEFINITION_TYPE)
    return undefined;

  const field = (name: string): StateData =>
    decode(StateData, stored(fieldKey(DEFINITIONS, chaincode, name)) ?? NOTHING);
  const endorsement = decode(ChaincodeEndorsementInfo, field('EndorsementInfo').bytes ?? NOTHING);
  const validation = decode(ChaincodeValidationInfo, field('ValidationInfo').bytes ?? NOTHING);
  const collections = decode(CollectionConfigPackage, field('Collections').bytes ?? NOTHING);
  return {
    sequence: field('Sequence').int64 ?? 0,
    version: endorsement.version,
    endorsementPlugin: endorsement.endorsementPlugin,
    initRequired: endorsement.initRequired,
    validationPlugin: validation.validationPlugin,
    validationParameter: validation.validationParameter,
    collections: collections.config.flatMap(({ staticCollectionConfig }) => staticCollectionConfig ?? []),
  };
}

const NOTHING = new Uint8Array();

/** The collection of this name in a definition; implicit collections stand in no definition. */
export function findCollection(
  definition: ChaincodeDefinition,
  collection: string,
): StaticCollectionConfig | undefined {
  return definition.collections.find(({ name }) => name === collection);
}
