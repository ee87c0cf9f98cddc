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

/** What a local issuer with a server is called; without the file it is {@link LOCAL_ISSUER}, and its keys are read from its folder. */
const nameFile = (dir: string): string => join(dir, 'issuer', 'issuer.json');

/** What the local issuer of a folder calls itself: the URL of its server once that has run there, else {@link LOCAL_ISSUER}. */
export function localIssuerName(dir: string): string {
  const text = read(nameFile(dir));
  return text === undefined ? LOCAL_ISSUER : (JSON.parse(text) as { readonly issuer: string }).issuer;
}

/** From now on the local issuer of a folder is called by its server's URL. */
export function nameLocalIssuer(dir: string, issuer: string): void {
  writeWhole(nameFile(dir), JSON.stringify({ issuer }), PUBLIC);
}

/** Signs tokens for development and demonstration: whoever can read its key file can be anyone. */
export interface LocalIssuer {
  /** Path of the public keys, for `PASSAGE_ISSUER_JWKS`. */
  readonly jwksPath: string;
  /** A signed token for the caller, valid for `seconds` (12 hours unless told otherwise). */
  token(caller: Omit<Caller, 'subject' | 'token' | 'expires'>, seconds?: number): Promise<string>;
}

/**
 * Opens the issuer in `<dir>/issuer/`, making its ES256 keys at first use: `key.json` signs, `next.json` is to sign next (private
 * JWKs, mode 0600), and `jwks.json` has both, with the key before (public). Whoever keeps a copy of the public keys so knows the next
 * one before it signs. The public file is mended from the keys, should a crash have come between.
 */
export async function openLocalIssuer(dir: string): Promise<LocalIssuer> {
  const at = filesIn(dir);
  const key = readKey(at.key) ?? (await makeKey(at.key));
  const kept = readKey(at.next);
  const next = kept === undefined || kept.kid === key.kid ? await makeKey(at.next) : kept;
  publish(at.jwks, [key, next]);
  const issuer = localIssuerName(dir);
  const secret = await importJWK(key, 'ES256');

  return {
    jwksPath: at.jwks,
    token: async ({ org, party, role, admin }, seconds = 12 * 3600) =>
      new SignJWT({
        client_id: 'passage',
        org,
        admin,
        ...(party !== undefined && { party }),
        ...(role !== undefined && { role }),
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...(key.kid !== undefined && { kid: key.kid }) })
        .setIssuer(issuer)
        .setAudience(DEFAULT_AUDIENCE)
        .setSubject(party === undefined ? `admin@${org}` : `${party}.${role ?? ''}`)
        .setIssuedAt()
        .setJti(randomUUID())
        .setExpirationTime(`${String(seconds)} s`)
        .sign(secret),
  };
}

/** Lets the issuer sign with its next key, which is published already; tokens of the one before stay good until they expire. */
export async function rotateLocalIssuer(dir: string): Promise<LocalIssuer> {
  await openLocalIssuer(dir);
  const at = filesIn(dir);
  const next = readKey(at.next);
  if (next) writeWhole(at.key, JSON.stringify(next), PRIVATE);
  return openLocalIssuer(dir);
}

function filesIn(dir: string): { readonly key: string; readonly next: string; readonly jwks: string } {
  const file = (name: string): string => join(dir, 'issuer', name);
  return { key: file('key.json'), next: file('next.json'), jwks: file('jwks.json') };
}

/** Publishes the keys' public parts; of those that were published before, one more stays. */
function publish(path: string, keys: readonly JWK[]): void {
  const before = read(path);
  const { keys: known = [] } =
    before === undefined ? {} : (JSON.parse(before) as { readonly keys?: readonly JWK[] });
  const isKnown = ({ kid }: JWK): boolean => known.some((one) => one.kid === kid);
  if (keys.every(isKnown)) return;
  const others = known.filter(({ kid }) => !keys.some((key) => key.kid === kid));
  writeWhole(path, JSON.stringify({ keys: [...keys.map(publicPart), ...others.slice(0, 1)] }), PUBLIC);
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
