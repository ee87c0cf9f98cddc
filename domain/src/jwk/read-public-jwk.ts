import { decodeBase64url, encodeBase64url } from '../bytes/base64url.js';
import { refuseViolations, type Violation } from '../errors/violations.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { bigEndian, ed25519Fault, isOnP256 } from './curves.js';
import type { PublicJwk, SignatureAlgorithm } from './public-jwk.js';
import { remember } from './remember.js';

/** Members that hold private or symmetric key material (RFC 7518 sections 6.2.2, 6.3.2 and 6.4, RFC 8037 section 2). */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Judging an Ed25519 point takes as long as verifying a signature, and a device's record is read for each of its own. */
const rememberedFault = remember(encodeBase64url, ed25519Fault);

/**
 * Reads the public JWK of a device: EC with P-256, or OKP with Ed25519, in canonical base64url, a point on its curve and
 * not of small order. `use`, `alg` and `key_ops` may be there where they allow verifying; other members mean nothing
 * (RFC 7517 section 4) and are left out of the result, which holds the members of the thumbprint alone.
 *
 * @param pointer where the value stands in what is being read, for the violations.
 * @throws PassageError INVALID_KEY with every violation.
 */
export function readPublicJwk(value: JsonValue | undefined, pointer = ''): PublicJwk {
  const jwk = isJsonObject(value) ? value : {};
  const violations = isJsonObject(value)
    ? keyViolations(jwk)
    : [violation('', 'TYPE', 'a key is a JSON object')];
  refuseViolations(
    'The key',
    violations.map((found) => ({ ...found, pointer: pointer + found.pointer })),
    'INVALID_KEY',
  );
  const { kty, crv, x, y } = jwk;
  return (kty === 'EC' ? { kty, crv, x, y } : { kty, crv, x }) as PublicJwk;
}

function keyViolations(jwk: JsonObject): Violation[] {
  const secrets = SECRET_MEMBERS.filter((member) => member in jwk).map((member) =>
    violation(
      `/${member}`,
      'SECRET',
      'a secret part of a key is never sent: treat this key as known to others',
    ),
  );
  if (jwk['kty'] === 'EC' && jwk['crv'] === 'P-256') {
    return [...secrets, ...p256Violations(jwk), ...usageViolations(jwk, 'ES256')];
  }
  if (jwk['kty'] === 'OKP' && jwk['crv'] === 'Ed25519') {
    return [...secrets, ...ed25519Violations(jwk), ...usageViolations(jwk, 'EdDSA')];
  }
  return [...secrets, violation('/crv', 'CURVE', 'only EC with P-256 and OKP with Ed25519 are accepted')];
}

function p256Violations(jwk: JsonObject): Violation[] {
  const x = coordinate(jwk, 'x');
  const y = coordinate(jwk, 'y');
  if (x instanceof Uint8Array && y instanceof Uint8Array) {
    const onCurve = isOnP256(bigEndian(x), bigEndian(y));
    return onCurve ? [] : [violation('/y', 'POINT', 'the point is not on P-256')];
  }
  return [x, y].filter((part): part is Violation => !(part instanceof Uint8Array));
}

function ed25519Violations(jwk: JsonObject): Violation[] {
  const x = coordinate(jwk, 'x');
  if (!(x instanceof Uint8Array)) return [x];
  const fault = rememberedFault(x);
  return fault === undefined ? [] : [violation('/x', 'POINT', `the point is ${fault}`)];
}

/** A coordinate's 32 bytes, or what is wrong with it. */
function coordinate(jwk: JsonObject, member: string): Uint8Array | Violation {
  const text = jwk[member];
  const bytes = typeof text === 'string' && text.length === 43 ? decodeBase64url(text) : undefined;
  return (
    bytes ?? violation(`/${member}`, 'BASE64URL', 'must be 32 bytes in canonical base64url (43 characters)')
  );
}

/** RFC 7517 sections 4.2 to 4.4: what a key says about its own use may not speak against verifying with it. */
function usageViolations(jwk: JsonObject, algorithm: SignatureAlgorithm): Violation[] {
  const { use, alg, key_ops: operations } = jwk;
  const found: Violation[] = [];
  if (use !== undefined && use !== 'sig')
    found.push(violation('/use', 'USE', 'must be "sig" where it is given'));
  if (alg !== undefined && alg !== algorithm) {
    found.push(violation('/alg', 'ALGORITHM', `must be "${algorithm}" for this curve where it is given`));
  }
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    found.push(violation('/key_ops', 'USE', 'must contain "verify" where it is given'));
  }
  return found;
}

function violation(pointer: string, code: string, message: string): Violation {
  return { pointer, code, message };
}
