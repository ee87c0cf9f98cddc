import {
  ACLs,
  BlockDataHashingStructure,
  buildGenesisBlockOf,
  Capabilities,
  ChannelHeader,
  ConfigEnvelope,
  configGroup,
  configValue,
  encode,
  Envelope,
  HashingAlgorithm,
  HeaderType,
  Payload,
  SignatureHeader,
  transactionId,
  type ConfigGroup,
  type RawBlock,
} from '@passage/ledger';

import type { Organization } from '../network.js';
import { ordererGroup } from './orderer-group.js';
import { applicationOrgGroup } from './organization-groups.js';
import { APPLICATION_POLICIES, CHANNEL_POLICIES, policiesOf } from './policy-texts.js';

/** Everything that a genesis block is made from. */
export interface GenesisInput {
  readonly channel: string;
  readonly organizations: readonly Organization[];
  /** SmartBFT's RequestBatchMaxInterval: how long a request waits for company, in milliseconds. */
  readonly batchIntervalMs: number;
  /** 24 random bytes. */
  readonly nonce: Uint8Array;
  readonly now: Date;
}

/** Data hash over all envelopes at once; the only width that Fabric knows. */
const FLAT = 0xffff_ffff;

/** Block 0 of a channel with the design's policies, as configtxgen writes it. Pure: the same input gives the same bytes. */
export function buildGenesisBlock(input: GenesisInput): RawBlock {
  const config = { channelGroup: channelGroup(input) };
  const data = encode(ConfigEnvelope, { config });
  const header = {
    channelHeader: channelHeader(input),
    signatureHeader: encode(SignatureHeader, { nonce: input.nonce }),
  };
  // Nobody signs block 0: whoever relies on it has got its hash by another way.
  return buildGenesisBlockOf(encode(Envelope, { payload: encode(Payload, { header, data }) }));
}

function channelHeader({ channel, nonce, now }: GenesisInput): Uint8Array {
  return encode(ChannelHeader, {
    type: HeaderType.CONFIG,
    version: 1,
    timestamp: { seconds: Math.floor(now.getTime() / 1000), nanos: 0 },
    channelId: channel,
    txId: transactionId(nonce, new Uint8Array(0)),
  });
}

function channelGroup({ organizations, batchIntervalMs }: GenesisInput): ConfigGroup {
  return configGroup({
    groups: {
      Application: applicationGroup(organizations),
      Orderer: ordererGroup(organizations, batchIntervalMs),
    },
    values: {
      HashingAlgorithm: configValue(HashingAlgorithm, { name: 'SHA256' }),
      BlockDataHashingStructure: configValue(BlockDataHashingStructure, { width: FLAT }),
      Capabilities: configValue(Capabilities, { capabilities: new Map([['V3_0', {}]]) }),
    },
    policies: policiesOf(CHANNEL_POLICIES),
  });
}

function applicationGroup(organizations: readonly Organization[]): ConfigGroup {
  return configGroup({
    groups: Object.fromEntries(organizations.map((org) => [org.mspId, applicationOrgGroup(org)])),
    values: {
      Capabilities: configValue(Capabilities, { capabilities: new Map([['V2_5', {}]]) }),
      // Whoever may read may ask a peer to run a proposal, so that the auditor's clients can evaluate.
      ACLs: configValue(ACLs, {
        acls: new Map([['peer/Propose', { policyRef: '/Channel/Application/Readers' }]]),
      }),
    },
    policies: policiesOf(APPLICATION_POLICIES),
  });
}
