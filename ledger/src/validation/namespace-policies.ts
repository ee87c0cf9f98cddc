import { encode } from '../codec/index.js';
import { recover } from '../errors.js';
import { findCollection, implicitCollectionOwner, readDefinition } from '../lifecycle/index.js';
import { buildSignaturePolicy, outOf, signer } from '../policy/index.js';
import { ApplicationPolicy, TxValidationCode } from '../proto/index.js';
import { LIFECYCLE_NAMESPACE } from '../state/index.js';
import { refuse } from './refusal.js';
import type { ChannelConfig } from '../config/index.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { PolicyRule } from '../policy/index.js';
import type { StateReader } from '../state/index.js';
import type { Refusal } from './refusal.js';

/** The validation plugin that every peer has. Others are programs of their own, which no reader of a chain can know. */
const DEFAULT_PLUGIN = 'vscc';

const LIFECYCLE_POLICY = '/Channel/Application/LifecycleEndorsement';

/**
 * The endorsement policies of chaincodes and collections as they stand before a block: definitions from the state of
 * _lifecycle, references into the channel configuration (Fabric: core/chaincode/lifecycle/deployedcc_infoprovider.go). Policies
 * are serialized ApplicationPolicy messages.
 */
export class NamespacePolicies {
  readonly #config: ChannelConfig;
  readonly #state: StateReader;
  readonly #definitions = new Map<string, ChaincodeDefinition | undefined>();

  constructor(config: ChannelConfig, state: StateReader) {
    this.#config = config;
    this.#state = state;
  }

  definition(chaincode: string): ChaincodeDefinition | undefined {
    if (!this.#definitions.has(chaincode)) {
      // A definition that cannot be read defines nothing.
      const definition = recover(
        () => readDefinition(this.#state, chaincode),
        () => undefined,
      );
      this.#definitions.set(chaincode, definition);
    }
    return this.#definitions.get(chaincode);
  }

  /** The chaincode's policy; a chaincode without definition makes its transactions INVALID_CHAINCODE. */
  ofChaincode(chaincode: string): Uint8Array | Refusal {
    if (chaincode === LIFECYCLE_NAMESPACE) return this.#ofLifecycle();
    const definition = this.definition(chaincode);
    const bad = (reason: string): Refusal =>
      refuse(TxValidationCode.INVALID_CHAINCODE, `${chaincode}: ${reason}`);
    if (definition === undefined) return bad('no such chaincode is defined');
    if (definition.validationPlugin !== DEFAULT_PLUGIN) {
      return bad(
        `its validation plugin ${JSON.stringify(definition.validationPlugin)} is not ${DEFAULT_PLUGIN}`,
      );
    }
    if (definition.validationParameter.length === 0) return bad('its definition has no endorsement policy');
    return definition.validationParameter;
  }

  /** The collection's own policy, else the chaincode's; an implicit collection answers to its organisation alone. */
  ofCollection(chaincode: string, collection: string): Uint8Array | Refusal {
    const owner = implicitCollectionOwner(collection);
    if (owner !== undefined) return this.#ofOrganization(owner);
    const definition = this.definition(chaincode);
    const found = definition && findCollection(definition, collection);
    if (found === undefined) {
      return refuse(
        TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
        `${chaincode}: no such collection ${JSON.stringify(collection)}`,
      );
    }
    const { endorsementPolicy } = found;
    return endorsementPolicy ? encode(ApplicationPolicy, endorsementPolicy) : this.ofChaincode(chaincode);
  }

  /** _lifecycle answers to a policy of the channel, by default to a majority of its organisations. */
  #ofLifecycle(): Uint8Array {
    const organizations = [...this.#config.applicationOrganizations.values()];
    const majority = Math.floor(organizations.length / 2) + 1;
    return this.#orElse(
      LIFECYCLE_POLICY,
      outOf(majority, ...organizations.map(({ mspId }) => signer(mspId, 'member'))),
    );
  }

  #ofOrganization(mspId: string): Uint8Array | Refusal {
    for (const [name, organization] of this.#config.applicationOrganizations) {
      if (organization.mspId !== mspId) continue;
      return this.#orElse(`/Channel/Application/${name}/Endorsement`, signer(mspId, 'member'));
    }
    return refuse(
      TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
      `no organization of the channel has MSP ${JSON.stringify(mspId)}`,
    );
  }

  /** A reference to a policy of the channel, or a rule where the channel does not define it. */
  #orElse(path: string, rule: PolicyRule): Uint8Array {
    return encode(
      ApplicationPolicy,
      this.#config.policies.find(path)
        ? { channelConfigPolicyReference: path }
        : { signaturePolicy: buildSignaturePolicy(rule) },
    );
  }
}
