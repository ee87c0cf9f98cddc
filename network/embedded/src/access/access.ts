import {
  accessDenial,
  ApplicationPolicy,
  NamespacePolicies,
  SerializedIdentity,
  compileSignaturePolicy,
  decode,
  isRefusal,
  policyDenial,
  readCertificatePem,
  recover,
  validSigners,
} from '@passage/ledger';
import type { ChannelConfig, CompiledPolicy, Identity, SignedData, StateReader } from '@passage/ledger';

/** Something on a peer that is guarded by a policy of the channel, which its ACLs may name. */
export type Resource =
  | 'peer/Propose'
  | `_lifecycle/${string}`
  | 'event/Block'
  | 'event/FilteredBlock'
  | 'gateway/CommitStatus'
  | 'gateway/ChaincodeEvents'
  | `qscc/${string}`
  | `cscc/${string}`;

/** Who orderers let read blocks. */
const ORDERER_READERS = '/Channel/Readers';

const NOBODY: CompiledPolicy = { isSatisfiedBy: () => false };

/** Who may do what, by the configuration in force when it is asked. */
export class Access {
  readonly #config: () => ChannelConfig;

  constructor(config: () => ChannelConfig) {
    this.#config = config;
  }

  /** The identity that an MSP of the channel reads in these bytes; undefined if none does. */
  identify(serialized: Uint8Array): Identity | undefined {
    return this.#config().msps.findIdentity(serialized);
  }

  /**
   * When the certificate in these bytes expires, in milliseconds since 1970; Infinity if there is none to be read. No MSP is
   * asked: expiry is looked at before anything else (F:common/crypto/expiration.go).
   */
  expiresAt(serialized: Uint8Array): number {
    const known = this.identify(serialized)?.certificate;
    const certificate =
      known ?? recover(() => readCertificatePem(decode(SerializedIdentity, serialized).idBytes), nothing);
    return certificate === undefined ? Infinity : certificate.notAfter * 1000;
  }

  /** Why the signer may not use the resource, in Fabric's words; undefined if it may. */
  denial(resource: Resource, signed: SignedData): string | undefined {
    const config = this.#config();
    return accessDenial(config, resource, validSigners([signed], config.msps));
  }

  /** The same for reading blocks from an orderer. */
  ordererDenial(signed: SignedData): string | undefined {
    const config = this.#config();
    return policyDenial(config, ORDERER_READERS, validSigners([signed], config.msps), 'permission denied');
  }

  /** The policy that an ApplicationPolicy holds or names; one that nobody satisfies where there is none. */
  endorsementPolicy(parameter: Uint8Array): CompiledPolicy {
    const { signaturePolicy, channelConfigPolicyReference } = decode(ApplicationPolicy, parameter);
    if (signaturePolicy !== undefined) return compileSignaturePolicy(signaturePolicy);
    return this.#config().policies.find(channelConfigPolicyReference ?? '') ?? NOBODY;
  }

  /** The policy that writes to a private collection fall under, by the definitions in the state. */
  collectionPolicy(state: StateReader, chaincode: string, collection: string): CompiledPolicy {
    const policy = new NamespacePolicies(this.#config(), state).ofCollection(chaincode, collection);
    return isRefusal(policy) ? NOBODY : this.endorsementPolicy(policy);
  }
}

const nothing = (): undefined => undefined;
