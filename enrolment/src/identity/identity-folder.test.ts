import 'reflect-metadata';

import { createPrivateKey, createPublicKey, webcrypto } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { X509CertificateGenerator } from '@peculiar/x509';
import { expect } from 'chai';

import { idFor } from '../acts/register.js';
import { pemKey } from '../keys/file-key.js';
import { openKey } from '../keys/open-key.js';
import {
  isFor,
  needNoIdentity,
  nextKey,
  readIdentity,
  replaceCertificate,
  saveIdentity,
} from './identity-folder.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate for the key in a PEM text. */
async function certified(pem: string): Promise<string> {
  const key = createPrivateKey(pem);
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const { subtle } = webcrypto;
  const keys = {
    privateKey: await subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']),
    publicKey: await subtle.importKey('spki', spki, ALGORITHM, true, ['verify']),
  };
  const made = await X509CertificateGenerator.createSelfSigned({
    keys,
    name: 'CN=me',
    signingAlgorithm: ALGORITHM,
  });
  return made.toString('pem');
}

describe("an identity's folder", () => {
  let folder: string;
  let keyFile: string;
  const access = { pin: () => '' };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passage-identity-'));
    keyFile = join(folder, 'key.pem');
    writeFileSync(join(folder, 'root.pem'), 'root');
    await openKey({ kind: 'file', path: keyFile }, access, 'create');
    const ca = { url: 'https://ca.example', name: 'ca', tlsRootFile: join(folder, 'root.pem') };
    const cert = await certified(readFileSync(keyFile, 'utf8'));
    saveIdentity(folder, { id: 'me', mspId: 'M', ca, key: { kind: 'file', path: keyFile }, cert }, 'chain');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const matches = (): boolean => {
    const { cert, key } = readIdentity(folder);
    if (key.kind !== 'file') throw new TypeError('no file');
    return isFor(cert, pemKey(readFileSync(key.path, 'utf8'), key.path).publicKeyInfo);
  };

  it('is read as it was saved, and refuses to be enrolled into again', () => {
    expect(readIdentity(folder)).to.include({ id: 'me', mspId: 'M' });
    expect(readIdentity(folder).key).to.deep.equal({ kind: 'file', path: keyFile });
    expect(matches()).to.equal(true);
    expect(() => {
      needNoIdentity(folder);
    }).to.throw(/^IDENTITY_UNUSABLE: .* holds an identity already/);
  });

  it('takes a renewed certificate with its new key', async () => {
    const before = readIdentity(folder);
    replaceCertificate(before, await certified(nextKey(keyFile)));
    expect(readIdentity(folder).cert).not.to.equal(before.cert);
    expect(matches()).to.equal(true);
  });

  it('keeps the old pair when the renewal ends before the certificate comes', () => {
    nextKey(keyFile);
    expect(matches()).to.equal(true);
  });

  it('finishes at the next reading what a crash cut short', async () => {
    const cert = await certified(nextKey(keyFile));
    writeFileSync(join(folder, 'cert.pem.next'), cert);
    expect(readIdentity(folder).cert).to.equal(cert);
    expect(matches()).to.equal(true);
  });

  it('finishes it also when the key was in place already', async () => {
    const cert = await certified(nextKey(keyFile));
    writeFileSync(keyFile, readFileSync(`${keyFile}.next`));
    rmSync(`${keyFile}.next`);
    writeFileSync(join(folder, 'cert.pem.next'), cert);
    expect(readIdentity(folder).cert).to.equal(cert);
    expect(matches()).to.equal(true);
  });

  it('renews with the same key after a new one was made in vain', async () => {
    nextKey(keyFile);
    const before = readIdentity(folder);
    replaceCertificate(before, await certified(readFileSync(keyFile, 'utf8')));
    expect(matches()).to.equal(true);
  });

  it('refuses a key that others may read, and one that is not there', async () => {
    chmodSync(keyFile, 0o644);
    for (const path of [keyFile, join(folder, 'none.pem')]) {
      const refused: unknown = await openKey({ kind: 'file', path }, access, 'existing').catch(
        (e: unknown) => e,
      );
      expect(refused).to.have.property('code', 'KEY_UNUSABLE');
    }
  });

  it('says what is wrong with a folder that is none', () => {
    expect(() => readIdentity(join(folder, 'other'))).to.throw(/^IDENTITY_UNUSABLE: there is no identity/);
    writeFileSync(join(folder, 'identity.json'), '{"format":"passage-identity-2"}');
    expect(() => readIdentity(folder)).to.throw(/^IDENTITY_UNUSABLE: .*identity\.json is not as expected/);
  });
});

describe('idFor', () => {
  it('names parties apart from what a gateway registers, and fits into a common name', () => {
    expect(idFor({ kind: 'party', party: 'P', role: 'carrier' })).to.equal('P.carrier.own');
    expect(idFor({ kind: 'gateway', name: 'gw' })).to.equal('gw.gateway');
    const [one, two] = ['a', 'b'].map((end) =>
      idFor({ kind: 'party', party: 'P'.repeat(63) + end, role: 'terminal_operator' }),
    );
    expect(one).to.have.length.at.most(64);
    expect(one).not.to.equal(two);
  });
});
