import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import * as node from './node.js';
import * as portable from './portable.js';

const implementations = [node, portable] as const;

interface Vectors {
  readonly testGroups: readonly {
    readonly publicKey: { readonly wx?: string; readonly wy?: string };
    readonly publicKeyJwk?: { readonly x: string };
    readonly tests: readonly { readonly tcId: number; readonly msg: string; readonly sig: string }[];
  }[];
}

function vectors(test: Mocha.Context, name: string): Vectors['testGroups'] {
  const file = readFileSync(`${needSharedData(test, 'wycheproof')}${name}.json`, 'utf8');
  return (JSON.parse(file) as Vectors).testGroups;
}

const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const coordinate = (text = ''): string =>
  Buffer.from(text.slice(-64).padStart(64, '0'), 'hex').toString('base64url');

/** What both say, which has to be one thing. */
function verdict(judge: (crypto: typeof node | typeof portable) => boolean, what: string): boolean {
  const [ofNode, ofPortable] = implementations.map(judge);
  expect(ofPortable, what).to.equal(ofNode);
  return ofNode === true;
}

describe('#crypto in Node and in browsers', () => {
  it('hashes alike, in however many parts', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), (parts) => {
        expect(Buffer.from(portable.sha256(...parts))).to.deep.equal(Buffer.from(node.sha256(...parts)));
      }),
    );
  });

  it('gives the same verdict on each ES256 signature of Wycheproof, high S included', function () {
    let valid = 0;
    for (const { publicKey, tests } of vectors(this, 'ecdsa_secp256r1_sha256_p1363_test')) {
      const [x, y] = [coordinate(publicKey.wx), coordinate(publicKey.wy)];
      for (const { tcId, msg, sig } of tests) {
        const one = ({ importP256, verifyEs256 }: typeof node | typeof portable): boolean =>
          verifyEs256(importP256(x, y), hex(msg), hex(sig));
        valid += Number(verdict(one, `test ${tcId}`));
      }
    }
    expect(valid).to.equal(173);
  });

  it('gives the same verdict on each Ed25519 signature of Wycheproof', function () {
    let valid = 0;
    for (const { publicKeyJwk, tests } of vectors(this, 'ed25519_test')) {
      for (const { tcId, msg, sig } of tests) {
        const one = ({ importEd25519, verifyEd25519 }: typeof node | typeof portable): boolean =>
          verifyEd25519(importEd25519(publicKeyJwk?.x ?? ''), hex(msg), hex(sig));
        valid += Number(verdict(one, `test ${tcId}`));
      }
    }
    expect(valid).to.equal(88);
  });

  it('gives the same verdict on signatures that were altered anywhere', () => {
    const es256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const eddsa = generateKeyPairSync('ed25519');
    const { x = '', y = '' } = es256.publicKey.export({ format: 'jwk' });
    const ed = eddsa.publicKey.export({ format: 'jwk' }).x ?? '';
    const message = fc.uint8Array({ maxLength: 100 });
    fc.assert(
      fc.property(message, fc.nat(63), fc.integer({ min: 0, max: 255 }), (data, at, mask) => {
        const ecdsa = sign('sha256', data, { key: es256.privateKey, dsaEncoding: 'ieee-p1363' });
        const edwards = sign(null, data, eddsa.privateKey);
        for (const signature of [ecdsa, edwards]) signature[at] = (signature[at] ?? 0) ^ mask;
        const es = verdict((one) => one.verifyEs256(one.importP256(x, y), data, ecdsa), 'ES256');
        const dsa = verdict((one) => one.verifyEd25519(one.importEd25519(ed), data, edwards), 'EdDSA');
        expect([es, dsa]).to.deep.equal([mask === 0, mask === 0]);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses to import what is no point of P-256', () => {
    const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
      format: 'jwk',
    });
    for (const { importP256 } of implementations) {
      expect(() => importP256(x, y)).not.to.throw();
      expect(() => importP256(y, x)).to.throw();
    }
  });
});
