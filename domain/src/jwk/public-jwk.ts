/** The algorithms a device may sign with: RFC 7518 section 3.4, and RFC 8037 section 3.1 with Ed25519. */
export type SignatureAlgorithm = 'ES256' | 'EdDSA';

/** A public P-256 key (RFC 7518 section 6.2.1), reduced to the members that make the key. */
export type EcPublicJwk = {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
};

/** A public Ed25519 key (RFC 8037 section 2), reduced to the members that make the key. */
export type OkpPublicJwk = { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string };

export type PublicJwk = EcPublicJwk | OkpPublicJwk;

/** The one algorithm that a key signs with. It is always taken from the registered key, never from a message. */
export function algorithmOf(jwk: PublicJwk): SignatureAlgorithm {
  return jwk.kty === 'EC' ? 'ES256' : 'EdDSA';
}
