import { utf8 } from '../bytes/bytes.js';
import { PassageError } from '../errors/passage-error.js';
import { refuseViolations, type Violation } from '../errors/violations.js';
import { pointerTo } from '../json/pointer.js';
import { isJsonObject, type JsonObject } from '../json/value.js';
import { algorithmOf, type PublicJwk } from '../jwk/public-jwk.js';
import { readPublicJwk } from '../jwk/read-public-jwk.js';
import { verifyingKey } from '../jwk/verifying-key.js';
import { isSignedBy, jwsSigningInput, readCompactJws, readJsonPayload } from './compact-jws.js';
import { algorithmRule, audienceRule, checkHeader, typeRule, type MemberRule } from './header.js';

/** The `typ` of a proof of possession. */
export const DEVICE_PROOF_TYPE = 'passage-device-proof-1+jws';

/** What the new key signs: whose device it is, of which kind, and where it stands if it stays in one place. */
export type DeviceClaim = { readonly owner: string; readonly kind: string; readonly place?: string };

/** A proof that held: whoever made it has the private part of `jwk`. */
export interface DeviceProof {
  readonly kid: string;
  readonly jwk: PublicJwk;
  /** The ledger it was made for: 64 hex digits. */
  readonly aud: string;
  readonly claim: DeviceClaim;
}

const headerRules: Readonly<Record<string, MemberRule>> = {
  alg: algorithmRule,
  typ: typeRule(DEVICE_PROOF_TYPE),
  jwk: { must: 'be the public key', holds: isJsonObject },
  aud: audienceRule,
};

const MAX_TEXT_LENGTH = 256;

/** The text to be signed by the new key. */
export function deviceProofSigningInput(jwk: PublicJwk, aud: string, claim: DeviceClaim): string {
  const header = { alg: algorithmOf(jwk), typ: DEVICE_PROOF_TYPE, jwk, aud };
  return jwsSigningInput(header, utf8(JSON.stringify(claim)));
}

/**
 * Reads a proof and checks it with the key it carries. What the claim's words mean (is the owner registered, is the kind
 * known) is not judged here, nor whether `aud` is this ledger.
 *
 * @throws PassageError INVALID_STATEMENT, INVALID_HEADER, INVALID_KEY, UNSUPPORTED_ALGORITHM, INVALID_FIELD,
 *   SIGNATURE_INVALID, TOO_LARGE, or a code of `readJson`.
 */
export function verifyDeviceProof(jws: string): DeviceProof {
  const proof = readCompactJws(jws);
  const { header } = proof;
  checkHeader(header, headerRules);
  const jwk = readPublicJwk(header['jwk'], '/jwk');
  const claim = readClaim(readJsonPayload(proof));
  const key = verifyingKey(jwk);
  if (!isSignedBy(proof, key)) {
    throw new PassageError('SIGNATURE_INVALID', 'The proof was not signed by the key it carries', {
      kid: key.kid,
    });
  }
  return { kid: key.kid, jwk, aud: header['aud'] as string, claim };
}

function readClaim(payload: JsonObject): DeviceClaim {
  const violations: Violation[] = [];
  for (const [member, value] of Object.entries(payload)) {
    const known = ['owner', 'kind', 'place'].includes(member);
    const fits = typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT_LENGTH;
    if (known && fits) continue;
    violations.push({
      pointer: pointerTo('', member),
      code: known ? 'TEXT' : 'UNKNOWN_MEMBER',
      message: known ? `must be a text of 1 to ${MAX_TEXT_LENGTH} characters` : 'must not be there',
    });
  }
  for (const member of ['owner', 'kind'].filter((name) => !(name in payload))) {
    violations.push({ pointer: `/${member}`, code: 'MISSING', message: 'is missing' });
  }
  refuseViolations("The proof's claim", violations);
  return { ...payload } as DeviceClaim;
}
