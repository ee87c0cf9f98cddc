/** A key that stays where it is, with the certificate that was issued for it. */
export interface Signer {
  readonly mspId: string;
  /** PEM */
  readonly certificate: string;
  /** ECDSA P-256 over SHA-256 of the message; DER with the low S, the only form that Fabric takes (bccsp/utils/ecdsa.go). */
  sign(message: Uint8Array): Promise<Uint8Array>;
}
