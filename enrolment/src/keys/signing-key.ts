import type { CertificateHolder } from '../ca/token.js';

/** A P-256 private key, wherever it is kept. */
export interface SigningKey {
  /** The public half: SubjectPublicKeyInfo, DER (RFC 5480). */
  readonly publicKeyInfo: Uint8Array;
  /** ECDSA over SHA-256, DER, low S, as Fabric wants it (F:bccsp/utils/ecdsa.go). */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** The key with the certificate that was issued for it. */
export function holderOf(cert: string, key: SigningKey): CertificateHolder {
  return { cert, sign: (message) => key.sign(message) };
}
