import { createHash, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';

import { signers } from '@hyperledger/fabric-gateway';

import { FabricError, messageOf } from './errors.js';
import type { PairFiles } from './paths.js';

/** Which of the server's two CAs certifies: who somebody is, or a TLS endpoint. */
export type CaName = 'ca' | 'tlsca';

/** fabric-ca's node types; the certificate's OU has the same name. */
export type IdentityType = 'client' | 'peer' | 'orderer' | 'admin';

/** A key pair in memory, as PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** One organisation's CA server. */
export interface CaServer {
  readonly url: string;
  /** PEM file of the root that its TLS certificate chains to. */
  readonly root: string;
}

interface Answer {
  readonly success: boolean;
  readonly result?: { readonly Cert?: string };
  readonly errors?: readonly { readonly code: number; readonly message: string }[] | null;
}

/** fabric-ca's own number for an id that is registered already (CA:lib/caerrors/errors.go). */
const ALREADY_REGISTERED = 74;

const DEADLINE_MS = 30_000;

/**
 * Registers an identity; the same again is fine.
 *
 * @throws FabricError CA_REFUSED
 */
export async function register(
  server: CaServer,
  registrar: KeyPair,
  identity: { readonly id: string; readonly type: IdentityType; readonly secret: string },
): Promise<void> {
  const path = '/api/v1/register';
  const body = JSON.stringify({ ...identity, affiliation: '', max_enrollments: -1, attrs: [], caname: 'ca' });
  const answer = await post(server, path, body, await registrarToken(registrar, path, body));
  const known = answer.errors?.some(({ code }) => code === ALREADY_REGISTERED) ?? false;
  if (!answer.success && !known) throw refused(server, identity.id, answer);
}

/**
 * Exchanges a certificate request for a certificate (PEM). `hosts` are the names in a TLS certificate.
 *
 * @throws FabricError CA_REFUSED
 */
export async function enroll(
  server: CaServer,
  ca: CaName,
  { id, secret }: { readonly id: string; readonly secret: string },
  csr: string,
  hosts: readonly string[] = [],
): Promise<string> {
  const body = JSON.stringify({
    certificate_request: csr,
    caname: ca,
    ...(ca === 'tlsca' && { profile: 'tls', hosts }),
  });
  const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const answer = await post(server, '/api/v1/enroll', body, basic);
  const certificate = answer.result?.Cert;
  if (!answer.success || certificate === undefined) throw refused(server, id, answer);
  return Buffer.from(certificate, 'base64').toString('utf8');
}

export function readPair({ cert, key }: PairFiles): KeyPair {
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/**
 * base64(cert).base64(signature over `POST.b64(path).b64(body).b64(cert)`) (CA:util/util.go, GenECDSAToken). The server refuses
 * a signature with a high S, as everything of Fabric does; the gateway client's signer makes none.
 */
async function registrarToken({ cert, key }: KeyPair, path: string, body: string): Promise<string> {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const signed = `POST.${base64(path)}.${base64(body)}.${base64(cert)}`;
  const sign = signers.newPrivateKeySigner(createPrivateKey(key));
  const signature = await sign(createHash('sha256').update(signed).digest());
  return `${base64(cert)}.${Buffer.from(signature).toString('base64')}`;
}

function refused(server: CaServer, id: string, { errors }: Answer): FabricError {
  const reasons = errors?.map(({ code, message }) => `${code} ${message}`).join('; ') ?? 'no reason given';
  return new FabricError('CA_REFUSED', `the CA at ${server.url} refused ${id}: ${reasons}`);
}

async function post(server: CaServer, path: string, body: string, authorization: string): Promise<Answer> {
  try {
    return JSON.parse(await send(server, path, body, authorization)) as Answer;
  } catch (error) {
    throw new FabricError('CA_REFUSED', `the CA at ${server.url} cannot be used: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function send({ url, root }: CaServer, path: string, body: string, authorization: string): Promise<string> {
  return new Promise((done, failed) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization,
    };
    const options = { method: 'POST', ca: readFileSync(root), headers, timeout: DEADLINE_MS };
    const sent = request(new URL(path, url), options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        done(Buffer.concat(parts).toString('utf8'));
      });
      response.on('error', failed);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${DEADLINE_MS} ms`)));
    sent.on('error', failed);
    sent.end(body);
  });
}
