import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { hasSmallOrder, verifyEd25519 } from './ed25519.js';

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Point.fromHex(hex, true));

const littleEndian = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`);
const bytesOf = (value: bigint): Uint8Array =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex')).reverse();

/** OpenSSL's verdict; a key that it does not import verifies nothing. */
function verdictOfNode(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const x = Buffer.from(key).toString('base64url');
  return verify(
    null,
    message,
    createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } }),
    signature,
  );
}

function agree(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const verdict = verifyEd25519(key, message, signature);
  expect(verdict).to.equal(verdictOfNode(key, message, signature));
  return verdict;
}

/** A signature by the book, with points of small order added to key and to R: the signer's own doing. */
function twisted(secret: bigint, nonce: bigint, keyTwist: number, rTwist: number, message: Uint8Array) {
  const a = Point.BASE.multiply(secret).add(torsion[keyTwist] ?? Point.ZERO);
  const r = Point.BASE.multiply(nonce).add(torsion[rTwist] ?? Point.ZERO);
  const [key, encodedR] = [a.toBytes(), r.toBytes()];
  const h = littleEndian(createHash('sha512').update(encodedR).update(key).update(message).digest()) % ORDER;
  const signature = Uint8Array.of(...encodedR, ...bytesOf((nonce + h * secret) % ORDER));
  return { key, signature };
}

const scalar = fc.bigInt({ min: 1n, max: ORDER - 1n });
const message = new TextEncoder().encode('an event');

describe('verifyEd25519', () => {
  it('takes what OpenSSL signs, and nothing near it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const signature = sign(null, message, privateKey);
    expect(agree(key, message, signature)).to.equal(true);
    expect(agree(key, signature, signature)).to.equal(false);
    const beyond = Uint8Array.of(
      ...signature.subarray(0, 32),
      ...bytesOf(littleEndian(signature.subarray(32)) + ORDER),
    );
    expect(agree(key, message, beyond)).to.equal(false);
    expect(verifyEd25519(key, message, signature.subarray(1))).to.equal(false);
    expect(verifyEd25519(key.subarray(1), message, signature)).to.equal(false);
  });

  it('judges signatures twisted by points of small order as OpenSSL does, and the cofactor would not', () => {
    let differing = 0;
    let taken = 0;
    const twist = fc.integer({ min: 0, max: torsion.length - 1 });
    fc.assert(
      fc.property(scalar, scalar, twist, twist, (secret, nonce, keyTwist, rTwist) => {
        const { key, signature } = twisted(secret, nonce, keyTwist, rTwist, message);
        const verdict = agree(key, message, signature);
        taken += Number(verdict);
        differing += Number(verdict !== ed25519.verify(signature, message, key, { zip215: false }));
      }),
      { numRuns: 60 },
    );
    expect(taken).to.be.greaterThan(0);
    expect(differing).to.be.greaterThan(0);
  });

  it('goes by the equation alone where key or R has small order, which Node may refuse', () => {
    const key = (torsion[1] ?? Point.ZERO).toBytes();
    const r = Point.ZERO.toBytes();
    const zero = Uint8Array.of(...r, ...new Uint8Array(32));
    const verdicts = Array.from({ length: 40 }, (_, nonce) => verifyEd25519(key, Uint8Array.of(nonce), zero));
    // [h]A is the point at infinity for one h in eight.
    expect(verdicts).to.include(true);
    expect(verdicts).to.include(false);
    const one = verifyEd25519(
      Point.ZERO.toBytes(),
      message,
      Uint8Array.of(...Point.BASE.toBytes(), ...bytesOf(1n)),
    );
    expect(one).to.equal(true);
  });

  it('knows the points of small order in every encoding, and no others', () => {
    const p = 2n ** 255n - 19n;
    for (const point of torsion) {
      const y = littleEndian(point.toBytes()) & ((1n << 255n) - 1n);
      const encodings = [y, y + p].filter((value) => value < 2n ** 255n).map(bytesOf);
      for (const encoded of encodings) expect(hasSmallOrder(encoded)).to.equal(true);
    }
    expect(hasSmallOrder(Point.BASE.toBytes())).to.equal(false);
    expect(hasSmallOrder(Point.BASE.add(torsion[1] ?? Point.ZERO).toBytes())).to.equal(false);
    expect(hasSmallOrder(new Uint8Array(31))).to.equal(false);
    expect(hasSmallOrder(new Uint8Array(32).fill(2))).to.equal(false);
  });

  it('agrees on bytes that are no key', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        (key, signature) => {
          signature[63] = (signature[63] ?? 0) & 0x0f;
          expect(agree(key, message, signature)).to.equal(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});
