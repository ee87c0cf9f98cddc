import { decode } from '../codec/index.js';
import { LedgerError, recover } from '../errors.js';
import { FabricMSPConfig, MSPConfig, SerializedIdentity } from '../proto/index.js';
import { readCertificatePem } from './certificate.js';
import { Identity } from './identity.js';
import { readMspRules } from './msp-rules.js';
import { sanitized } from './trusted-chain.js';
import type { PublicKey } from '#crypto';
import type { Membership } from './identity.js';
import type { MspRules } from './msp-rules.js';
import type { SignatureMemo } from './signature-memo.js';

export interface MspOptions {
  /** Whether identities may have Ed25519 keys: with the channel capability V3_0 (msp/mspimplsetup.go, setupV3). */
  readonly ed25519: boolean;
  readonly memo?: SignatureMemo;
}

/** MSPConfig.type of an X.509 MSP; the other one is Idemix. */
const X509 = 0;

/** A membership service provider: says who belongs to an organisation, as what. */
export class Msp implements Membership {
  readonly rules: MspRules;
  readonly #options: MspOptions;

  constructor(rules: MspRules, options: MspOptions) {
    this.rules = rules;
    this.#options = options;
  }

  /**
   * Sets up an MSP from a serialized msp.MSPConfig, with all checks that Fabric makes.
   *
   * @throws LedgerError INVALID_MSP (its message says why)
   */
  static read(config: Uint8Array, options: MspOptions): Msp {
    return recover(
      () => {
        const { type, config: inner } = decode(MSPConfig, config);
        if (type !== X509) throw new LedgerError('INVALID_MSP', `an MSP of type ${type} is not supported`);
        const msp = new Msp(readMspRules(decode(FabricMSPConfig, inner)), options);
        msp.#checkAdmins();
        return msp;
      },
      (error) => {
        if (error.code === 'INVALID_MSP') throw error;
        throw new LedgerError('INVALID_MSP', `cannot set up the MSP: ${error.message}`, { cause: error });
      },
    );
  }

  get mspId(): string {
    return this.rules.mspId;
  }

  acceptsKeysOf(algorithm: PublicKey['algorithm']): boolean {
    return algorithm === 'ECDSA' || (algorithm === 'Ed25519' && this.#options.ed25519);
  }

  /**
   * Reads a serialized msp.SerializedIdentity of this MSP. A certificate signed with ECDSA must lead to a root of the
   * MSP; everything else is for `Identity.validate`.
   *
   * @throws LedgerError INVALID_IDENTITY, MALFORMED_MESSAGE or MALFORMED_CERTIFICATE
   */
  deserialize(serialized: Uint8Array): Identity {
    const { mspid, idBytes } = decode(SerializedIdentity, serialized);
    if (mspid !== this.mspId)
      throw new LedgerError('INVALID_IDENTITY', `it is of ${mspid}, not ${this.mspId}`);
    return this.identity(idBytes);
  }

  /** The same for the certificate alone, as PEM. */
  identity(pem: Uint8Array): Identity {
    const certificate = sanitized(readCertificatePem(pem), this.rules.trust);
    return new Identity(certificate, this, this.#options.memo);
  }

  /** Administrators by name must be valid, or where node OUs rule, clients or admins (postSetupV142). */
  #checkAdmins(): void {
    const { admins, nodeOus } = this.rules;
    for (const certificate of admins) {
      const admin = new Identity(certificate, this);
      const units = [nodeOus?.get('client')?.unit, nodeOus?.get('admin')?.unit];
      const isFit = nodeOus
        ? certificate.organizationalUnits.some((unit) => units.includes(unit))
        : admin.isValid;
      if (!isFit) throw new LedgerError('INVALID_MSP', `the admin ${certificate.commonName} is invalid`);
    }
  }
}
