import { decode, encode, equalBytes } from '../codec/index.js';
import { StateData, StateMetadata } from '../proto/index.js';
import { fieldKey, metadataKey } from './keys.js';

/**
 * What _lifecycle needs of a simulation: the chaincode's public state, or an organisation's implicit collection. Reads go
 * through it too, so that they stand in the read set as a peer would record them.
 */
export interface StructureStore {
  get(key: string): Uint8Array | undefined;
  put(key: string, value: Uint8Array): void;
  delete(key: string): void;
}

/** A Go struct as _lifecycle stores it: its type's name, and its fields in the order of their declaration. */
export interface Structure {
  readonly datatype: string;
  readonly fields: readonly (readonly [name: string, data: StateData])[];
}

/**
 * Writes a structure field by field (Fabric: core/chaincode/lifecycle/serializer.go, Serialize): a field that did not change
 * is not written, the metadata only where the set of fields changed, fields of an earlier shape are deleted.
 */
export function storeStructure(
  store: StructureStore,
  space: string,
  name: string,
  structure: Structure,
): void {
  const { datatype, fields } = structure;
  const names = fields.map(([field]) => field);
  const stored = store.get(metadataKey(space, name));
  const before = decode(StateMetadata, stored ?? new Uint8Array());
  const existing = new Map(before.fields.map((field) => [field, store.get(fieldKey(space, name, field))]));

  for (const [field, data] of fields) {
    const value = encode(StateData, data);
    const present = existing.get(field);
    if (present === undefined || !equalBytes(present, value)) store.put(fieldKey(space, name, field), value);
  }
  const obsolete = before.fields.filter((field) => !names.includes(field));
  if (obsolete.length > 0 || before.datatype !== datatype || before.fields.length !== names.length) {
    store.put(metadataKey(space, name), encode(StateMetadata, { datatype, fields: names }));
  }
  for (const field of obsolete) store.delete(fieldKey(space, name, field));
}
