import { generateKeyPairSync, sign } from 'node:crypto';
import { expect } from 'chai';
import * as node from '../crypto/node.js';
import * as portable from '../crypto/portable.js';
import { isValidSignature, toLowS } from './ecdsa.js';
import { SignatureBatch, signatureMethods } from './signature-batch.js';
import type { PublicKey } from '../crypto/node.js';

const message = Buffer.from('a block');

interface Signed {
  readonly spki: Uint8Array;
  readonly signature: Uint8Array;
}

/** Signatures by keys of all kinds: more than a batch needs by the first, some with a high S, and two that are of something else. */
function signatures(): readonly Signed[] {
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const ed25519 = generateKeyPairSync('ed25519');
  const by = ({ publicKey }: typeof p256, signature: Uint8Array): Signed => ({
    spki: publicKey.export({ format: 'der', type: 'spki' }),
    signature,
  });
  const some = Array.from({ length: 400 }, () => by(p256, sign('sha256', message, p256.privateKey)));
  return [
    ...some,
    ...some.map((one) => ({ ...one, signature: toLowS(one.signature, 'P-256') })),
    by(p256, sign('sha256', Buffer.from('other'), p256.privateKey)),
    by(p256, Buffer.from('no signature')),
    by(p384, toLowS(sign('sha256', message, p384.privateKey), 'P-384')),
    by(ed25519, sign(null, message, ed25519.privateKey)),
    by(ed25519, sign(null, Buffer.from('other'), ed25519.privateKey)),
  ];
}

const keyOf = (room: typeof node | typeof portable, spki: Uint8Array): PublicKey => {
  const key = room.importPublicKey(spki);
  if (key === undefined) throw new Error('no key');
  return key;
};

describe('signatures that are checked together', function () {
  this.timeout(60_000);

  it('have the verdicts that each has by itself, by either method', () => {
    const keys = new Map<string, PublicKey>();
    const signed = signatures().map(({ spki, signature }) => {
      const name = Buffer.from(spki).toString('hex');
      const key = keys.get(name) ?? keyOf(node, spki);
      keys.set(name, key);
      return { key, signature };
    });
    const alone = signed.map(({ key, signature }) => isValidSignature(key, message, signature));
    expect(alone).to.include(true).and.include(false);
    for (const method of ['together', 'openssl'] as const) {
      // More than once: the first signatures are left to OpenSSL, the later ones are by a key that has a table.
      for (let round = 0; round < 2; round++) {
        const batch = new SignatureBatch(signatureMethods[method]);
        const verdicts = signed.map(({ key, signature }) => batch.add(key, message, signature));
        expect(verdicts.map((isGood) => isGood())).to.deep.equal(alone);
      }
    }
  });

  it('are the same in browsers', () => {
    const signed = signatures().slice(-25);
    const [inNode, inBrowsers] = [node, portable].map((room) =>
      room.verifySignatures(
        signed.map(({ spki, signature }) => ({ key: keyOf(room, spki), message, signature })),
      ),
    );
    expect(inNode).to.deep.equal(inBrowsers).and.include(true).and.include(false);
  });

  it('verify with a high S where that is all that is asked', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = keyOf(node, publicKey.export({ format: 'der', type: 'spki' }));
    const batch = new SignatureBatch(signatureMethods.together);
    const verdicts = Array.from({ length: 20 }, () =>
      batch.addAsIs(key, message, sign('sha256', message, privateKey)),
    );
    expect(verdicts.every((isGood) => isGood())).to.equal(true);
  });
});
