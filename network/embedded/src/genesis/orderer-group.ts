import {
  BatchSize,
  BatchTimeout,
  bftQuorum,
  Capabilities,
  ChannelRestrictions,
  configGroup,
  configValue,
  ConsensusType,
  encode,
  Orderers,
  outOf,
  signaturePolicy,
  SmartBFTOptions,
  type ConfigGroup,
  type Consenter,
  type Encodable,
  type Policy,
} from '@passage/ledger';

import type { Organization } from '../network.js';
import { ordererOrgGroup } from './organization-groups.js';
import { ORDERER_POLICIES, policiesOf } from './policy-texts.js';

const MEBIBYTE = 1024 * 1024;

/** Bounds of a block. BFT takes the first two and cuts by its own interval; the preferred size is Raft's. */
const BATCH_SIZE = { maxMessageCount: 100, absoluteMaxBytes: 10 * MEBIBYTE, preferredMaxBytes: 2 * MEBIBYTE };

/**
 * Every option of SmartBFT that configtxgen writes: a real orderer refuses to join when one of the durations is missing.
 * Leader rotation stays unspecified, because configtxgen forces it off only after it has written the options.
 */
function smartBftOptions(batchIntervalMs: number): Encodable<SmartBFTOptions> {
  return {
    requestBatchMaxCount: BATCH_SIZE.maxMessageCount,
    requestBatchMaxBytes: BATCH_SIZE.absoluteMaxBytes,
    requestBatchMaxInterval: `${batchIntervalMs}ms`,
    incomingMessageBufferSize: 200,
    requestPoolSize: 100_000,
    requestForwardTimeout: '1s',
    requestComplainTimeout: '3s',
    requestAutoRemoveTimeout: '3m',
    viewChangeResendInterval: '1s',
    viewChangeTimeout: '5s',
    leaderHeartbeatTimeout: '10s',
    leaderHeartbeatCount: 10,
    collectTimeout: '1s',
    syncOnStart: false,
    speedUpViewChange: false,
  };
}

/** The Orderer group: BFT with one consenter for each organisation. */
export function ordererGroup(organizations: readonly Organization[], batchIntervalMs: number): ConfigGroup {
  const metadata = encode(SmartBFTOptions, smartBftOptions(batchIntervalMs));
  const consenterMapping = organizations.map(consenterOf);
  return configGroup({
    groups: Object.fromEntries(organizations.map((org) => [org.mspId, ordererOrgGroup(org)])),
    values: {
      ConsensusType: configValue(ConsensusType, { type: 'BFT', metadata }),
      BatchSize: configValue(BatchSize, BATCH_SIZE),
      BatchTimeout: configValue(BatchTimeout, { timeout: '200ms' }),
      ChannelRestrictions: configValue(ChannelRestrictions, {}),
      Capabilities: configValue(Capabilities, { capabilities: new Map([['V2_0', {}]]) }),
      Orderers: configValue(Orderers, { consenterMapping }),
    },
    policies: { ...policiesOf(ORDERER_POLICIES), BlockValidation: blockValidation(organizations) },
  });
}

/** An organisation's orderer as the mapping of consenters has it. */
export function consenterOf(organization: Organization): Consenter {
  const tls = Buffer.from(organization.serverTls.certificatePem);
  return {
    id: organization.index + 1,
    host: 'localhost',
    port: organization.ports.orderer,
    mspId: organization.mspId,
    identity: Buffer.from(organization.orderer.certificatePem),
    clientTlsCert: tls,
    serverTlsCert: tls,
  };
}

/** A BFT quorum of the consenters by their very certificates (F:common/policies/bft.go). */
function blockValidation(organizations: readonly Organization[]): Policy {
  const quorum = bftQuorum(organizations.length);
  return signaturePolicy(
    outOf(quorum, ...organizations.map(({ orderer }) => ({ identity: orderer.serialized }))),
  );
}
