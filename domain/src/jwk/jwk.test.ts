import { expect } from 'chai';
import { calculateJwkThumbprint } from 'jose';
import { generateKeyPairSync, sign } from 'node:crypto';
import { encodeBase64url } from '../bytes/base64url.js';
import { PassageError } from '../errors/passage-error.js';
import type { Violation } from '../errors/violations.js';
import type { JsonObject, JsonValue } from '../json/value.js';
import { ed25519Fault, hasSmallOrder } from './curves.js';
import { readPublicJwk } from './read-public-jwk.js';
import { jwkThumbprint } from './thumbprint.js';
import { verifyingKey, verifySignature } from './verifying-key.js';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  format: 'jwk',
}) as JsonObject;
const okp = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as JsonObject;

/** What a key is refused for, as "pointer code"; empty where it is taken. */
function faults(value: JsonValue | undefined): string[] {
  try {
    readPublicJwk(value);
    return [];
  } catch (error) {
    if (!(error instanceof PassageError) || error.code !== 'INVALID_KEY') throw error;
    const violations = error.details['violations'] as unknown as Violation[];
    return violations.map(({ pointer, code }) => `${pointer} ${code}`);
  }
}

const point = (bytes: number[] | Uint8Array): JsonObject => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: encodeBase64url(Uint8Array.from(bytes)),
});

describe('readPublicJwk', () => {
  it('takes P-256 and Ed25519 keys and keeps the members of the key alone', () => {
    expect(readPublicJwk({ ...ec, use: 'sig', alg: 'ES256', key_ops: ['verify'], kid: 'x' })).to.deep.equal(
      ec,
    );
    expect(readPublicJwk({ ...okp, use: 'sig', alg: 'EdDSA', key_ops: ['sign', 'verify'] })).to.deep.equal(
      okp,
    );
  });

  it('refuses private and symmetric members', () => {
    expect(faults({ ...ec, d: 'AA' })).to.deep.equal(['/d SECRET']);
    expect(faults({ ...okp, d: 'AA', k: 'AA' })).to.deep.equal(['/d SECRET', '/k SECRET']);
  });

  it('refuses other kinds of key and other curves', () => {
    for (const change of [
      { crv: 'P-384' },
      { crv: 'secp256k1' },
      { kty: 'OKP' },
      { kty: 'RSA' },
      { kty: 'oct' },
    ]) {
      expect(faults({ ...ec, ...change }), JSON.stringify(change)).to.deep.equal(['/crv CURVE']);
    }
    for (const crv of ['X25519', 'Ed448', 'P-256'])
      expect(faults({ ...okp, crv })).to.deep.equal(['/crv CURVE']);
    for (const value of [null, [], 'key', undefined]) expect(faults(value)).to.deep.equal([' TYPE']);
  });

  it('refuses coordinates of another length or another spelling', () => {
    const { x } = ec as { x: string };
    expect(faults({ ...ec, x: `AA${x}` })).to.deep.equal(['/x BASE64URL']);
    expect(faults({ ...ec, x: x.slice(0, -1), y: 1 })).to.deep.equal(['/x BASE64URL', '/y BASE64URL']);
    expect(faults({ ...ec, x: `${x}=` })).to.deep.equal(['/x BASE64URL']);
    // The last of 43 characters carries four bits; setting one of the two left over spells the same bytes differently.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(x.slice(-1));
    const twin =
      x.slice(0, -1) + 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.charAt(last + 1);
    expect(Buffer.from(twin, 'base64url')).to.deep.equal(Buffer.from(x, 'base64url'));
    expect(faults({ ...ec, x: twin })).to.deep.equal(['/x BASE64URL']);
  });

  it('refuses points off P-256, and coordinates that are not reduced', () => {
    expect(faults({ ...ec, y: ec['x'] ?? '' })).to.deep.equal(['/y POINT']);
    const zero = encodeBase64url(new Uint8Array(32));
    expect(faults({ ...ec, x: zero, y: zero })).to.deep.equal(['/y POINT']);
    expect(faults({ ...ec, x: encodeBase64url(new Uint8Array(32).fill(255)) })).to.deep.equal(['/y POINT']);
    // The point with x = 0, and the same with the prime itself in the place of 0.
    const root = Buffer.from('66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4', 'hex');
    const prime = Buffer.from('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff', 'hex');
    const [y, p] = [encodeBase64url(root), encodeBase64url(prime)];
    expect(faults({ ...ec, x: zero, y })).to.deep.equal([]);
    expect(faults({ ...ec, x: p, y })).to.deep.equal(['/y POINT']);
  });

  it('refuses every Ed25519 point of small order, with either sign', () => {
    const encodings = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000000',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ];
    for (const hex of encodings) {
      const bytes = Buffer.from(hex, 'hex');
      expect(ed25519Fault(bytes), hex).to.equal('of small order');
      bytes[31] = (bytes[31] ?? 0) | 0x80;
      expect(faults(point(bytes)), `${hex} with sign`).to.deep.equal(['/x POINT']);
    }
  });

  it('refuses Ed25519 encodings that are not canonical or not on the curve', () => {
    expect(ed25519Fault(new Uint8Array(32).fill(255))).to.equal('not canonical');
    expect(ed25519Fault(Uint8Array.of(0xed, ...new Uint8Array(30).fill(255), 0x7f))).to.equal(
      'not canonical',
    );
    expect(ed25519Fault(Uint8Array.of(0xee, ...new Uint8Array(30).fill(255), 0x7f))).to.equal(
      'not canonical',
    );
    expect(ed25519Fault(Uint8Array.of(2, ...new Uint8Array(31)))).to.equal('not on the curve');
    expect(faults(point([3]))).to.deep.equal(['/x BASE64URL']);
  });

  it('takes every key that node:crypto makes', () => {
    for (let round = 0; round < 50; round += 1) {
      const made = [generateKeyPairSync('ed25519'), generateKeyPairSync('ec', { namedCurve: 'P-256' })];
      for (const { publicKey } of made)
        expect(faults(publicKey.export({ format: 'jwk' }) as JsonObject)).to.deep.equal([]);
    }
  });

  it('refuses a use, an algorithm or operations that speak against verifying', () => {
    expect(faults({ ...ec, use: 'enc', alg: 'ES384', key_ops: ['sign'] })).to.deep.equal([
      '/use USE',
      '/alg ALGORITHM',
      '/key_ops USE',
    ]);
    expect(faults({ ...okp, alg: 'ES256', key_ops: 'verify' })).to.deep.equal([
      '/alg ALGORITHM',
      '/key_ops USE',
    ]);
  });

  it('puts the place of the key before each pointer', () => {
    expect(() => readPublicJwk({ ...ec, d: 'x' }, '/jwk')).to.throw(PassageError, 'at /jwk/d');
  });
});

