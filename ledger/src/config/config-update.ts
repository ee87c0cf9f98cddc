import { readEnvelope } from '../block/index.js';
import { concatBytes, decode, encode, equalBytes } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { validSigners } from '../policy/index.js';
import {
  ConfigGroup,
  ConfigUpdate,
  ConfigUpdateEnvelope,
  Envelope,
  HeaderType,
  SignatureHeader,
} from '../proto/index.js';
import { readChannelConfig } from './channel-config.js';
import { checkModPolicy, elementsOf, treeOf } from './config-elements.js';
import type { Identity } from '../identity/index.js';
import type { CompiledPolicy, SignedData } from '../policy/index.js';
import type { ConfigEnvelope } from '../proto/index.js';
import type { ChannelConfig, ConfigOptions } from './channel-config.js';
import type { ConfigElement, ConfigElements } from './config-elements.js';

/**
 * What the configuration becomes by an update, if the policies of everything it changes are satisfied by those who
 * signed it (common/configtx/validator.go, ProposeConfigUpdate): what an orderer puts into a CONFIG envelope.
 *
 * @param update serialized common.Envelope of type CONFIG_UPDATE
 * @throws LedgerError INVALID_CONFIG, CONFIG_NOT_AUTHORIZED or MALFORMED_MESSAGE
 */
export function proposeConfigUpdate(current: ChannelConfig, update: Uint8Array): ConfigEnvelope {
  const lastUpdate = decode(Envelope, update);
  const channelGroup = treeOf(authorizedElements(current, readUpdateEnvelope(update)));
  return { config: { sequence: current.sequence + 1, channelGroup }, lastUpdate };
}

/**
 * The configuration after a CONFIG transaction: its `last_update` must be authorized by the configuration in force and
 * must lead to exactly the configuration that stands beside it (common/configtx/validator.go, Validate;
 * common/channelconfig/bundle.go, ValidateNew).
 *
 * @throws LedgerError INVALID_CONFIG, CONFIG_NOT_AUTHORIZED, INVALID_MSP, INVALID_POLICY or MALFORMED_MESSAGE
 */
export function applyConfigEnvelope(
  current: ChannelConfig,
  { config, lastUpdate }: ConfigEnvelope,
  options: ConfigOptions = {},
): ChannelConfig {
  if (config?.channelGroup === undefined) throw invalid('config envelope has nil config');
  if (config.sequence !== current.sequence + 1) {
    throw invalid(
      `config currently at sequence ${current.sequence}, cannot validate config at sequence ${config.sequence}`,
    );
  }
  if (lastUpdate === undefined) throw invalid('the envelope carries no update');
  const proposed = proposeConfigUpdate(current, encode(Envelope, lastUpdate));
  const result = proposed.config?.channelGroup ?? config.channelGroup;
  if (!equalBytes(encode(ConfigGroup, result), encode(ConfigGroup, config.channelGroup))) {
    throw invalid('ConfigEnvelope LastUpdate did not produce the supplied config result');
  }
  const next = readChannelConfig(current.channelId, config, options);
  refuseIdentityChanges(current, next);
  return next;
}

function readUpdateEnvelope(envelope: Uint8Array): ConfigUpdateEnvelope {
  const { channelHeader, payload } = readEnvelope(envelope);
  if (channelHeader?.type !== HeaderType.CONFIG_UPDATE || payload === undefined) {
    throw invalid('error converting envelope to config update: it is of another kind');
  }
  return decode(ConfigUpdateEnvelope, payload.data);
}

function authorizedElements(current: ChannelConfig, envelope: ConfigUpdateEnvelope): ConfigElements {
  const update = decode(ConfigUpdate, envelope.configUpdate);
  if (update.channelId !== current.channelId) {
    throw unauthorized(
      `ConfigUpdate for channel '${update.channelId}' but envelope for channel '${current.channelId}'`,
    );
  }
  const existing = elementsOf(current.group);
  const readSet = elementsOf(update.readSet);
  checkReadSet(readSet, existing);
  const writeSet = elementsOf(update.writeSet);
  const changes = changesOf(readSet, writeSet);
  if (changes.size === 0) throw badDelta('delta set was empty -- update would have no effect');
  const signers = validSigners(signaturesOf(envelope), current.msps);
  for (const [name, element] of changes) authorizeChange(current, name, element, existing.get(name), signers);
  return new Map([...existing, ...changes]);
}

