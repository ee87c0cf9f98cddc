import { bytes, embedded, int32, map, message, repeated, string, uint32, uint64 } from '../codec/index.js';
import type { Decoded, Message } from '../codec/index.js';
import { Envelope } from './common.js';
import { Policy } from './policies.js';

export const ConfigValue = message('common.ConfigValue', {
  version: uint64(1),
  value: bytes(2),
  modPolicy: string(3),
});
export type ConfigValue = Decoded<typeof ConfigValue>;

export const ConfigPolicy = message('common.ConfigPolicy', {
  version: uint64(1),
  policy: embedded(2, Policy),
  modPolicy: string(3),
});
export type ConfigPolicy = Decoded<typeof ConfigPolicy>;

/** A node of the channel configuration's tree. */
export interface ConfigGroup {
  readonly version: number;
  readonly groups: ReadonlyMap<string, ConfigGroup>;
  readonly values: ReadonlyMap<string, ConfigValue>;
  readonly policies: ReadonlyMap<string, ConfigPolicy>;
  readonly modPolicy: string;
}
export const ConfigGroup: Message<ConfigGroup> = message('common.ConfigGroup', {
  version: uint64(1),
  groups: map(2, string, (number) => embedded(number, (): Message<ConfigGroup> => ConfigGroup)),
  values: map(3, string, (number) => embedded(number, ConfigValue)),
  policies: map(4, string, (number) => embedded(number, ConfigPolicy)),
  modPolicy: string(5),
});
export const Config = message('common.Config', {
  sequence: uint64(1),
  channelGroup: embedded(2, ConfigGroup),
});
export type Config = Decoded<typeof Config>;

export const ConfigEnvelope = message('common.ConfigEnvelope', {
  config: embedded(1, Config),
  lastUpdate: embedded(2, Envelope),
});
export type ConfigEnvelope = Decoded<typeof ConfigEnvelope>;

export const ConfigSignature = message('common.ConfigSignature', {
  signatureHeader: bytes(1),
  signature: bytes(2),
});
export type ConfigSignature = Decoded<typeof ConfigSignature>;

export const ConfigUpdateEnvelope = message('common.ConfigUpdateEnvelope', {
  configUpdate: bytes(1),
  signatures: repeated(embedded(2, ConfigSignature)),
});
export type ConfigUpdateEnvelope = Decoded<typeof ConfigUpdateEnvelope>;

export const ConfigUpdate = message('common.ConfigUpdate', {
  channelId: string(1),
  readSet: embedded(2, ConfigGroup),
  writeSet: embedded(3, ConfigGroup),
  isolatedData: map(5, string, bytes),
});
export type ConfigUpdate = Decoded<typeof ConfigUpdate>;

export const HashingAlgorithm = message('common.HashingAlgorithm', {
  name: string(1),
});
export type HashingAlgorithm = Decoded<typeof HashingAlgorithm>;

export const BlockDataHashingStructure = message('common.BlockDataHashingStructure', {
  width: uint32(1),
});
export type BlockDataHashingStructure = Decoded<typeof BlockDataHashingStructure>;

export const OrdererAddresses = message('common.OrdererAddresses', {
  addresses: repeated(string(1)),
});
export type OrdererAddresses = Decoded<typeof OrdererAddresses>;

export const Consenter = message('common.Consenter', {
  id: uint32(1),
  host: string(2),
  port: uint32(3),
  mspId: string(4),
  identity: bytes(5),
  clientTlsCert: bytes(6),
  serverTlsCert: bytes(7),
});
export type Consenter = Decoded<typeof Consenter>;

export const Orderers = message('common.Orderers', {
  consenterMapping: repeated(embedded(1, Consenter)),
});
export type Orderers = Decoded<typeof Orderers>;

export const Consortium = message('common.Consortium', {
  name: string(1),
});
export type Consortium = Decoded<typeof Consortium>;

export const Capability = message('common.Capability', {});

export const Capabilities = message('common.Capabilities', {
  capabilities: map(1, string, (number) => embedded(number, Capability)),
});
export type Capabilities = Decoded<typeof Capabilities>;

export const AnchorPeer = message('protos.AnchorPeer', {
  host: string(1),
  port: int32(2),
});
export type AnchorPeer = Decoded<typeof AnchorPeer>;

export const AnchorPeers = message('protos.AnchorPeers', {
  anchorPeers: repeated(embedded(1, AnchorPeer)),
});
export type AnchorPeers = Decoded<typeof AnchorPeers>;

export const APIResource = message('protos.APIResource', {
  policyRef: string(1),
});
export type APIResource = Decoded<typeof APIResource>;

export const ACLs = message('protos.ACLs', {
  acls: map(1, string, (number) => embedded(number, APIResource)),
});
export type ACLs = Decoded<typeof ACLs>;
