/** Where _lifecycle keeps definitions in its public state (Fabric: core/chaincode/lifecycle/lifecycle.go). */
export const DEFINITIONS = 'namespaces';
/** Where an approval names the installed package, in the organisation's implicit collection. */
export const CHAINCODE_SOURCES = 'chaincode-sources';

/** Key of the metadata that names the fields of a stored structure (Fabric: lifecycle/serializer.go, MetadataKey). */
export function metadataKey(space: string, name: string): string {
  return `${space}/metadata/${name}`;
}

/** Key of one field of a stored structure (Fabric: lifecycle/serializer.go, FieldKey). */
export function fieldKey(space: string, name: string, field: string): string {
  return `${space}/fields/${name}/${field}`;
}

/**
 * Key of the sequence of a chaincode's definition. Every run of the chaincode reads it, so that a transaction endorsed before
 * a change of the definition does not outlive it (Fabric: lifecycle/endorsement_info.go, CachedChaincodeInfo).
 */
export function sequenceKey(chaincode: string): string {
  return fieldKey(DEFINITIONS, chaincode, 'Sequence');
}

const IMPLICIT_PREFIX = '_implicit_org_';

/** Name of the collection that every organisation has without defining it. */
export function implicitCollection(mspId: string): string {
  return IMPLICIT_PREFIX + mspId;
}

/** The organisation whose implicit collection this is, or undefined for a defined collection. */
export function implicitCollectionOwner(collection: string): string | undefined {
  return collection.startsWith(IMPLICIT_PREFIX) ? collection.slice(IMPLICIT_PREFIX.length) : undefined;
}
