/** Who has a certificate and can sign with its key, wherever that key is. */
export interface CertificateHolder {
  /** PEM */
  readonly cert: string;
  /** ECDSA over SHA-256, DER, low S: the CA refuses a high S, as everything of Fabric does. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/**
 * The authorization by which a holder asks the CA: `base64(certificate).base64(signature)`, the signature over
 * `METHOD.base64(path and query).base64(body).base64(certificate)` (CA:util/util.go, GenECDSAToken).
 */
export async function holderToken(
  holder: CertificateHolder,
  method: string,
  uri: string,
  body: string,
): Promise<string> {
  const [path, content, cert] = [uri, body, holder.cert].map((text) => Buffer.from(text).toString('base64'));
  const signature = await holder.sign(Buffer.from(`${method}.${path ?? ''}.${content ?? ''}.${cert ?? ''}`));
  return `${cert ?? ''}.${Buffer.from(signature).toString('base64')}`;
}

/** The authorization of who has no certificate yet (RFC 7617). */
export function secretHeader(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}
