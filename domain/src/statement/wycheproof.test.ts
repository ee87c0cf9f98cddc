import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { PassageError } from '../errors/passage-error.js';
import type { JsonValue } from '../json/value.js';
import { readPublicJwk } from '../jwk/read-public-jwk.js';
import { verifyingKey, verifySignature } from '../jwk/verifying-key.js';
import { isSignedBy, readCompactJws } from './compact-jws.js';

interface VectorFile {
  readonly numberOfTests: number;
  readonly testGroups: readonly Group[];
}

interface Group {
  readonly comment?: string;
  readonly publicKey?: { readonly wx: string; readonly wy: string };
  readonly publicKeyJwk?: JsonValue;
  readonly public?: Key;
  readonly private?: Key;
  readonly tests: readonly Test[];
}

type Key = { readonly alg?: string; readonly keys?: readonly Key[] } & Record<string, unknown>;

interface Test {
  readonly tcId: number;
  readonly comment: string;
  readonly result: 'valid' | 'invalid';
  readonly msg: string;
  readonly sig: string;
  /** Compact, or an object in the two tests of the JSON serialisation. */
  readonly jws?: string | object;
  readonly jwe?: string | object;
}

function vectors(test: Mocha.Context, name: string): VectorFile {
  return JSON.parse(readFileSync(`${needSharedData(test, 'wycheproof')}${name}.json`, 'utf8')) as VectorFile;
}

/** Whether an act succeeds; a refusal has to be a PassageError. */
function succeeds(act: () => boolean): boolean {
  try {
    return act();
  } catch (error) {
    if (error instanceof PassageError) return false;
    throw error;
  }
}

/** A JWK for a P-256 group; the file gives none where a coordinate begins with zeros. */
function p256Jwk({ publicKeyJwk, publicKey }: Group): JsonValue {
  if (publicKeyJwk !== undefined) return publicKeyJwk;
  const coordinate = (hex = ''): string =>
    Buffer.from(hex.slice(-64).padStart(64, '0'), 'hex').toString('base64url');
  return { kty: 'EC', crv: 'P-256', x: coordinate(publicKey?.wx), y: coordinate(publicKey?.wy) };
}

describe('Wycheproof', () => {
  for (const [name, jwkOf, total, accepted] of [
    ['ecdsa_secp256r1_sha256_p1363_test', p256Jwk, 262, 173],
    ['ed25519_test', ({ publicKeyJwk }: Group): JsonValue => publicKeyJwk ?? null, 151, 88],
  ] as const) {
    it(`agrees on all ${total} signatures of ${name}`, function () {
      const file = vectors(this, name);
      const count = { tests: 0, valid: 0 };
      for (const group of file.testGroups) {
        const key = verifyingKey(readPublicJwk(jwkOf(group)));
        for (const { tcId, msg, sig, result } of group.tests) {
          const verdict = succeeds(() =>
            verifySignature(key, Buffer.from(msg, 'hex'), Buffer.from(sig, 'hex')),
          );
          expect(verdict, `${name} ${tcId}`).to.equal(result === 'valid');
          count.tests += 1;
          count.valid += Number(verdict);
        }
      }
      expect(count).to.deep.equal({ tests: total, valid: accepted });
    });
  }

  /** Groups whose valid tests we refuse on purpose: their algorithm is none of ours. */
  const refusedOnPurpose = /^(HS|RS|PS|ES521|A\d|ECDH)/;

  for (const [name, total, accepted] of [
    ['json_web_signature_test', 401, 2],
    ['json_web_key_test', 26, 0],
    ['json_web_crypto_test', 83, 1],
  ] as const) {
    it(`agrees on all ${total} messages of ${name}; HS, RS, PS, ES512 and JWE are refusals`, function () {
      const file = vectors(this, name);
      const count = { tests: 0, valid: 0 };
      for (const group of file.testGroups) {
        const given = group.public ?? group.private ?? {};
        const keys = given.keys ?? [given];
        const algorithms = keys.map((key) => String(key.alg));
        for (const test of group.tests) {
          const message = test.jws ?? test.jwe;
          const text = typeof message === 'string' ? message : JSON.stringify(message);
          const verdict = keys.some((jwk) =>
            succeeds(() => isSignedBy(readCompactJws(text), verifyingKey(readPublicJwk(jwk as JsonValue)))),
          );
          const expected = test.result === 'valid' && !algorithms.every((alg) => refusedOnPurpose.test(alg));
          expect(verdict, `${name} ${test.tcId} ${group.comment ?? ''} ${test.comment}`).to.equal(expected);
          count.tests += 1;
          count.valid += Number(verdict);
        }
      }
      expect(count).to.deep.equal({ tests: total, valid: accepted });
    });
  }
});
