import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { DerTag, concatBytes, derElement, derUnsigned, utf8 } from '../codec/index.js';
import * as node from './node.js';
import * as portable from './portable.js';
import type { HashName, PublicKey } from './node.js';

interface Vectors {
  readonly testGroups: readonly {
    readonly publicKeyDer: string;
    readonly tests: readonly { readonly tcId: number; readonly msg: string; readonly sig: string }[];
  }[];
}

function vectors(test: Mocha.Context, name: string): Vectors['testGroups'] {
  const file = readFileSync(`${needSharedData(test, 'wycheproof')}${name}.json`, 'utf8');
  return (JSON.parse(file) as Vectors).testGroups;
}

const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const kindOf = (key: PublicKey | undefined): unknown =>
  key && { algorithm: key.algorithm, ...(key.algorithm === 'ECDSA' && { curve: key.curve }) };

/** What both say of a signature, which has to be one thing. */
function verdict(
  spki: Uint8Array,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
  what = '',
): boolean {
  const [ofNode, ofPortable] = [node, portable].map(({ importPublicKey, verifySignature }) => {
    const key = importPublicKey(spki);
    return key !== undefined && verifySignature(key, hash, message, signature);
  });
  expect(ofPortable, what).to.equal(ofNode);
  return ofNode === true;
}

