import { randomBytes } from 'node:crypto';

import {
  ChannelHeader,
  concatBytes,
  ConfigUpdate,
  ConfigUpdateEnvelope,
  encode,
  HeaderType,
  Payload,
  signEnvelope,
  SignatureHeader,
  transactionId,
  type ChannelConfig,
  type ConfigGroup,
  type ConfigPolicy,
  type ConfigValue,
  type Encodable,
  type Policy,
} from '@passage/ledger';

import type { Signer } from '../network.js';

/** An element that the configuration has already and that gets another content. */
export type ElementChange = {
  /** Names of the groups on the way to it, below /Channel. */
  readonly path: readonly string[];
  readonly name: string;
} & ({ readonly value: Uint8Array } | { readonly policy: Policy });

interface Allowed {
  /** Those who allow it. */
  readonly signers: readonly Signer[];
  /** The one who sends it, which needs no say in it. */
  readonly submitter: Signer;
  readonly now: Date;
}

export interface UpdateInput extends Allowed {
  /** The configuration in force, which the update is made for. */
  readonly config: ChannelConfig;
  readonly changes: readonly ElementChange[];
}

interface SigningInput extends Allowed {
  readonly channelId: string;
  /** common.ConfigUpdate bytes. */
  readonly configUpdate: Uint8Array;
}

/** An update as `peer channel signconfigtx` and `peer channel update` make it: common.Envelope bytes of type CONFIG_UPDATE. */
export function buildConfigUpdate({ config, changes, ...allowed }: UpdateInput): Uint8Array {
  const { channelId } = config;
  const configUpdate = encode(ConfigUpdate, {
    channelId,
    readSet: changedTree(config.group, changes, 'read'),
    writeSet: changedTree(config.group, changes, 'write'),
  });
  return signConfigUpdate({ channelId, configUpdate, ...allowed });
}

/** The same around common.ConfigUpdate bytes that are there already. */
export function signConfigUpdate(input: SigningInput): Uint8Array {
  const { channelId, configUpdate, signers, submitter, now } = input;
  const signatures = signers.map((signer) => {
    const signatureHeader = headerOf(signer, randomBytes(24));
    return { signatureHeader, signature: signer.sign(concatBytes(signatureHeader, configUpdate)) };
  });
  const nonce = randomBytes(24);
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.CONFIG_UPDATE,
    timestamp: { seconds: Math.floor(now.getTime() / 1000), nanos: 0 },
    channelId,
    txId: transactionId(nonce, submitter.serialized),
  });
  const header = { channelHeader, signatureHeader: headerOf(submitter, nonce) };
  const data = encode(ConfigUpdateEnvelope, { configUpdate, signatures });
  return signEnvelope(encode(Payload, { header, data }), (bytes) => submitter.sign(bytes));
}

function headerOf({ serialized }: Signer, nonce: Uint8Array): Uint8Array {
  return encode(SignatureHeader, { creator: serialized, nonce });
}

/**
 * The groups on the way to what changes, in the versions they have; in the write set also the changed elements, one version
 * on. What is not named stays as it is (F:internal/configtxlator/update).
 */
function changedTree(
  group: ConfigGroup,
  changes: readonly ElementChange[],
  set: 'read' | 'write',
): Encodable<ConfigGroup> {
  const here = set === 'write' ? changes.filter(({ path }) => path.length === 0) : [];
  const steps = new Set(changes.flatMap(({ path }) => path.slice(0, 1)));
  return {
    version: group.version,
    groups: new Map(
      [...steps].map((step) => {
        const inside = changes
          .filter(({ path }) => path[0] === step)
          .map((change) => ({ ...change, path: change.path.slice(1) }));
        return [step, changedTree(existing(group.groups, step), inside, set)];
      }),
    ),
    values: new Map(here.flatMap((change) => ('value' in change ? [newValue(group, change)] : []))),
    policies: new Map(here.flatMap((change) => ('policy' in change ? [newPolicy(group, change)] : []))),
  };
}

function newValue(
  { values }: ConfigGroup,
  { name, value }: { readonly name: string; readonly value: Uint8Array },
): [string, ConfigValue] {
  const { version, modPolicy } = existing(values, name);
  return [name, { version: version + 1, modPolicy, value }];
}

function newPolicy(
  { policies }: ConfigGroup,
  { name, policy }: { readonly name: string; readonly policy: Policy },
): [string, ConfigPolicy] {
  const { version, modPolicy } = existing(policies, name);
  return [name, { version: version + 1, modPolicy, policy }];
}

function existing<T>(elements: ReadonlyMap<string, T>, name: string): T {
  const element = elements.get(name);
  if (element === undefined) throw new TypeError(`the configuration has no ${name} there`);
  return element;
}
