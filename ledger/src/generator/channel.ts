import { buildGenesisBlockOf, signEnvelope } from '../block/index.js';
import { decode, encode } from '../codec/index.js';
import { configGroup, configValue } from '../config/index.js';
import { bftQuorum } from '../ordering/index.js';
import { implicitMetaPolicy, or, outOf, signaturePolicy, signer } from '../policy/index.js';
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
  SignatureHeader,
} from '../proto/index.js';
import { mspConfig } from './msp-config.js';
import type { RawBlock } from '../block/index.js';
import type { ConfigGroup, ConfigValue, Policy, Timestamp } from '../proto/index.js';
import type { Consortium, Member, Organization } from './consortium.js';

const WHOLE_BLOCK = 2 ** 32 - 1;
const NOTHING = new Uint8Array();

/** Block 0 of a generated channel: BFT, application capability V2_5, every decision by a majority of organisations. */
export function genesisBlock(consortium: Consortium, timestamp: Timestamp): RawBlock {
  const config = { sequence: 0, channelGroup: channelGroup(consortium) };
  return buildGenesisBlockOf(configEnvelope(consortium.channel, { config }, timestamp));
}

/** The CONFIG envelope around a configuration. Nobody signs that of block 0; later ones are an orderer's. */
export function configEnvelope(
  channelId: string,
  envelope: Parameters<typeof encode<ConfigEnvelope>>[1],
  timestamp: Timestamp,
  orderer?: { readonly member: Member; readonly nonce: Uint8Array },
): Uint8Array {
  const { member, nonce = NOTHING } = orderer ?? {};
  const header = {
    channelHeader: encode(ChannelHeader, { type: HeaderType.CONFIG, channelId, timestamp }),
    signatureHeader: encode(SignatureHeader, { creator: member?.identity ?? NOTHING, nonce }),
  };
  const payload = encode(Payload, { header, data: encode(ConfigEnvelope, envelope) });
  return signEnvelope(payload, member?.sign ?? (() => NOTHING));
}

function channelGroup(consortium: Consortium): ConfigGroup {
  return configGroup({
    groups: { Application: applicationGroup(consortium), Orderer: ordererGroup(consortium) },
    values: {
      HashingAlgorithm: configValue(HashingAlgorithm, { name: 'SHA256' }),
      BlockDataHashingStructure: configValue(BlockDataHashingStructure, { width: WHOLE_BLOCK }),
      Capabilities: capability('V3_0'),
    },
    policies: metaPolicies(),
  });
}

function applicationGroup({ organizations }: Consortium): ConfigGroup {
  return configGroup({
    groups: Object.fromEntries(organizations.map((member) => [member.name, organizationGroup(member)])),
    values: { Capabilities: capability('V2_5') },
    policies: {
      ...metaPolicies(),
      Endorsement: implicitMetaPolicy('MAJORITY', 'Endorsement'),
      LifecycleEndorsement: implicitMetaPolicy('MAJORITY', 'Endorsement'),
    },
  });
}

function ordererGroup({ organizations, consenters }: Consortium): ConfigGroup {
  const addresses = { Endpoints: configValue(OrdererAddresses, { addresses: ['localhost:7050'] }) };
  const quorum = outOf(bftQuorum(consenters.length), ...consenters.map(({ identity }) => ({ identity })));
  const consenterMapping = consenters.map(({ id, mspId, pem }) => ({ id, mspId, identity: pem }));
  return configGroup({
    groups: Object.fromEntries(
      organizations.map((member) => [member.name, organizationGroup(member, addresses)]),
    ),
    values: {
      ConsensusType: configValue(ConsensusType, { type: 'BFT' }),
      Orderers: configValue(Orderers, { consenterMapping }),
      BatchSize: configValue(BatchSize, {
        maxMessageCount: 500,
        absoluteMaxBytes: 10 << 20,
        preferredMaxBytes: 2 << 20,
      }),
      BatchTimeout: configValue(BatchTimeout, { timeout: '200ms' }),
      Capabilities: capability('V2_0'),
    },
    policies: { ...metaPolicies(), BlockValidation: signaturePolicy(quorum) },
  });
}

function organizationGroup(
  organization: Organization,
  values: Readonly<Record<string, ConfigValue>> = {},
): ConfigGroup {
  const { mspId } = organization;
  return configGroup({
    values: { MSP: configValue(MSPConfig, decode(MSPConfig, mspConfig(mspId, organization.ca))), ...values },
    policies: {
      Readers: signaturePolicy(signer(mspId, 'member')),
      Writers: signaturePolicy(
        or(...(['admin', 'client', 'orderer'] as const).map((role) => signer(mspId, role))),
      ),
      Admins: signaturePolicy(signer(mspId, 'admin')),
      Endorsement: signaturePolicy(signer(mspId, 'peer')),
    },
  });
}

function metaPolicies(): Record<string, Policy> {
  return {
    Readers: implicitMetaPolicy('ANY', 'Readers'),
    Writers: implicitMetaPolicy('ANY', 'Writers'),
    Admins: implicitMetaPolicy('MAJORITY', 'Admins'),
  };
}

function capability(name: string): ConfigValue {
  return configValue(Capabilities, { capabilities: new Map([[name, {}]]) });
}
