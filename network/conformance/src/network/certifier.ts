import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  type Authority,
  createAuthority,
  createKey,
  createRevocationList,
  createSigner,
  issue,
  loadAuthority,
  type Signer,
} from '@passage/network-embedded/testing';

/** What a certificate says, where it differs from an ordinary client's. */
export interface CertificateWish {
  /** The node OU; client unless told. */
  readonly unit?: string;
  /** When it was issued; one of long ago has expired. */
  readonly issued?: Date;
  /** The MSP id that its holder claims; the organisation's own unless told. */
  readonly claims?: string;
  /** Attributes as Fabric's CA puts them into a certificate. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Issues what an organisation's CA would, and what it never should. */
export class Certifier {
  readonly #mspId: string;
  readonly #authority: Authority;

  private constructor(mspId: string, authority: Authority) {
    this.#mspId = mspId;
    this.#authority = authority;
  }

  /** With the key of the CA's certificate, which is one of the PEM files in `keyFolder`. */
  static async open(mspId: string, certificateFile: string, keyFolder: string): Promise<Certifier> {
    const certificate = readFileSync(certificateFile, 'utf8');
    const wanted = new X509Certificate(certificate).publicKey;
    const key = keysIn(keyFolder).find((pem) => createPublicKey(pem).equals(wanted));
    if (key === undefined) throw new Error(`${keyFolder} does not hold the key of ${certificateFile}`);
    const pkcs8 = createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();
    return new Certifier(mspId, await loadAuthority(certificate, pkcs8));
  }

  /** A CA that no MSP knows. */
  static async stranger(mspId: string): Promise<Certifier> {
    const subject = { commonName: 'ca.stranger', organization: 'stranger' };
    return new Certifier(mspId, await createAuthority(subject, await createKey(), new Date()));
  }

  async issue({
    unit = 'client',
    issued = new Date(),
    claims = this.#mspId,
    attributes = {},
  }: CertificateWish = {}): Promise<Signer> {
    const key = await createKey();
    const subject = { commonName: `a-${unit}`, unit, organization: 'conformance' };
    const purpose = { kind: 'identity', attributes } as const;
    const certificate = await issue(this.#authority, subject, key.publicKey, purpose, issued);
    return createSigner(claims, certificate, key.pem);
  }

  /** A revocation list with one certificate, PEM. */
  revoke({ certificatePem }: Signer): Promise<string> {
    const serial = new X509Certificate(certificatePem).serialNumber.toLowerCase();
    const revoked = { serial, id: 'revoked', notAfter: 0, at: Date.now(), reason: 0 };
    return createRevocationList(this.#authority, [revoked], new Date());
  }
}

function keysIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /(_sk|key\.pem)$/.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => /^-----BEGIN (EC )?PRIVATE KEY-----/.test(text));
}
