import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { toLowS } from '@passage/ledger';
import { expect } from 'chai';

import { ensureOrganizations } from './load.js';
import { organizationsFixture, type OrganizationsFixture } from './organizations-fixture.js';

describe('identities of the embedded network', () => {
  let fixture: OrganizationsFixture;
  before(async () => {
    fixture = await organizationsFixture();
  });

  it('gives each identity exactly one node OU, its name, issued by its own organisation', () => {
    for (const organization of fixture.organizations) {
      const root = new X509Certificate(organization.caRootPem);
      for (const role of ['peer', 'orderer', 'admin'] as const) {
        const certificate = new X509Certificate(organization[role].certificatePem);
        expect(certificate.verify(root.publicKey), `${organization.name} ${role}`).to.equal(true);
        expect(certificate.toLegacyObject().subject.OU).to.equal(role);
        expect(certificate.ca).to.equal(false);
      }
    }
  });

  it('says in every certificate that the network is embedded', () => {
    for (const path of files(fixture.paths.orgs, '-cert.pem', 'cert.pem')) {
      expect(new X509Certificate(readFileSync(path)).subject, path).to.contain('embedded');
    }
  });

  it('signs every certificate with a low S', () => {
    const certificates = files(fixture.paths.orgs, 'cert.pem');
    expect(certificates).to.have.length(4 * (2 + 6));
    for (const path of certificates) {
      expect(isLowS(signatureOf(new X509Certificate(readFileSync(path)).raw)), path).to.equal(true);
    }
  });

  it('keeps identity and TLS roots apart', () => {
    for (const { caRootPem, serverTls, tlsRootPem } of fixture.organizations) {
      const server = new X509Certificate(serverTls.certificatePem);
      expect(server.verify(new X509Certificate(caRootPem).publicKey)).to.equal(false);
      expect(server.verify(new X509Certificate(tlsRootPem).publicKey)).to.equal(true);
      expect(server.checkHost('localhost')).to.equal('localhost');
      expect(server.checkIP('127.0.0.1')).to.equal('127.0.0.1');
    }
  });

  it('lets only the owner read private files', () => {
    for (const path of files(fixture.paths.orgs, 'key.pem', 'registrar.json')) {
      expect(statSync(path).mode & 0o077, path).to.equal(0);
    }
  });

  it('starts certificates five minutes early', () => {
    const [customs] = fixture.organizations;
    const from = new X509Certificate(customs?.peer.certificatePem ?? '').validFromDate;
    expect(fixture.now.getTime() - from.getTime()).to.be.within(5 * 60_000, 5 * 60_000 + 1000);
  });

  it('signs messages with a low S that OpenSSL accepts', () => {
    const [customs] = fixture.organizations;
    if (customs === undefined) throw new TypeError('no organisation');
    const key = createPublicKey(customs.peer.certificatePem);
    for (let i = 0; i < 64; i++) {
      const message = Buffer.from(`message ${i}`);
      const signature = customs.peer.sign(message);
      expect(isLowS(signature)).to.equal(true);
      expect(verify('sha256', message, key, signature)).to.equal(true);
    }
  });

  it('makes nothing twice', async () => {
    const before = readFileSync(fixture.paths.organization('port').caCert);
    await ensureOrganizations(fixture.paths, new Date());
    expect(readFileSync(fixture.paths.organization('port').caCert)).to.deep.equal(before);
  });

  it('exports each organisation as an MSP folder', () => {
    const { msp, caCert } = fixture.paths.organization('business');
    expect(readFileSync(join(msp, 'cacerts', 'ca-cert.pem'))).to.deep.equal(readFileSync(caCert));
    expect(readFileSync(join(msp, 'config.yaml'), 'utf8')).to.contain(
      'OrganizationalUnitIdentifier: orderer',
    );
  });
});

function files(folder: string, ...endings: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('msp') && endings.some((ending) => name.endsWith(ending)))
    .map((name) => join(folder, name));
}

function isLowS(signature: Uint8Array): boolean {
  return toLowS(signature, 'P-256') === signature;
}

/** The signature of a DER certificate: the content of its last element, a BIT STRING without unused bits. */
function signatureOf(certificate: Uint8Array): Uint8Array {
  for (let length = 66; length <= 74; length++) {
    const start = certificate.length - length;
    if (
      certificate[start] === 0x30 &&
      certificate[start + 1] === length - 2 &&
      certificate[start - 1] === 0
    ) {
      return certificate.subarray(start);
    }
  }
  throw new TypeError('no ECDSA signature at the end');
}
