import { errors, jwtVerify } from 'jose';
import type { JWTPayload, FetchImplementation } from 'jose';
import * as z from 'zod';

import { gatewayError, messageOf } from '../errors.js';
import type { GatewayCode } from '../errors.js';
import type { Caller } from './caller.js';
import { issuerKeys } from './issuer-keys.js';
import type { IssuerKeys } from './issuer-keys.js';

/** Checks a bearer token and says who asks; throws one of the codes of tokens, or `ISSUER_UNAVAILABLE`. */
export type TokenVerifier = (token: string) => Promise<Caller>;

/** Where an issuer's keys are, the issuer's name, and the audience a token must be for. */
export interface TokenSettings extends IssuerKeys {
  readonly audience: string;
}

/** Seconds that the issuer's clock may be off. */
const TOLERANCE = 5;

const claims = z.object({
  exp: z.number(),
  iat: z.number(),
  sub: z.string().min(1).max(200),
  jti: z.string().min(1).max(200),
  client_id: z.string().min(1).max(200),
  org: z.string().min(1).max(100),
  party: z.string().min(1).max(100).optional(),
  role: z.string().min(1).max(100).optional(),
  admin: z.boolean().default(false),
});

/**
 * Verifies access tokens as RFC 9068 has them: type `at+jwt`, ES256 alone, issuer, audience and expiry, the claims `sub`, `client_id`,
 * `iat` and `jti`, and besides `org`, `party`, `role` and `admin`. Keys come from the issuer and nowhere else: what a token's header
 * brings along or points to is not looked at.
 */
export function tokenVerifier(settings: TokenSettings, ask?: FetchImplementation): TokenVerifier {
  const keys = issuerKeys(settings, ask);
  return async (token) => {
    let payload: JWTPayload;
    try {
      const verified = await jwtVerify(token, keys, {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: settings.issuer,
        audience: settings.audience,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: TOLERANCE,
      });
      payload = verified.payload;
    } catch (error) {
      throw refusalFor(error);
    }
    return callerOf(payload);
  };
}

function callerOf(payload: JWTPayload): Caller {
  const read = claims.safeParse(payload);
  if (!read.success) {
    const problems = read.error.issues.map((i) => `claim ${i.path.join('.')}: ${i.message}`);
    throw refused('TOKEN_MALFORMED', problems.join('; '));
  }
  const { exp, iat, sub, jti, org, party, role, admin } = read.data;
  if (iat > Date.now() / 1000 + TOLERANCE) throw refused('TOKEN_MALFORMED', 'it was issued in the future');
  return {
    subject: sub,
    token: jti,
    expires: exp * 1000,
    org,
    admin,
    ...(party !== undefined && { party }),
    ...(role !== undefined && { role }),
  };
}

function refused(code: GatewayCode, reason: string): Error {
  return gatewayError(code, `the token is not accepted: ${reason}`, { status: 401 });
}

/** What says that nobody but the issuer could have made the token is missing. */
const forged = [
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
];

const malformed = [
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JOSENotSupported,
];

/** jose's messages never contain the token; what is no judgement of jose's on the token is about reading the keys. */
function refusalFor(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return refused('TOKEN_EXPIRED', 'it has expired');
  if (error instanceof errors.JWTClaimValidationFailed && ['iss', 'aud'].includes(error.claim)) {
    return refused('TOKEN_NOT_FOR_HERE', error.message);
  }
  if (forged.some((each) => error instanceof each)) return refused('TOKEN_FORGED', messageOf(error));
  if (malformed.some((each) => error instanceof each)) return refused('TOKEN_MALFORMED', messageOf(error));
  return gatewayError('ISSUER_UNAVAILABLE', `the issuer's keys cannot be read (${messageOf(error)})`, {
    retryable: true,
    status: 503,
  });
}
