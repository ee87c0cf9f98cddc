import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';

/** What anyone may ask of an issuer: its metadata (OpenID Connect Discovery 1.0, section 4; RFC 8414) and its public keys (RFC 7517). */
const METADATA = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];
const KEYS = '/jwks.json';

/**
 * The local issuer's public side. It gives out no tokens: `passage token` signs them, with the key in the issuer's folder. Keys are read
 * from their file for each answer, so that a rotation needs no restart here either.
 */
export function issuerServer(issuer: string, jwksPath: string): Server {
  const metadata = {
    issuer,
    jwks_uri: `${issuer}${KEYS}`,
    response_types_supported: [],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
  };
  return createServer(({ url, method }, response) => {
    const { pathname } = new URL(url ?? '/', issuer);
    const answer = (status: number, body: string): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
      response.end(method === 'HEAD' ? undefined : body);
    };
    if (method !== 'GET' && method !== 'HEAD') answer(405, '{}');
    else if (METADATA.includes(pathname)) answer(200, JSON.stringify(metadata));
    else if (pathname === KEYS) answer(200, readFileSync(jwksPath, 'utf8'));
    else answer(404, '{}');
  });
}
