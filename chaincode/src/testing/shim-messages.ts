import { bytes, embedded, enumeration, message, repeated, string } from '@passage/ledger';

/* peer/chaincode_shim.proto, read by another codec than the one that wrote it. */

export const GetStateMultiple = message('protos.GetStateMultiple', {
  keys: repeated(string(1)),
  collection: string(2),
});

export const GetStateMultipleResult = message('protos.GetStateMultipleResult', {
  values: repeated(bytes(1)),
});

const StateMetadata = message('protos.StateMetadata', { metakey: string(1), value: bytes(2) });

const WriteRecord = message('protos.WriteRecord', {
  key: string(1),
  value: bytes(2),
  collection: string(3),
  metadata: embedded(4, StateMetadata),
  type: enumeration(5),
});

export const WriteBatchState = message('protos.WriteBatchState', {
  records: repeated(embedded(1, WriteRecord)),
});
