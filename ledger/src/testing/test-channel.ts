import { signEnvelope } from '../block/index.js';
import { decode, encode } from '../codec/index.js';
import { configGroup, configValue } from '../config/index.js';
import { serializeIdentity } from '../identity/index.js';
import { implicitMetaPolicy, outOf, parsePolicy, signaturePolicy } from '../policy/index.js';
import {
  BatchSize,
  BatchTimeout,
  BlockDataHashingStructure,
  Capabilities,
  ChannelHeader,
  ConfigEnvelope,
  ConsensusType,
  HashingAlgorithm,
  HeaderType,
  MSPConfig,
  OrdererAddresses,
  Orderers,
  Payload,
} from '../proto/index.js';
import { issue } from './certificates.js';
import { mspConfig, testCa } from './test-msp.js';
import type { GroupParts } from '../config/index.js';
import type { ConfigGroup, ConfigValue } from '../proto/index.js';
import type { TestIdentity } from './certificates.js';

// A channel `ch` of two organisations, each with a CA, an admin and two BFT orderers: ids 1 and 2 of AMSP, 3 and 4 of BMSP.

const cas: Readonly<Record<string, TestIdentity>> = { AMSP: testCa(), BMSP: testCa() };

export const names = Object.keys(cas);

export const admins: Readonly<Record<string, TestIdentity>> = Object.fromEntries(
  names.map((name) => [name, issue(cas[name], { units: ['admin'] })]),
);

export const consenters: readonly {
  readonly id: number;
  readonly mspId: string;
  readonly identity: TestIdentity;
}[] = ['AMSP', 'AMSP', 'BMSP', 'BMSP'].map((mspId, i) => ({
  id: i + 1,
  mspId,
  identity: issue(cas[mspId], { units: ['orderer'] }),
}));

export const capabilities = (name: string): ConfigValue =>
  configValue(Capabilities, { capabilities: new Map([[name, {}]]) });
export const sizes = (count: number): BatchSize => ({
  maxMessageCount: count,
  absoluteMaxBytes: 1000,
  preferredMaxBytes: 500,
});

function organizations(values: GroupParts['values'] = {}): Record<string, ConfigGroup> {
  const group = (name: string): ConfigGroup =>
    configGroup({
      values: { MSP: configValue(MSPConfig, decode(MSPConfig, mspConfig(name, cas[name]!))), ...values },
      policies: { Admins: signaturePolicy(parsePolicy(`'${name}.admin'`)) },
    });
  return Object.fromEntries(names.map((name) => [name, group(name)]));
}

const both = signaturePolicy(parsePolicy("AND('AMSP.admin','BMSP.admin')"));

export function channelGroup(): ConfigGroup {
  const endpoints = configValue(OrdererAddresses, { addresses: ['localhost:7400'] });
  const orderers = consenters.map(({ mspId, identity }) => ({
    identity: serializeIdentity(mspId, identity.pem),
  }));
  const orderer = configGroup({
    groups: organizations({ Endpoints: endpoints }),
    values: {
      ConsensusType: configValue(ConsensusType, { type: 'BFT' }),
      Orderers: configValue(Orderers, {
        consenterMapping: consenters.map(({ id, mspId, identity }) => ({
          id,
          mspId,
          identity: identity.pem,
        })),
      }),
      BatchSize: configValue(BatchSize, sizes(10)),
      BatchTimeout: configValue(BatchTimeout, { timeout: '50ms' }),
      Capabilities: capabilities('V2_0'),
    },
    policies: { Admins: both, BlockValidation: signaturePolicy(outOf(3, ...orderers)) },
  });
  const application = configGroup({
    groups: organizations(),
    values: { Capabilities: capabilities('V2_5') },
    policies: { Admins: implicitMetaPolicy('MAJORITY', 'Admins') },
  });
  return configGroup({
    groups: { Application: application, Orderer: orderer },
    values: {
      HashingAlgorithm: configValue(HashingAlgorithm, { name: 'SHA256' }),
      BlockDataHashingStructure: configValue(BlockDataHashingStructure, { width: 2 ** 32 - 1 }),
      Capabilities: capabilities('V3_0'),
    },
    policies: { Admins: both },
  });
}

export function envelopeOf(type: number, data: Uint8Array): Uint8Array {
  const header = {
    channelHeader: encode(ChannelHeader, { type, channelId: 'ch' }),
    signatureHeader: new Uint8Array(0),
  };
  return signEnvelope(encode(Payload, { header, data }), () => new Uint8Array(0));
}

/** The envelope of the channel's first configuration. */
export function genesis(group = channelGroup()): Uint8Array {
  return envelopeOf(
    HeaderType.CONFIG,
    encode(ConfigEnvelope, { config: { sequence: 0, channelGroup: group } }),
  );
}