const hashes = ['sha256', 'sha384', 'sha512'] as const;
const pairs = {
  'P-224': generateKeyPairSync('ec', { namedCurve: 'P-224' }),
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  Ed25519: generateKeyPairSync('ed25519'),
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const spkiOf = (name: keyof typeof pairs): Buffer =>
  pairs[name].publicKey.export({ format: 'der', type: 'spki' });

function spki(algorithm: readonly Uint8Array[], key: Uint8Array): Uint8Array {
  const bits = derElement(DerTag.BIT_STRING, Uint8Array.of(0), key);
  return derElement(DerTag.SEQUENCE, derElement(DerTag.SEQUENCE, ...algorithm), bits);
}

describe('#crypto in Node and in browsers', () => {
  it('hashes alike, in however many parts', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), (parts) => {
        expect(Buffer.from(portable.sha256(...parts))).to.deep.equal(Buffer.from(node.sha256(...parts)));
      }),
    );
  });

  for (const [name, total, expected] of [
    ['ecdsa_secp256r1_sha256_test', 484, 174],
    ['ed25519_test', 151, 88],
  ] as const) {
    it(`gives the same verdict on each of the ${total} signatures of ${name}`, function () {
      const count = { tests: 0, valid: 0 };
      for (const { publicKeyDer, tests } of vectors(this, name)) {
        for (const { tcId, msg, sig } of tests) {
          count.tests++;
          count.valid += Number(verdict(hex(publicKeyDer), 'sha256', hex(msg), hex(sig), `test ${tcId}`));
        }
      }
      expect(count).to.deep.equal({ tests: total, valid: expected });
    });
  }

  for (const name of Object.keys(pairs) as (keyof typeof pairs)[]) {
    it(`imports a ${name} key alike, whole or with any bit turned`, () => {
      const der = spkiOf(name);
      expect(kindOf(portable.importPublicKey(der))).to.deep.equal(kindOf(node.importPublicKey(der)));
      expect(node.importPublicKey(der)).not.to.equal(undefined);
      for (let at = 0; at < Math.min(der.length, 100); at++) {
        for (const mask of [1, 0x80]) {
          const altered = Uint8Array.from(der);
          altered[at] = (altered[at] ?? 0) ^ mask;
          const kind = kindOf(portable.importPublicKey(altered));
          expect(kind, `byte ${at}`).to.deep.equal(kindOf(node.importPublicKey(altered)));
        }
      }
    });

    it(`gives the same verdict on ${name} signatures, whole or altered anywhere`, () => {
      const [der, { privateKey }] = [spkiOf(name), pairs[name]];
      fc.assert(
        fc.property(fc.constantFrom(...hashes), fc.nat(), fc.nat(255), (hash, place, mask) => {
          const message = utf8(`message ${place}`);
          const signature = sign(name === 'Ed25519' ? null : hash, message, privateKey);
          expect(verdict(der, hash, message, signature), hash).to.equal(true);
          const at = place % signature.length;
          signature[at] = (signature[at] ?? 0) ^ mask;
          verdict(der, hash, message, signature, `byte ${at}`);
        }),
        { numRuns: 12 },
      );
    });
  }

  it('takes no ECDSA signature but in the shortest DER', () => {
    const message = utf8('message');
    const signature = sign('sha256', message, pairs['P-256'].privateKey);
    const [r, s] = [
      signature.subarray(4, 4 + (signature[3] ?? 0)),
      signature.subarray(6 + (signature[3] ?? 0)),
    ];
    const integer = (digits: Uint8Array): Uint8Array => derElement(DerTag.INTEGER, digits);
    for (const [what, form] of Object.entries({
      'a tail': concatBytes(signature, Uint8Array.of(0)),
      'a third number': derElement(DerTag.SEQUENCE, integer(r), integer(s), integer(s)),
      'a superfluous zero': derElement(
        DerTag.SEQUENCE,
        integer(concatBytes(Uint8Array.of(0, 0), r)),
        integer(s),
      ),
      'a long length': concatBytes(Uint8Array.of(0x30, 0x81), signature.subarray(1)),
      zero: derElement(DerTag.SEQUENCE, derUnsigned(Uint8Array.of(0)), integer(s)),
      negative: derElement(DerTag.SEQUENCE, integer(concatBytes(Uint8Array.of(0xff), r)), integer(s)),
      nothing: new Uint8Array(),
    })) {
      expect(verdict(spkiOf('P-256'), 'sha256', message, form, what), what).to.equal(false);
    }
  });

  it('takes a curve by its name alone, and no key in another form than Go reads', () => {
    const oid = (text: string): Uint8Array => derElement(DerTag.OID, hex(text));
    const [ecPublicKey, p256, edwards, rsa] = [
      '2a8648ce3d0201',
      '2a8648ce3d030107',
      '2b6570',
      '2a864886f70d010101',
    ].map(oid);
    const none = derElement(0x05);
    const point = spkiOf('P-256').subarray(-65);
    const rsaKey = spkiOf('RSA').subarray(24);
    const compressed = Uint8Array.of(2 + ((point[64] ?? 0) & 1), ...point.subarray(1, 33));
    const withCurve = (parameters: readonly (Uint8Array | undefined)[], key: Uint8Array): Uint8Array =>
      spki(
        parameters.filter((part) => part !== undefined),
        key,
      );
    const forms: readonly (readonly [string, Uint8Array, boolean])[] = [
      ['the right form', withCurve([ecPublicKey, p256], point), true],
      ['compressed', withCurve([ecPublicKey, p256], compressed), false],
      ['no curve', withCurve([ecPublicKey], point), false],
      ['a tail behind the key', concatBytes(withCurve([ecPublicKey, p256], point), Uint8Array.of(0)), false],
      ['RSA as it should be', withCurve([rsa, none], rsaKey), true],
      ['RSA without NULL', withCurve([rsa], rsaKey), false],
      ['Ed25519 as it should be', withCurve([edwards], spkiOf('Ed25519').subarray(-32)), true],
      ['Ed25519 with NULL', withCurve([edwards, none], spkiOf('Ed25519').subarray(-32)), false],
      ['Ed25519 of 31 bytes', withCurve([edwards], new Uint8Array(31)), false],
    ];
    for (const [what, der, isKey] of forms) {
      for (const { importPublicKey } of [node, portable]) {
        expect(importPublicKey(der) !== undefined, what).to.equal(isKey);
      }
    }
  });

  it('goes by the equation where R has small order, as Go does, whatever Node would say', () => {
    const key = hex('b862409fb5c4c4123df2abf7462b88f041ad36dd6864ce872fd5472be363c5b1');
    const s = '19b1aeb7c0902c79ff8c86778fe65c9a926c73453cd81987a02a94db216e800c';
    const der = spki([derElement(DerTag.OID, hex('2b6570'))], key);
    const signature = hex(`01${'00'.repeat(31)}${s}`);
    expect(verdict(der, 'sha512', utf8('message'), signature)).to.equal(true);
    expect(verdict(der, 'sha512', utf8('another'), signature)).to.equal(false);
  });
});
