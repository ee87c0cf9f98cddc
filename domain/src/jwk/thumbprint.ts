import { sha256 } from '#crypto';
import { encodeBase64url } from '../bytes/base64url.js';
import { utf8 } from '../bytes/bytes.js';
import type { PublicJwk } from './public-jwk.js';

/** The key id (`kid`) of a key: base64url of the SHA-256 thumbprint, 43 characters (RFC 7638, RFC 8037 section 2). */
export function jwkThumbprint(jwk: PublicJwk): string {
  const { crv, kty, x } = jwk;
  // RFC 7638 section 3: required members alone, in the order of their names, without blanks.
  const members = jwk.kty === 'EC' ? { crv, kty, x, y: jwk.y } : { crv, kty, x };
  return encodeBase64url(sha256(utf8(JSON.stringify(members))));
}
