import { utf8 } from '../bytes/bytes.js';
import { isDigest } from '../bytes/digest.js';
import { chainEndMembers, withLastStatement, type ChainEnd } from '../device/chain-end.js';
import { PassageError } from '../errors/passage-error.js';
import { algorithmOf, type PublicJwk } from '../jwk/public-jwk.js';
import { jwkThumbprint } from '../jwk/thumbprint.js';
import { verifyingKey } from '../jwk/verifying-key.js';
import { object } from '../shape/composites.js';
import { sha256Base64url } from '../shape/fields.js';
import { readShape } from '../shape/shape.js';
import {
  isSignedBy,
  jwsSigningInput,
  readCompactJws,
  readJsonPayload,
  type CompactJws,
} from './compact-jws.js';
import { algorithmRule, audienceRule, checkHeader, typeRule, type MemberRule } from './header.js';

/** The `typ` of a rotation: the old key's word on which key takes its place. */
export const DEVICE_ROTATION_TYPE = 'passage-device-rotation-1+jws';

/** What the old key signs: its successor, and where its own chain of statements ends. */
export type RotationClaim = ChainEnd & { readonly successor: string };

/** A rotation whose form is right and whose signature nobody has checked yet. */
export interface UnverifiedRotation {
  /** The old key. */
  readonly kid: string;
  /** The ledger it was made for: 64 hex digits. */
  readonly aud: string;
  readonly claim: RotationClaim;
  readonly jws: CompactJws;
}

const headerRules: Readonly<Record<string, MemberRule>> = {
  alg: algorithmRule,
  typ: typeRule(DEVICE_ROTATION_TYPE),
  kid: { must: 'be a thumbprint (RFC 7638)', holds: (value) => typeof value === 'string' && isDigest(value) },
  aud: audienceRule,
};

const rotationClaim = withLastStatement(
  object<RotationClaim>(
    { successor: sha256Base64url, seq: chainEndMembers.seq },
    { last: chainEndMembers.last },
  ),
);

/** The text to be signed by the old key `jwk`. */
export function deviceRotationSigningInput(jwk: PublicJwk, aud: string, claim: RotationClaim): string {
  const header = { alg: algorithmOf(jwk), typ: DEVICE_ROTATION_TYPE, kid: jwkThumbprint(jwk), aud };
  return jwsSigningInput(header, utf8(JSON.stringify(claim)));
}

/**
 * Reads a rotation: form, header and claim, but no signature.
 *
 * @throws PassageError INVALID_STATEMENT, INVALID_HEADER, UNSUPPORTED_ALGORITHM, INVALID_FIELD, TOO_LARGE, or a code of
 *   `readJson`.
 */
export function readDeviceRotation(text: string): UnverifiedRotation {
  const jws = readCompactJws(text);
  const { header } = jws;
  checkHeader(header, headerRules);
  const claim = readShape('The rotation', rotationClaim, readJsonPayload(jws));
  return { kid: header['kid'] as string, aud: header['aud'] as string, claim, jws };
}

/** Checks that the old key has signed it. @throws PassageError SIGNATURE_INVALID */
export function verifyDeviceRotation({ kid, jws }: UnverifiedRotation, jwk: PublicJwk): void {
  const key = verifyingKey(jwk);
  if (kid === key.kid && isSignedBy(jws, key)) return;
  throw new PassageError('SIGNATURE_INVALID', 'The rotation was not signed by the key it names', { kid });
}
