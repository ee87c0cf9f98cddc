import { decode, encode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { serializeIdentity } from '../identity/index.js';
import { bftQuorum } from '../ordering/quorum.js';
import { outOf, signaturePolicy } from '../policy/index.js';
import { AnchorPeers, FabricMSPConfig, MSPConfig, OrdererAddresses, Orderers } from '../proto/index.js';
import { configValue } from './build-config.js';
import { withAnother, withOther } from './join-policies.js';
import type { AnchorPeer, ConfigGroup, ConfigPolicy, ConfigValue, Consenter } from '../proto/index.js';

/** What the configuration has to know of an organisation that joins. Certificates are PEM. */
export interface JoiningOrganization {
  readonly mspId: string;
  readonly rootCerts: readonly Uint8Array[];
  readonly tlsRootCerts: readonly Uint8Array[];
  readonly anchorPeer: AnchorPeer;
}

/** Says who endorses where a definition does not: a new organisation does not change that. */
const ENDORSEMENT = 'Endorsement';

/**
 * The configuration with one more organisation in the Application group: it may do whatever the organisation `like` may. Its
 * own policies are the other's with its own name, and it stands beside the other in those policies of the channel that ask for
 * some of a list. Both groups are called as their MSP.
 *
 * @param channel the group of the configuration in force
 * @throws LedgerError INVALID_CONFIG where there is no organisation `like`
 */
export function withMember(channel: ConfigGroup, like: string, joining: JoiningOrganization): ConfigGroup {
  const { mspId } = joining;
  const extend = (group: ConfigGroup): ConfigGroup => ({
    ...group,
    policies: mapPolicies(group, (name, entry) =>
      name === ENDORSEMENT ? entry : mapPolicy(entry, (policy) => withAnother(policy, like, mspId)),
    ),
  });
  const application = extend(inner(channel, 'Application'));
  const template = inner(application, like);
  const member = sibling(template, like, mspId, {
    MSP: mspLike(template, joining),
    AnchorPeers: configValue(AnchorPeers, { anchorPeers: [joining.anchorPeer] }),
  });
  return withGroups(extend(channel), {
    Application: withGroups(application, { [mspId]: member }),
    Orderer: extend(inner(channel, 'Orderer')),
  });
}

/**
 * The configuration with a member in the Orderer group, too: its orderer may fetch blocks, but signs none yet.
 *
 * @param endpoint `host:port` of its orderer
 * @throws LedgerError INVALID_CONFIG
 */
export function withOrderer(
  channel: ConfigGroup,
  like: string,
  mspId: string,
  endpoint: string,
): ConfigGroup {
  const orderer = inner(channel, 'Orderer');
  const msp = inner(inner(channel, 'Application'), mspId).values.get('MSP');
  if (msp === undefined) throw missing(`an MSP of ${mspId}`);
  const member = sibling(inner(orderer, like), like, mspId, {
    // Byte-identical in both groups, or nobody could load the configuration (common/channelconfig/msp.go).
    MSP: { ...msp, version: 0 },
    Endpoints: configValue(OrdererAddresses, { addresses: [endpoint] }),
  });
  return withGroups(channel, { Orderer: withGroups(orderer, { [mspId]: member }) });
}

/**
 * The configuration with one more BFT consenter, and with the quorum of so many: `BlockValidation` asks for
 * {@link bftQuorum} of the consenters' own identities (common/policies/bft.go, EncodeBFTBlockVerificationPolicy).
 *
 * @throws LedgerError INVALID_CONFIG where the orderers are not BFT
 */
export function withConsenter(channel: ConfigGroup, consenter: Consenter): ConfigGroup {
  const orderer = inner(channel, 'Orderer');
  const mapping = orderer.values.get('Orderers');
  const validation = orderer.policies.get('BlockValidation');
  if (mapping === undefined || validation === undefined) throw missing('a mapping of BFT consenters');
  const consenterMapping = [...decode(Orderers, mapping.value).consenterMapping, consenter];
  const identities = consenterMapping.map(({ mspId, identity }) => ({
    identity: serializeIdentity(mspId, identity),
  }));
  const policy = signaturePolicy(outOf(bftQuorum(identities.length), ...identities));
  return withGroups(channel, {
    Orderer: {
      ...orderer,
      values: new Map([
        ...orderer.values,
        ['Orderers', { ...mapping, value: encode(Orderers, { consenterMapping }) }],
      ]),
      policies: new Map([...orderer.policies, ['BlockValidation', { ...validation, policy }]]),
    },
  });
}

/** An organisation's group after the model of another's: its policies with the new name, and these values. */
function sibling(
  template: ConfigGroup,
  like: string,
  mspId: string,
  values: Readonly<Record<string, ConfigValue>>,
): ConfigGroup {
  const policies = mapPolicies(template, (_, entry) =>
    mapPolicy({ ...entry, version: 0 }, (policy) => withOther(policy, like, mspId)),
  );
  return { ...template, version: 0, groups: new Map(), values: new Map(Object.entries(values)), policies };
}

/** An MSP that tells roles and hashes as the other's does, over its own roots. */
function mspLike(template: ConfigGroup, joining: JoiningOrganization): ConfigValue {
  const value = template.values.get('MSP');
  if (value === undefined) throw missing('an MSP');
  const outer = decode(MSPConfig, value.value);
  const { cryptoConfig, fabricNodeOus } = decode(FabricMSPConfig, outer.config);
  const config = encode(FabricMSPConfig, {
    name: joining.mspId,
    rootCerts: joining.rootCerts,
    tlsRootCerts: joining.tlsRootCerts,
    ...(cryptoConfig !== undefined && { cryptoConfig }),
    ...(fabricNodeOus !== undefined && { fabricNodeOus }),
  });
  return { ...value, version: 0, value: encode(MSPConfig, { type: outer.type, config }) };
}

function inner(group: ConfigGroup, name: string): ConfigGroup {
  const found = group.groups.get(name);
  if (found === undefined) throw missing(`a group ${name}`);
  return found;
}

function withGroups(group: ConfigGroup, groups: Readonly<Record<string, ConfigGroup>>): ConfigGroup {
  return { ...group, groups: new Map([...group.groups, ...Object.entries(groups)]) };
}

function mapPolicies(
  { policies }: ConfigGroup,
  change: (name: string, entry: ConfigPolicy) => ConfigPolicy,
): Map<string, ConfigPolicy> {
  return new Map([...policies].map(([name, entry]) => [name, change(name, entry)]));
}

function mapPolicy(
  entry: ConfigPolicy,
  change: (policy: NonNullable<ConfigPolicy['policy']>) => NonNullable<ConfigPolicy['policy']>,
): ConfigPolicy {
  return entry.policy === undefined ? entry : { ...entry, policy: change(entry.policy) };
}

function missing(what: string): LedgerError {
  return new LedgerError('INVALID_CONFIG', `an organisation cannot join: the configuration has no ${what}`);
}
