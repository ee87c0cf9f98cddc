import 'reflect-metadata';

import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { derElement, DerTag } from '@passage/ledger';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { expect } from 'chai';

import { certificateRequest } from '../ca/certificate-request.js';
import { needSoftToken } from '../testing/soft-token.js';
import { openKey } from './open-key.js';
import { derOfPoint, signatureOfHalves } from './token-encoding.js';

describe('what a token gives', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });

  it('becomes the same public key as OpenSSL writes', () => {
    const point = derElement(DerTag.OCTET_STRING, spki.subarray(-65));
    expect(Buffer.from(derOfPoint(point))).to.deep.equal(spki);
  });

  it('becomes a DER signature that OpenSSL takes, whatever the first bytes of its halves', () => {
    for (let i = 0; i < 64; i++) {
      const message = Buffer.from([i]);
      const halves = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      expect(verify('sha256', message, publicKey, signatureOfHalves(halves))).to.equal(true);
    }
  });
});

describe('a key in a PKCS#11 token', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passage-token-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is made inside, found again by its label, and signs a request; a wrong PIN opens nothing', async function () {
    const { module, token, pin } = needSoftToken(this, folder);
    const place = { kind: 'pkcs11', module, token, label: 'P.carrier.own' } as const;
    const missing: unknown = await openKey(place, { pin: () => pin }, 'existing').catch((e: unknown) => e);
    expect(missing).to.have.property('code', 'KEY_UNUSABLE');

    const made = await openKey(place, { pin: () => pin }, 'create');
    const request = new Pkcs10CertificateRequest(
      await certificateRequest(made, { commonName: 'P.carrier.own' }),
    );
    expect(await request.verify()).to.equal(true);
    made.close();

    const again = await openKey(place, { pin: () => pin }, 'existing');
    expect(again.publicKeyInfo).to.deep.equal(made.publicKeyInfo);
    const key = createPublicKey({ key: Buffer.from(again.publicKeyInfo), format: 'der', type: 'spki' });
    const message = Buffer.from('held by nobody else');
    expect(verify('sha256', message, key, await again.sign(message))).to.equal(true);
    again.close();

    const refused: unknown = await openKey(place, { pin: () => '0000' }, 'existing').catch((e: unknown) => e);
    expect(refused).to.have.property('code', 'TOKEN_UNUSABLE');
    const other = { ...place, token: 'other' };
    const unknown: unknown = await openKey(other, { pin: () => pin }, 'existing').catch((e: unknown) => e);
    expect(unknown)
      .to.have.property('message')
      .match(/no token "other" \(those there: "passage-test"\)/);
  });
});
