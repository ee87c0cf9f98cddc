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
  if (config?.channelGroup === undefined) throw invalid('the envelope carries no configuration');
  if (config.sequence !== current.sequence + 1) {
    throw invalid(`sequence ${config.sequence} does not follow ${current.sequence}`);
  }
  if (lastUpdate === undefined) throw invalid('the envelope carries no update');
  const proposed = proposeConfigUpdate(current, encode(Envelope, lastUpdate));
  const result = proposed.config?.channelGroup ?? config.channelGroup;
  if (!equalBytes(encode(ConfigGroup, result), encode(ConfigGroup, config.channelGroup))) {
    throw invalid('the update does not lead to the configuration beside it');
  }
  const next = readChannelConfig(current.channelId, config, options);
  refuseIdentityChanges(current, next);
  return next;
}

function readUpdateEnvelope(envelope: Uint8Array): ConfigUpdateEnvelope {
  const { channelHeader, payload } = readEnvelope(envelope);
  if (channelHeader?.type !== HeaderType.CONFIG_UPDATE || payload === undefined) {
    throw invalid('the envelope is no configuration update');
  }
  return decode(ConfigUpdateEnvelope, payload.data);
}

function authorizedElements(current: ChannelConfig, envelope: ConfigUpdateEnvelope): ConfigElements {
  const update = decode(ConfigUpdate, envelope.configUpdate);
  if (update.channelId !== current.channelId) {
    throw invalid(`the update is for channel ${update.channelId}, not ${current.channelId}`);
  }
  const existing = elementsOf(current.group);
  const readSet = elementsOf(update.readSet);
  checkReadSet(readSet, existing);
  const writeSet = elementsOf(update.writeSet);
  const changes = changesOf(readSet, writeSet);
  if (changes.size === 0) throw invalid('the update changes nothing');
  const signers = validSigners(signaturesOf(envelope), current.msps);
  for (const [name, element] of changes) authorizeChange(current, name, element, existing.get(name), signers);
  return new Map([...existing, ...changes]);
}

function checkReadSet(readSet: ConfigElements, existing: ConfigElements): void {
  for (const [name, { item }] of readSet) {
    const version = existing.get(name)?.item.version;
    if (version !== item.version) {
      throw invalid(
        `the update was made for ${name} in version ${item.version}, it is in ${version ?? 'none'}`,
      );
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
  const version = before === undefined ? 0 : before.item.version + 1;
  if (element.item.version !== version) {
    throw invalid(`${name} must get version ${version}, the update gives it ${element.item.version}`);
  }
  // A new element is authorized by the change of the group that lists it.
  if (before === undefined) return;
  if (modPolicyOf(current, before)?.isSatisfiedBy(signers) !== true) {
    const why = `the policy ${before.item.modPolicy} for ${name} is not satisfied`;
    throw new LedgerError('CONFIG_NOT_AUTHORIZED', `cannot update the configuration: ${why}`);
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

function invalid(why: string): LedgerError {
  return new LedgerError('INVALID_CONFIG', `cannot update the configuration: ${why}`);
}
