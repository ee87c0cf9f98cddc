import { verifySignature } from '#crypto';
import { KeyUsage } from './extensions.js';
import type { HashName } from '#crypto';
import type { Certificate } from './certificate.js';

interface SignatureAlgorithm {
  readonly key: 'ECDSA' | 'Ed25519' | 'RSA';
  readonly hash: HashName;
}

/** Signature algorithms that Go's crypto/x509 still accepts on a certificate or a revocation list. */
const ALGORITHMS: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.10045.4.3.2': { key: 'ECDSA', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ECDSA', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ECDSA', hash: 'sha512' },
  '1.2.840.113549.1.1.11': { key: 'RSA', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'RSA', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'RSA', hash: 'sha512' },
  '1.3.101.112': { key: 'Ed25519', hash: 'sha512' },
};

/** Anything that a CA signed: a certificate or a revocation list. */
export interface SignedByCa {
  readonly signedPart: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
}

export function isEcdsaSigned({ signatureAlgorithm }: SignedByCa): boolean {
  return ALGORITHMS[signatureAlgorithm]?.key === 'ECDSA';
}

/** Whether the certificate's key made the signature; high S is no fault here, as in Go's crypto/x509. */
export function hasSignatureOf(signed: SignedByCa, { publicKey }: Certificate): boolean {
  const algorithm = ALGORITHMS[signed.signatureAlgorithm];
  if (algorithm?.key !== publicKey.algorithm) return false;
  return verifySignature(publicKey, algorithm.hash, signed.signedPart, signed.signature);
}

/** Whether a certificate may issue others (crypto/x509, CheckSignatureFrom). */
export function maySignCertificates({ version, basicConstraints, keyUsage }: Certificate): boolean {
  if (basicConstraints ? !basicConstraints.isCa : version === 3) return false;
  return keyUsage === undefined || keyUsage.size === 0 || keyUsage.has(KeyUsage.KEY_CERT_SIGN);
}
