import 'reflect-metadata';

import { createPublicKey, generateKeyPairSync } from 'node:crypto';

import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { expect } from 'chai';

import { newKeyPem, pemKey } from '../keys/file-key.js';
import { certificateRequest } from './certificate-request.js';

describe('certificateRequest', () => {
  it('makes a request that another library reads, with the subject and a proof of the key', async () => {
    const key = pemKey(newKeyPem(), 'test');
    const request = new Pkcs10CertificateRequest(
      await certificateRequest(key, { commonName: 'KRIMPORTER1.importer', organization: 'Büro & Söhne' }),
    );
    expect(request.subjectName.getField('CN')).to.deep.equal(['KRIMPORTER1.importer']);
    expect(request.subjectName.getField('O')).to.deep.equal(['Büro & Söhne']);
    expect(Buffer.from(request.publicKey.rawData)).to.deep.equal(Buffer.from(key.publicKeyInfo));
    expect(await request.verify()).to.equal(true);
  });

  it('proves nothing for another key', async () => {
    const [own, other] = [pemKey(newKeyPem(), 'own'), pemKey(newKeyPem(), 'other')];
    const stolen = { publicKeyInfo: other.publicKeyInfo, sign: (message: Uint8Array) => own.sign(message) };
    const request = new Pkcs10CertificateRequest(await certificateRequest(stolen, { commonName: 'thief' }));
    expect(await request.verify()).to.equal(false);
  });

  it('leaves out the organisation where none is given', async () => {
    const request = new Pkcs10CertificateRequest(
      await certificateRequest(pemKey(newKeyPem(), 'test'), { commonName: 'a' }),
    );
    expect(request.subject).to.equal('CN=a');
  });
});

describe('pemKey', () => {
  it('signs with a low S whatever the digest', async () => {
    const key = pemKey(newKeyPem(), 'test');
    const spki = createPublicKey({ key: Buffer.from(key.publicKeyInfo), format: 'der', type: 'spki' });
    expect(spki.asymmetricKeyDetails?.namedCurve).to.equal('prime256v1');
    for (let i = 0; i < 16; i++) {
      const signature = await key.sign(Buffer.from([i]));
      // The last INTEGER: with a low S it has at most 32 bytes, the first of them below 0x80.
      const s = Buffer.from(signature).subarray(4 + (signature[3] ?? 0));
      expect(s[1]).to.be.at.most(32);
      expect(s[2]).to.be.below(0x80);
    }
  });

  it('refuses what is no P-256 key', () => {
    expect(() => pemKey('no key', 'k.pem')).to.throw(/^KEY_UNUSABLE: k\.pem holds no usable private key/);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    const p384 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => pemKey(p384, 'k.pem')).to.throw(/^KEY_UNUSABLE: the key k\.pem is not on curve P-256/);
  });
});
