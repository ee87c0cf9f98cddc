import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PRIVATE, PUBLIC, writeWhole } from '@passage/enrolment';
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { JWK } from 'jose';

import type { Caller } from './caller.js';

/** The names that the local issuer and the gateways agree on unless the environment says otherwise. */
export const LOCAL_ISSUER = 'urn:passage:local-issuer';
export const DEFAULT_AUDIENCE = 'urn:passage:gateway';

/** Signs tokens for development and demonstration: whoever can read its key file can be anyone. */
export interface LocalIssuer {
  /** Path of the public keys, for `PASSAGE_ISSUER_JWKS`. */
  readonly jwksPath: string;
  /** A signed token for the caller, valid for `seconds` (12 hours unless told otherwise). */
  token(caller: Omit<Caller, 'subject' | 'token' | 'expires'>, seconds?: number): Promise<string>;
}

/**
 * Opens the issuer in `<dir>/issuer/`, making its ES256 key at first use: `key.json` (private JWK, mode 0600) and
 * `jwks.json` (public: that key and the one before). The public file is mended from the key, should a crash have come between.
 */
export async function openLocalIssuer(dir: string): Promise<LocalIssuer> {
  const keyPath = join(dir, 'issuer', 'key.json');
  const jwksPath = join(dir, 'issuer', 'jwks.json');
  const key = readKey(keyPath) ?? (await makeKey(keyPath));
  publish(jwksPath, key);
  const secret = await importJWK(key, 'ES256');

  return {
    jwksPath,
    token: async ({ org, party, role, admin }, seconds = 12 * 3600) =>
      new SignJWT({
        client_id: 'passage',
        org,
        admin,
        ...(party !== undefined && { party }),
        ...(role !== undefined && { role }),
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...(key.kid !== undefined && { kid: key.kid }) })
        .setIssuer(LOCAL_ISSUER)
        .setAudience(DEFAULT_AUDIENCE)
        .setSubject(party === undefined ? `admin@${org}` : `${party}.${role ?? ''}`)
        .setIssuedAt()
        .setJti(randomUUID())
        .setExpirationTime(`${String(seconds)} s`)
        .sign(secret),
  };
}

/**
 * Gives the issuer a new key; tokens of the one before stay good until they expire. The new key is published before it signs, so
 * that no gateway meets a token whose key it cannot find.
 */
export async function rotateLocalIssuer(dir: string): Promise<LocalIssuer> {
  await openLocalIssuer(dir);
  const key = await newKey();
  publish(join(dir, 'issuer', 'jwks.json'), key);
  writeWhole(join(dir, 'issuer', 'key.json'), JSON.stringify(key), PRIVATE);
  return openLocalIssuer(dir);
}

/** Puts a key's public part first among those published; of the others one stays. */
function publish(path: string, key: JWK): void {
  const before = read(path);
  const { keys: known = [] } =
    before === undefined ? {} : (JSON.parse(before) as { readonly keys?: readonly JWK[] });
  if (known.some(({ kid }) => kid === key.kid)) return;
  writeWhole(path, JSON.stringify({ keys: [publicPart(key), ...known.slice(0, 1)] }), PUBLIC);
}

async function makeKey(path: string): Promise<JWK> {
  const key = await newKey();
  writeWhole(path, JSON.stringify(key), PRIVATE);
  return key;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}

function readKey(path: string): JWK | undefined {
  const text = read(path);
  return text === undefined ? undefined : (JSON.parse(text) as JWK);
}

function publicPart(key: JWK): JWK {
  return Object.fromEntries(Object.entries(key).filter(([name]) => name !== 'd'));
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
