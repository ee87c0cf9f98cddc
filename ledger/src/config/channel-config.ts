import { LedgerError } from '../errors.js';
import { MspManager } from '../identity/index.js';
import { PolicyTree } from '../policy/index.js';
import {
  ACLs,
  BatchSize,
  BatchTimeout,
  BlockDataHashingStructure,
  Capabilities,
  ChannelRestrictions,
  ConsensusType,
  Consortium,
  HashingAlgorithm,
  OrdererAddresses,
  Orderers,
} from '../proto/index.js';
import { aclPolicyPath } from './acls.js';
import { readCapabilities } from './capabilities.js';
import { readValues } from './group-values.js';
import { MspCollector } from './organizations.js';
import type { SignatureMemo } from '../identity/index.js';
import type { Config, ConfigGroup, Consenter } from '../proto/index.js';
import type { Organization } from './organizations.js';

/** A channel's configuration, read and ready for use. Immutable: an update gives another one. */
export interface ChannelConfig {
  readonly channelId: string;
  readonly sequence: number;
  /** The tree it was read from. */
  readonly group: ConfigGroup;
  readonly msps: MspManager;
  readonly policies: PolicyTree;
  readonly capabilities: {
    readonly channel: ReadonlySet<string>;
    readonly orderer: ReadonlySet<string>;
    readonly application: ReadonlySet<string>;
  };
  /** By group name, which need not be the MSP id. */
  readonly applicationOrganizations: ReadonlyMap<string, Organization>;
  readonly ordererOrganizations: ReadonlyMap<string, Organization>;
  /** `BFT` or `etcdraft`, with metadata of its own kind. */
  readonly consensusType: ConsensusType;
  /** The orderers that sign blocks; only BFT has them. */
  readonly consenters: readonly Consenter[];
  readonly batchSize: BatchSize;
  /** A Go duration. */
  readonly batchTimeout: string;
  /** Path of the policy that guards a resource (`peer/Propose`, `event/Block`…). */
  readonly aclPolicy: (resource: string) => string | undefined;
}

export interface ConfigOptions {
  /** Given to every identity of the channel. */
  readonly memo?: SignatureMemo;
}

/**
 * Reads a channel configuration and checks it as Fabric does when it loads one (common/channelconfig): groups, values,
 * MSPs, policies.
 *
 * @throws LedgerError INVALID_CONFIG, INVALID_MSP or INVALID_POLICY
 */
export function readChannelConfig(
  channelId: string,
  config: Config,
  options: ConfigOptions = {},
): ChannelConfig {
  const group = config.channelGroup;
  if (group === undefined) throw invalid('it has no channel group');
  const values = readChannelValues(group);
  const channel = readCapabilities('channel', values.Capabilities);
  if (channel.has('V3_0') && values.OrdererAddresses?.addresses.length) {
    throw invalid('with V3_0 the addresses of orderers belong to their organisations');
  }
  const collector = new MspCollector({
    ed25519: channel.has('V3_0'),
    ...(options.memo && { memo: options.memo }),
  });
  const { application, acls, applicationOrganizations } = readApplication(group, collector);
  const { orderer, ordererOrganizations, ...ordering } = readOrderer(group, collector);
  return {
    channelId,
    sequence: config.sequence,
    group,
    msps: new MspManager(collector.msps.values()),
    policies: new PolicyTree(group),
    capabilities: { channel, orderer, application },
    applicationOrganizations,
    ordererOrganizations,
    ...ordering,
    aclPolicy: (resource) => aclPolicyPath(acls, resource),
  };
}

const WHOLE_BLOCK = 2 ** 32 - 1;

function readChannelValues(group: ConfigGroup): {
  readonly Capabilities?: Capabilities;
  readonly OrdererAddresses?: OrdererAddresses;
} {
  for (const name of group.groups.keys()) {
    if (!['Application', 'Orderer', 'Consortiums'].includes(name))
      throw invalid(`a group ${name} is not allowed`);
  }
  const values = readValues('/Channel', group, {
    HashingAlgorithm,
    BlockDataHashingStructure,
    OrdererAddresses,
    Orderers,
    Consortium,
    Capabilities,
  });
  if (values.HashingAlgorithm?.name !== 'SHA256') throw invalid('another hash than SHA256 is not supported');
  if (values.BlockDataHashingStructure?.width !== WHOLE_BLOCK)
    throw invalid('the data hash must cover the block');
  return values;
}

function readApplication(
  group: ConfigGroup,
  collector: MspCollector,
): Pick<ChannelConfig, 'applicationOrganizations'> & {
  readonly application: ReadonlySet<string>;
  readonly acls: ReadonlyMap<string, string>;
} {
  const path = '/Channel/Application';
  const inner = group.groups.get('Application');
  if (inner === undefined) throw invalid('it has no Application group');
  const values = readValues(path, inner, { ACLs, Capabilities });
  const acls = [...(values.ACLs?.acls ?? [])].map(
    ([resource, { policyRef }]) => [resource, policyRef] as const,
  );
  return {
    application: readCapabilities('application', values.Capabilities),
    acls: new Map(acls),
    applicationOrganizations: collector.readOrganizations(path, inner),
  };
}

function readOrderer(
  group: ConfigGroup,
  collector: MspCollector,
): Pick<
  ChannelConfig,
  'ordererOrganizations' | 'consensusType' | 'consenters' | 'batchSize' | 'batchTimeout'
> & { readonly orderer: ReadonlySet<string> } {
  const path = '/Channel/Orderer';
  const inner = group.groups.get('Orderer');
  if (inner === undefined) throw invalid('it has no Orderer group');
  const values = readValues(path, inner, {
    ConsensusType,
    BatchSize,
    BatchTimeout,
    ChannelRestrictions,
    Orderers,
    Capabilities,
  });
  if (values.ConsensusType === undefined) throw invalid(`${path} has no ConsensusType`);
  return {
    orderer: readCapabilities('orderer', values.Capabilities),
    consensusType: values.ConsensusType,
    consenters: values.Orderers?.consenterMapping ?? [],
    batchSize: checkedBatchSize(values.BatchSize),
    batchTimeout: values.BatchTimeout?.timeout ?? '',
    ordererOrganizations: collector.readOrganizations(path, inner),
  };
}

function checkedBatchSize(size: BatchSize | undefined): BatchSize {
  const { maxMessageCount = 0, absoluteMaxBytes = 0, preferredMaxBytes = 0 } = size ?? {};
  const isSound = maxMessageCount > 0 && preferredMaxBytes > 0 && preferredMaxBytes <= absoluteMaxBytes;
  if (!isSound)
    throw invalid('the batch size must be positive, the preferred one not above the absolute one');
  return { maxMessageCount, absoluteMaxBytes, preferredMaxBytes };
}

function invalid(why: string): LedgerError {
  return new LedgerError('INVALID_CONFIG', `cannot use the channel configuration: ${why}`);
}
