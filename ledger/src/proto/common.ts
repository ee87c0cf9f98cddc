import {
  bytes,
  embedded,
  enumeration,
  int32,
  int64,
  message,
  repeated,
  string,
  uint32,
  uint64,
} from '../codec/index.js';
import type { Decoded } from '../codec/index.js';

/** Type of an envelope, in its channel header. */
export const HeaderType = {
  MESSAGE: 0,
  CONFIG: 1,
  CONFIG_UPDATE: 2,
  ENDORSER_TRANSACTION: 3,
  ORDERER_TRANSACTION: 4,
  DELIVER_SEEK_INFO: 5,
  CHAINCODE_PACKAGE: 6,
} as const;

/** Places in a block's metadata. The last two are written by peers and signed by nobody. */
export const BlockMetadataIndex = {
  SIGNATURES: 0,
  LAST_CONFIG: 1,
  TRANSACTIONS_FILTER: 2,
  ORDERER: 3,
  COMMIT_HASH: 4,
} as const;

/** Seconds and nanoseconds since 1970-01-01T00:00:00Z. */
export const Timestamp = message(
  'google.protobuf.Timestamp',
  {
    seconds: int64(1),
    nanos: int32(2),
  },
  (next) => ({ seconds: next.integer(1), nanos: next.integer(2) }),
);
export type Timestamp = Decoded<typeof Timestamp>;

export const ChannelHeader = message(
  'common.ChannelHeader',
  {
    type: enumeration(1),
    version: int32(2),
    timestamp: embedded(3, Timestamp),
    channelId: string(4),
    txId: string(5),
    epoch: uint64(6),
    extension: bytes(7),
    tlsCertHash: bytes(8),
  },
  (next) => {
    const [type, version] = [next.integer(1), next.integer(2)];
    const timestamp = next.message(3, Timestamp);
    const channelId = next.string(4);
    const txId = next.string(5);
    const epoch = next.integer(6);
    const extension = next.bytes(7);
    const tlsCertHash = next.bytes(8);
    return timestamp === undefined
      ? { type, version, channelId, txId, epoch, extension, tlsCertHash }
      : { type, version, timestamp, channelId, txId, epoch, extension, tlsCertHash };
  },
);
export type ChannelHeader = Decoded<typeof ChannelHeader>;

export const SignatureHeader = message(
  'common.SignatureHeader',
  {
    creator: bytes(1),
    nonce: bytes(2),
  },
  (next) => ({ creator: next.bytes(1), nonce: next.bytes(2) }),
);
export type SignatureHeader = Decoded<typeof SignatureHeader>;

export const Header = message(
  'common.Header',
  {
    channelHeader: bytes(1),
    signatureHeader: bytes(2),
  },
  (next) => ({ channelHeader: next.bytes(1), signatureHeader: next.bytes(2) }),
);
export type Header = Decoded<typeof Header>;

export const Payload = message(
  'common.Payload',
  {
    header: embedded(1, Header),
    data: bytes(2),
  },
  (next) => {
    const header = next.message(1, Header);
    const data = next.bytes(2);
    return header === undefined ? { data } : { header, data };
  },
);
export type Payload = Decoded<typeof Payload>;

export const Envelope = message(
  'common.Envelope',
  {
    payload: bytes(1),
    signature: bytes(2),
  },
  (next) => ({ payload: next.bytes(1), signature: next.bytes(2) }),
);
export type Envelope = Decoded<typeof Envelope>;

export const BlockHeader = message(
  'common.BlockHeader',
  {
    number: uint64(1),
    previousHash: bytes(2),
    dataHash: bytes(3),
  },
  (next) => ({ number: next.integer(1), previousHash: next.bytes(2), dataHash: next.bytes(3) }),
);
export type BlockHeader = Decoded<typeof BlockHeader>;

export const BlockData = message(
  'common.BlockData',
  {
    data: repeated(bytes(1)),
  },
  (next) => ({ data: next.severalBytes(1) }),
);
export type BlockData = Decoded<typeof BlockData>;

export const BlockMetadata = message(
  'common.BlockMetadata',
  {
    metadata: repeated(bytes(1)),
  },
  (next) => ({ metadata: next.severalBytes(1) }),
);
export type BlockMetadata = Decoded<typeof BlockMetadata>;

export const Block = message(
  'common.Block',
  {
    header: embedded(1, BlockHeader),
    data: embedded(2, BlockData),
    metadata: embedded(3, BlockMetadata),
  },
  (next) => {
    const header = next.message(1, BlockHeader);
    const data = next.message(2, BlockData);
    const metadata = next.message(3, BlockMetadata);
    return { ...(header && { header }), ...(data && { data }), ...(metadata && { metadata }) };
  },
);
export type Block = Decoded<typeof Block>;

/** Who signed a block, by consenter id (BFT); stands where `signatureHeader` stands otherwise. */
export const IdentifierHeader = message(
  'common.IdentifierHeader',
  {
    identifier: uint32(1),
    nonce: bytes(2),
  },
  (next) => ({ identifier: next.integer(1), nonce: next.bytes(2) }),
);
export type IdentifierHeader = Decoded<typeof IdentifierHeader>;

export const MetadataSignature = message(
  'common.MetadataSignature',
  {
    signatureHeader: bytes(1),
    signature: bytes(2),
    identifierHeader: bytes(3),
  },
  (next) => ({
    signatureHeader: next.bytes(1),
    signature: next.bytes(2),
    identifierHeader: next.bytes(3),
  }),
);
export type MetadataSignature = Decoded<typeof MetadataSignature>;

export const Metadata = message(
  'common.Metadata',
  {
    value: bytes(1),
    signatures: repeated(embedded(2, MetadataSignature)),
  },
  (next) => ({ value: next.bytes(1), signatures: next.messages(2, MetadataSignature) }),
);
export type Metadata = Decoded<typeof Metadata>;

export const LastConfig = message('common.LastConfig', {
  index: uint64(1),
});
export type LastConfig = Decoded<typeof LastConfig>;

export const OrdererBlockMetadata = message('common.OrdererBlockMetadata', {
  lastConfig: embedded(1, LastConfig),
  consenterMetadata: bytes(2),
});
export type OrdererBlockMetadata = Decoded<typeof OrdererBlockMetadata>;

export const BootstrappingSnapshotInfo = message('common.BootstrappingSnapshotInfo', {
  lastBlockInSnapshot: uint64(1),
});
export type BootstrappingSnapshotInfo = Decoded<typeof BootstrappingSnapshotInfo>;

export const BlockchainInfo = message('common.BlockchainInfo', {
  height: uint64(1),
  currentBlockHash: bytes(2),
  previousBlockHash: bytes(3),
  bootstrappingSnapshotInfo: embedded(4, BootstrappingSnapshotInfo),
});
export type BlockchainInfo = Decoded<typeof BlockchainInfo>;