function checkReadSet(readSet: ConfigElements, existing: ConfigElements): void {
  for (const [name, { item }] of readSet) {
    const version = existing.get(name)?.item.version;
    if (version === undefined) {
      throw badReadSet(`existing config does not contain element for ${name} but was in the read set`);
    }
    if (version !== item.version) {
      const required = `proposed update requires that key ${name} be at version ${item.version}`;
      throw badReadSet(`${required}, but it is currently at version ${version}`);
    }
  }
}

function changesOf(readSet: ConfigElements, writeSet: ConfigElements): Map<string, ConfigElement> {
  return new Map(
    [...writeSet].filter(([name, { item }]) => readSet.get(name)?.item.version !== item.version),
  );
}

/** What the signatures of an update are over: signature header and update (protoutil, ConfigUpdateEnvelopeAsSignedData). */
function signaturesOf({ configUpdate, signatures }: ConfigUpdateEnvelope): SignedData[] {
  return signatures.map(({ signatureHeader, signature }) => ({
    identity: decode(SignatureHeader, signatureHeader).creator,
    message: concatBytes(signatureHeader, configUpdate),
    signature,
  }));
}

function authorizeChange(
  current: ChannelConfig,
  name: string,
  element: ConfigElement,
  before: ConfigElement | undefined,
  signers: readonly Identity[],
): void {
  checkModPolicy(name, element.item.modPolicy);
  const { version } = element.item;
  if (before === undefined) {
    // A new element is authorized by the change of the group that lists it.
    if (version === 0) return;
    throw badDelta(`attempted to set key ${name} to version ${version}, but key does not exist`);
  }
  if (version !== before.item.version + 1) {
    const attempt = `attempt to set key ${name} to version ${version}`;
    throw badDelta(`${attempt}, but key is at version ${before.item.version}`);
  }
  const policy = modPolicyOf(current, before);
  if (policy === undefined) {
    throw badDelta(`unexpected missing policy ${before.item.modPolicy} for item ${name}`);
  }
  if (!policy.isSatisfiedBy(signers)) {
    const why = `policy for ${name} not satisfied: signature set did not satisfy policy`;
    throw badDelta(why, 'CONFIG_NOT_AUTHORIZED');
  }
}

/** A relative mod_policy is looked up from the element's group; a group is its own (configtx/update.go, policyForItem). */
function modPolicyOf(
  { policies }: ChannelConfig,
  { kind, above, key, item }: ConfigElement,
): CompiledPolicy | undefined {
  if (item.modPolicy.startsWith('/') || above.length === 0) return policies.find(item.modPolicy);
  const path = kind === 'Group' ? [...above.slice(1), key] : above.slice(1);
  return policies.group(path)?.find(item.modPolicy);
}

/** No organisation may turn into another MSP, and nobody may change the kind of consensus under a reader's feet. */
function refuseIdentityChanges(current: ChannelConfig, next: ChannelConfig): void {
  for (const organizations of ['applicationOrganizations', 'ordererOrganizations'] as const) {
    for (const [name, { mspId }] of current[organizations]) {
      const after = next[organizations].get(name)?.mspId ?? mspId;
      if (after !== mspId) throw invalid(`organisation ${name} may not turn from ${mspId} into ${after}`);
    }
  }
  if (current.consensusType.type !== next.consensusType.type) {
    throw invalid(`going from ${current.consensusType.type} to ${next.consensusType.type} is not supported`);
  }
}

function badReadSet(why: string): LedgerError {
  return unauthorized(`error validating ReadSet: ${why}`);
}

function badDelta(why: string, code?: 'CONFIG_NOT_AUTHORIZED'): LedgerError {
  return unauthorized(`error validating DeltaSet: ${why}`, code);
}

/** Fabric's sentences, which orderers send to whoever proposed the update. */
function unauthorized(
  why: string,
  code: 'CONFIG_NOT_AUTHORIZED' | 'INVALID_CONFIG' = 'INVALID_CONFIG',
): LedgerError {
  return new LedgerError(code, `error authorizing update: ${why}`);
}

function invalid(why: string): LedgerError {
  return new LedgerError('INVALID_CONFIG', why);
}