describe('jwkThumbprint', () => {
  it('is the one of RFC 8037 appendix A.3', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const;
    expect(jwkThumbprint(jwk)).to.equal('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  it('is the one that jose computes', async () => {
    for (const jwk of [ec, okp]) {
      expect(jwkThumbprint(readPublicJwk(jwk))).to.equal(await calculateJwkThumbprint(jwk));
    }
  });
});

describe('verifySignature', () => {
  it('takes what a key of either kind has signed, and nothing else', () => {
    const pairs = [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ed25519')];
    for (const { publicKey, privateKey } of pairs) {
      const key = verifyingKey(readPublicJwk(publicKey.export({ format: 'jwk' }) as JsonObject));
      const hash = key.algorithm === 'ES256' ? 'sha256' : null;
      const signature = sign(hash, Buffer.from('message'), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      expect(verifySignature(key, Buffer.from('message'), signature)).to.equal(true);
      expect(verifySignature(key, Buffer.from('massage'), signature)).to.equal(false);
      for (const other of pairs)
        if (other.publicKey !== publicKey) {
          const stranger = verifyingKey(
            readPublicJwk(other.publicKey.export({ format: 'jwk' }) as JsonObject),
          );
          expect(verifySignature(stranger, Buffer.from('message'), signature)).to.equal(false);
        }
    }
  });

  it('knows points of small order by their encoding, with either sign', () => {
    const point = Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex');
    expect(hasSmallOrder(point)).to.equal(true);
    point[31] = (point[31] ?? 0) | 0x80;
    expect(hasSmallOrder(point)).to.equal(true);
    point[0] = (point[0] ?? 0) ^ 1;
    expect(hasSmallOrder(point)).to.equal(false);
  });

  it('refuses an R of small order, which Node versions judge differently', () => {
    const x = 'uGJAn7XExBI98qv3RiuI8EGtNt1oZM6HL9VHK-NjxbE';
    const key = verifyingKey(readPublicJwk({ kty: 'OKP', crv: 'Ed25519', x }));
    // By whoever knows the key: R is the point at infinity, and the equation holds.
    const s = '19b1aeb7c0902c79ff8c86778fe65c9a926c73453cd81987a02a94db216e800c';
    const signature = Buffer.from(`01${'00'.repeat(31)}${s}`, 'hex');
    expect(verifySignature(key, Buffer.from('message'), signature)).to.equal(false);
  });
});
