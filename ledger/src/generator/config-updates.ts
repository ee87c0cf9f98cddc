import { signEnvelope } from '../block/index.js';
import { concatBytes, decode, encode } from '../codec/index.js';
import { proposeConfigUpdate } from '../config/index.js';
import {
  BatchSize,
  ChannelHeader,
  ConfigUpdate,
  ConfigUpdateEnvelope,
  Envelope,
  HeaderType,
  Payload,
  SignatureHeader,
} from '../proto/index.js';
import { configEnvelope } from './channel.js';
import { revocationList } from './certificates.js';
import { mspConfig } from './msp-config.js';
import type { ChannelConfig } from '../config/index.js';
import type { Encodable } from '../codec/index.js';
import type { ConfigGroup, ConfigValue, Timestamp } from '../proto/index.js';
import type { Consortium, Member, Organization } from './consortium.js';

/** A value of the configuration to be replaced: its group below the channel, its name, its new bytes. */
export interface ValueChange {
  readonly path: readonly string[];
  readonly name: string;
  readonly value: Uint8Array;
}

/** Where, when and by whom an update is made. */
export interface UpdateContext {
  readonly consortium: Consortium;
  readonly config: ChannelConfig;
  readonly signers: readonly Member[];
  readonly timestamp: Timestamp;
  readonly nonce: Uint8Array;
}

/** An update that changes nothing of weight: another number of transactions per block. */
export function batchSizeChange({ batchSize }: ChannelConfig): ValueChange[] {
  const maxMessageCount = batchSize.maxMessageCount + 1;
  const value = encode(BatchSize, { ...batchSize, maxMessageCount });
  return [{ path: ['Orderer'], name: 'BatchSize', value }];
}

/** An update that revokes certificates of an organisation, in both of its groups. */
export function revocation(organization: Organization, revoked: readonly Member[]): ValueChange[] {
  const list = revocationList(
    organization.ca,
    revoked.map(({ certificate }) => certificate),
  );
  const value = mspConfig(organization.mspId, organization.ca, { revocationList: [list] });
  return ['Application', 'Orderer'].map((group) => ({
    path: [group, organization.name],
    name: 'MSP',
    value,
  }));
}

/**
 * The CONFIG envelope that an orderer makes of an update. Nobody asks here whether the signers may change what they change,
 * as orderers must: so that a chain can be made whose orderers did not.
 */
export function updateConfig(context: UpdateContext, changes: readonly ValueChange[]): Uint8Array {
  const { consortium, config, timestamp, nonce } = context;
  const [member] = consortium.consenters;
  const everybody = consortium.organizations.map(({ admin }) => admin);
  const { config: next } = proposeConfigUpdate(
    config,
    signedUpdate({ ...context, signers: everybody }, changes),
  );
  const lastUpdate = decode(Envelope, signedUpdate(context, changes));
  return configEnvelope(
    consortium.channel,
    { config: next, lastUpdate },
    timestamp,
    member && { member, nonce },
  );
}

function signedUpdate(
  { consortium, config, signers, timestamp, nonce }: UpdateContext,
  changes: readonly ValueChange[],
): Uint8Array {
  const channelId = consortium.channel;
  const configUpdate = encode(ConfigUpdate, {
    channelId,
    readSet: changedTree(config.group, changes, false),
    writeSet: changedTree(config.group, changes, true),
  });
  const signatures = signers.map(({ identity, sign }) => {
    const signatureHeader = encode(SignatureHeader, { creator: identity, nonce });
    return { signatureHeader, signature: sign(concatBytes(signatureHeader, configUpdate)) };
  });
  const [submitter] = signers;
  const header = {
    channelHeader: encode(ChannelHeader, { type: HeaderType.CONFIG_UPDATE, channelId, timestamp }),
    signatureHeader: encode(SignatureHeader, { creator: submitter?.identity ?? new Uint8Array(), nonce }),
  };
  const payload = encode(Payload, {
    header,
    data: encode(ConfigUpdateEnvelope, { configUpdate, signatures }),
  });
  return signEnvelope(payload, submitter?.sign ?? (() => new Uint8Array()));
}

/** The groups on the way to what changes, with their versions, and in the write set the new values themselves. */
function changedTree(
  group: ConfigGroup,
  changes: readonly ValueChange[],
  isWriteSet: boolean,
): Encodable<ConfigGroup> {
  const inner = new Map<string, ValueChange[]>();
  const values = new Map<string, ConfigValue>();
  for (const { path, name, value } of changes) {
    const [step, ...rest] = path;
    const before = group.values.get(name);
    if (step !== undefined) inner.set(step, [...(inner.get(step) ?? []), { path: rest, name, value }]);
    else if (isWriteSet && before) values.set(name, { ...before, version: before.version + 1, value });
  }
  const groups = new Map(
    [...inner].flatMap(([step, below]) => {
      const next = group.groups.get(step);
      return next === undefined ? [] : [[step, changedTree(next, below, isWriteSet)] as const];
    }),
  );
  return { version: group.version, groups, values };
}
