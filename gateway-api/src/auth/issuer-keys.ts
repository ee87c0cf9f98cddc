import { readFileSync, statSync } from 'node:fs';

import { createLocalJWKSet, createRemoteJWKSet, customFetch } from 'jose';
import type { FetchImplementation, JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import * as z from 'zod';

/** Where an issuer's keys are: a file or an http(s) URL of a JWKS; without it they are found through the issuer's own URL. */
export interface IssuerKeys {
  readonly jwks?: string;
  readonly issuer: string;
}

/** How long keys are kept, and how long none are asked for after a kid was not among them, in milliseconds. */
const KEPT_MS = 600_000;
const COOL_DOWN_MS = 30_000;
const TIMEOUT_MS = 5_000;

const metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Whether keys may be fetched from a URL: https, or http on this machine. */
export function isKeyUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && /^(localhost|127\..*|\[::1\])$/.test(url.hostname))
  );
}

/**
 * Finds an issuer's public keys by `kid`. Those behind a URL are kept; one that is not among them has them fetched again, at most
 * every half minute, so that an issuer rotates its keys without a restart here, and nobody makes the gateway ask all the time.
 */
export function issuerKeys({ jwks, issuer }: IssuerKeys, ask: FetchImplementation = fetch): JWTVerifyGetKey {
  if (jwks === undefined) return discoveredKeys(issuer, ask);
  return isKeyUrl(jwks) ? remoteKeys(jwks, ask) : fileKeys(jwks);
}

function remoteKeys(url: string, ask: FetchImplementation): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), {
    cacheMaxAge: KEPT_MS,
    cooldownDuration: COOL_DOWN_MS,
    timeoutDuration: TIMEOUT_MS,
    [customFetch]: ask,
  });
}

/** Keys at the `jwks_uri` of the issuer's metadata (OpenID Connect Discovery 1.0, section 4), which are read once they are needed. */
function discoveredKeys(issuer: string, ask: FetchImplementation): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= discover(issuer, ask);
    try {
      return await (
        await keys
      )(header, token);
    } catch (error) {
      const failed = keys;
      await failed.catch(() => (keys = undefined));
      throw error;
    }
  };
}

async function discover(issuer: string, ask: FetchImplementation): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await ask(url, { headers: new Headers(), method: 'GET', redirect: 'manual', signal });
  if (response.status !== 200) throw new Error(`${url} answers with ${String(response.status)}`);
  const found = metadata.parse(await response.json());
  if (found.issuer !== issuer) throw new Error(`${url} is of another issuer, ${found.issuer}`);
  if (!isKeyUrl(found.jwks_uri)) throw new Error(`${url} names keys that are not behind https`);
  return remoteKeys(found.jwks_uri, ask);
}

/** Keys of a JWKS file, read again when the file changes. */
function fileKeys(path: string): JWTVerifyGetKey {
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
