import { constants, createPublicKey, generateKeyPairSync, privateEncrypt, sign, verify } from 'node:crypto';
import { expect } from 'chai';
import { digest } from './digest.js';
import { verifyRsaPkcs1 } from './rsa.js';

const message = new TextEncoder().encode('a certificate');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
const key = { modulus: Buffer.from(n, 'base64url'), exponent: Buffer.from(e, 'base64url') };

/** DigestInfo of SHA-256 over the message, as it ought to be. */
const info = Buffer.concat([
  Buffer.from('3031300d060960864801650304020105000420', 'hex'),
  digest('sha256', message),
]);

/** A signature over a block of our own making. */
function signed(block: Uint8Array): Buffer {
  return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, block);
}

function block(before: readonly number[], padding: number, ...rest: readonly Uint8Array[]): Buffer {
  const end = Buffer.concat(rest);
  const head = Buffer.from([...before, ...Array<number>(padding).fill(0xff)]);
  return Buffer.concat([head, end, Buffer.alloc(Math.max(0, 256 - head.length - end.length))]).subarray(
    0,
    256,
  );
}

const rightPadding = 256 - 3 - info.length;
const noNull = Buffer.concat([
  Buffer.from('302f300b0609608648016503040201', 'hex'),
  Buffer.from('0420', 'hex'),
  digest('sha256', message),
]);

describe('verifyRsaPkcs1', () => {
  for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
    it(`takes what OpenSSL signs with ${hash}, and no other byte of it`, () => {
      const signature = sign(hash, message, privateKey);
      expect(verifyRsaPkcs1(key, hash, message, signature)).to.equal(true);
      for (const at of [0, 100, 255]) {
        const altered = Uint8Array.from(signature);
        altered[at] = (altered[at] ?? 0) ^ 1;
        expect(verifyRsaPkcs1(key, hash, message, altered), `byte ${at}`).to.equal(false);
      }
      expect(verifyRsaPkcs1(key, hash, signature, signature)).to.equal(false);
    });
  }

  for (const [what, forged, expected] of [
    ['the right block', block([0, 1], rightPadding, Buffer.of(0), info), true],
    ['block type 2', block([0, 2], rightPadding, Buffer.of(0), info), false],
    ['no zero behind the padding', block([0, 1], rightPadding, Buffer.of(1), info), false],
    ['short padding and a tail (Bleichenbacher 2006)', block([0, 1], 8, Buffer.of(0), info), false],
    ['a digest without its algorithm', block([0, 1], 256 - 3 - 32, Buffer.of(0), info.subarray(-32)), false],
    ['an algorithm without NULL', block([0, 1], 256 - 3 - noNull.length, Buffer.of(0), noNull), false],
  ] as const) {
    it(`judges ${what} as OpenSSL does`, () => {
      const signature = signed(forged);
      expect(verify('sha256', message, publicKey, signature)).to.equal(expected);
      expect(verifyRsaPkcs1(key, 'sha256', message, signature)).to.equal(expected);
    });
  }

  it('refuses signatures of another length, and numbers beyond the modulus', () => {
    const signature = sign('sha256', message, privateKey);
    expect(verifyRsaPkcs1(key, 'sha256', message, Buffer.concat([Buffer.of(0), signature]))).to.equal(false);
    expect(verifyRsaPkcs1(key, 'sha256', message, signature.subarray(1))).to.equal(false);
    expect(verifyRsaPkcs1(key, 'sha256', message, key.modulus)).to.equal(false);
  });

  it('refuses a modulus too short for the digest, and numbers that would take long', () => {
    const short = createPublicKey(generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey);
    const modulus = Buffer.from(short.export({ format: 'jwk' }).n ?? '', 'base64url');
    expect(verifyRsaPkcs1({ ...key, modulus }, 'sha512', message, new Uint8Array(64))).to.equal(false);
    const huge = new Uint8Array(4096).fill(0xff);
    expect(verifyRsaPkcs1({ ...key, modulus: huge }, 'sha256', message, huge)).to.equal(false);
    expect(verifyRsaPkcs1({ ...key, exponent: huge }, 'sha256', message, new Uint8Array(256))).to.equal(
      false,
    );
  });
});
