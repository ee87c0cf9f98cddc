import {
  bool,
  bytes,
  embedded,
  enumeration,
  int32,
  message,
  repeated,
  string,
  uint32,
} from '../codec/index.js';
import { Timestamp } from '../proto/index.js';
import type { Decoded } from '../codec/index.js';

/*
 * peer/chaincode_shim.proto: the conversation between a peer and a chaincode. Only what a shim can send or must
 * receive is here; KEEPALIVE is left out on purpose, because fabric-shim 2.5.8 ends its process when it gets one.
 */

export const MessageType = {
  REGISTER: 1,
  REGISTERED: 2,
  INIT: 3,
  READY: 4,
  TRANSACTION: 5,
  COMPLETED: 6,
  ERROR: 7,
  GET_STATE: 8,
  PUT_STATE: 9,
  DEL_STATE: 10,
  INVOKE_CHAINCODE: 11,
  RESPONSE: 13,
  GET_STATE_BY_RANGE: 14,
  GET_QUERY_RESULT: 15,
  QUERY_STATE_NEXT: 16,
  QUERY_STATE_CLOSE: 17,
  GET_HISTORY_FOR_KEY: 19,
  GET_STATE_METADATA: 20,
  PUT_STATE_METADATA: 21,
  GET_PRIVATE_DATA_HASH: 22,
  PURGE_PRIVATE_DATA: 23,
  WRITE_BATCH_STATE: 24,
  GET_STATE_MULTIPLE: 25,
} as const;

/** Name of a message type, as Fabric writes it into its errors. */
export function messageTypeName(type: number): string {
  return Object.entries(MessageType).find(([, value]) => value === type)?.[0] ?? String(type);
}

export type ChaincodeMessage = Decoded<typeof ChaincodeMessage>;
export const ChaincodeMessage = message('protos.ChaincodeMessage', {
  type: enumeration(1),
  payload: bytes(3),
  txId: string(4),
  /** The SignedProposal, as the client sent it. */
  proposal: bytes(5),
  /** A ChaincodeEvent, encoded. */
  chaincodeEvent: bytes(6),
  channelId: string(7),
});

export const GetState = message('protos.GetState', { key: string(1), collection: string(2) });

/** Fabric 3.1: several keys in one request; the values come back in the order of the keys, empty where nothing is stored. */
export const GetStateMultiple = message('protos.GetStateMultiple', {
  keys: repeated(string(1)),
  collection: string(2),
});

export const GetStateMultipleResult = message('protos.GetStateMultipleResult', {
  values: repeated(bytes(1)),
});

export const PutState = message('protos.PutState', {
  key: string(1),
  value: bytes(2),
  collection: string(3),
});

export const DelState = message('protos.DelState', { key: string(1), collection: string(2) });

export type GetStateByRange = Decoded<typeof GetStateByRange>;
export const GetStateByRange = message('protos.GetStateByRange', {
  startKey: string(1),
  endKey: string(2),
  collection: string(3),
  /** A QueryMetadata, encoded. */
  metadata: bytes(4),
});

export type QueryMetadata = Decoded<typeof QueryMetadata>;
export const QueryMetadata = message('protos.QueryMetadata', { pageSize: int32(1), bookmark: string(2) });

/** QueryStateNext and QueryStateClose are alike. */
export const IteratorId = message('protos.QueryStateNext', { id: string(1) });

const QueryResultBytes = message('protos.QueryResultBytes', { resultBytes: bytes(1) });

export const QueryResponse = message('protos.QueryResponse', {
  results: repeated(embedded(1, QueryResultBytes)),
  hasMore: bool(2),
  id: string(3),
  metadata: bytes(4),
});

export const QueryResponseMetadata = message('protos.QueryResponseMetadata', {
  fetchedRecordsCount: int32(1),
  bookmark: string(2),
});

/** One result of a range query (ledger/queryresult/kv_query_result.proto). */
export const KeyValue = message('queryresult.KV', { namespace: string(1), key: string(2), value: bytes(3) });

export const GetHistoryForKey = message('protos.GetHistoryForKey', { key: string(1) });

/** One result of a history query. */
export const KeyModification = message('queryresult.KeyModification', {
  txId: string(1),
  value: bytes(2),
  timestamp: embedded(3, Timestamp),
  isDelete: bool(4),
});

/** GetStateMetadata; PutStateMetadata has the collection at another place. */
export const GetStateMetadata = message('protos.GetStateMetadata', { key: string(1), collection: string(2) });

const StateMetadata = message('protos.StateMetadata', { metakey: string(1), value: bytes(2) });

export const PutStateMetadata = message('protos.PutStateMetadata', {
  key: string(1),
  collection: string(3),
  metadata: embedded(4, StateMetadata),
});

export const StateMetadataResult = message('protos.StateMetadataResult', {
  entries: repeated(embedded(1, StateMetadata)),
});

export type WriteRecord = Decoded<typeof WriteRecord>;
/** One write of a batch; `type` is that of the message which would carry it alone. */
const WriteRecord = message('protos.WriteRecord', {
  key: string(1),
  value: bytes(2),
  collection: string(3),
  metadata: embedded(4, StateMetadata),
  type: enumeration(5),
});

/** Fabric 3.1: several writes in one request, made in their order. */
export const WriteBatchState = message('protos.WriteBatchState', {
  records: repeated(embedded(1, WriteRecord)),
});

/** The payload of READY: what the peer takes beyond the messages of Fabric 2 (F:core/chaincode/handler.go, sendReady). */
export const ChaincodeAdditionalParams = message('protos.ChaincodeAdditionalParams', {
  useWriteBatch: bool(1),
  maxSizeWriteBatch: uint32(2),
  useGetMultipleKeys: bool(3),
  maxSizeGetMultipleKeys: uint32(4),
});
