import { readFileSync, statSync } from 'node:fs';

import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose';
import * as z from 'zod';

import { gatewayError, messageOf } from '../errors.js';
import type { Caller } from './caller.js';

/** Checks a bearer token and says who asks; throws `UNAUTHENTICATED`. */
export type TokenVerifier = (token: string) => Promise<Caller>;

/** Where an issuer's keys are (file path or http(s) URL), the issuer's name, and the audience a token must be for. */
export interface TokenSettings {
  readonly jwks: string;
  readonly issuer: string;
  readonly audience: string;
}

const claims = z.object({
  exp: z.number(),
  sub: z.string().min(1).max(200),
  jti: z.string().min(1).max(200).optional(),
  org: z.string().min(1).max(100),
  party: z.string().min(1).max(100).optional(),
  role: z.string().min(1).max(100).optional(),
  admin: z.boolean().default(false),
});

/**
 * Verifies JWTs (RFC 7519, access tokens after RFC 9068): ES256 only, issuer, audience and expiry required, and the
 * claims `org`, `party`, `role`, `admin`. Keys are looked up by `kid`; a changed key file or URL is read again, so an
 * issuer can rotate its keys without a restart here.
 */
export function tokenVerifier(settings: TokenSettings): TokenVerifier {
  const keys = keySet(settings.jwks);
  return async (token) => {
    let payload: JWTPayload;
    try {
      const verified = await jwtVerify(token, keys, {
        algorithms: ['ES256'],
        issuer: settings.issuer,
        audience: settings.audience,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 5,
      });
      payload = verified.payload;
    } catch (error) {
      throw refused(reasonOf(error));
    }
    const read = claims.safeParse(payload);
    if (!read.success) {
      throw refused(read.error.issues.map((i) => `claim ${i.path.join('.')}: ${i.message}`).join('; '));
    }
    const { exp, sub, jti, org, party, role, admin } = read.data;
    return {
      subject: sub,
      ...(jti !== undefined && { token: jti }),
      expires: exp * 1000,
      org,
      admin,
      ...(party !== undefined && { party }),
      ...(role !== undefined && { role }),
    };
  };
}

function refused(reason: string): Error {
  return gatewayError('UNAUTHENTICATED', `the token is not accepted: ${reason}`, {
    next: 'Get a fresh token from the issuer (locally: passage token --party … --role …) and send it as "Authorization: Bearer …".',
    status: 401,
  });
}

/** jose's messages never contain the token; everything that is not a jose error is about reading the keys. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JOSEError) return error.message;
  return `the issuer's keys cannot be read (${messageOf(error)})`;
}

function keySet(location: string): JWTVerifyGetKey {
  return /^https?:\/\//.test(location) ? createRemoteJWKSet(new URL(location)) : fileKeySet(location);
}

/** Keys of a JWKS file, read again when the file changes. */
function fileKeySet(path: string): JWTVerifyGetKey {
  let readAt = -1;
  let keys: JWTVerifyGetKey | undefined;
  return (header, token) => {
    const changed = statSync(path).mtimeMs;
    if (!keys || changed !== readAt) {
      keys = createLocalJWKSet(JSON.parse(readFileSync(path, 'utf8')) as JSONWebKeySet);
      readAt = changed;
    }
    return keys(header, token);
  };
}
