import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { utf8 } from '../../bytes/bytes.js';
import { algorithmOf, type PublicJwk, type SignatureAlgorithm } from '../../jwk/public-jwk.js';
import { readPublicJwk } from '../../jwk/read-public-jwk.js';
import { jwkThumbprint } from '../../jwk/thumbprint.js';
import type { JsonValue } from '../../json/value.js';
import { assembleStatement, statementSigningInput } from '../build-statement.js';
import { STATEMENT_TYPE, type StatementHeader } from '../statement.js';

/** A device's key pair in a test. */
export interface Signer {
  readonly jwk: PublicJwk;
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly sign: (signingInput: string) => Uint8Array;
}

export function newSigner(algorithm: SignatureAlgorithm): Signer {
  const { publicKey, privateKey } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519');
  const jwk = readPublicJwk(publicKey.export({ format: 'jwk' }) as JsonValue);
  const hash = algorithm === 'ES256' ? 'sha256' : null;
  return {
    jwk,
    kid: jwkThumbprint(jwk),
    privateKey,
    sign: (signingInput) => sign(hash, utf8(signingInput), { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

/** The header of a signer's first statement, with what a test wants otherwise. */
export function headerOf(signer: Signer, change: Partial<StatementHeader> = {}): StatementHeader {
  const { jwk, kid } = signer;
  return { alg: algorithmOf(jwk), typ: STATEMENT_TYPE, kid, aud: '0a'.repeat(32), seq: 1, ...change };
}

/** A signed statement over a payload. */
export function signStatement(
  signer: Signer,
  payload: JsonValue,
  change: Partial<StatementHeader> = {},
): string {
  const input = statementSigningInput(headerOf(signer, change), utf8(JSON.stringify(payload)));
  return assembleStatement(input, signer.sign(input));
}

/** A compact JWS over any header and payload text, signed rightly: for headers that the kit would never write. */
export function signRaw(signer: Signer, header: string, payload: string): string {
  const input = `${Buffer.from(header).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  return assembleStatement(input, signer.sign(input));
}
