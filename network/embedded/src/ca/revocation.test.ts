import 'reflect-metadata';

import { KeyObject, sign, webcrypto, X509Certificate } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';

import { readCertificatePem, readRevocationList, toHex } from '@passage/ledger';
import * as x509 from '@peculiar/x509';
import { expect } from 'chai';

import type { Organization } from '../network.js';
import { ORGANIZATIONS } from '../organizations.js';
import { organizationPaths, type OrganizationPaths } from '../paths.js';
import { organizationsFixture, temporaryFolder } from '../pki/organizations-fixture.js';
import { CaError } from './ca-error.js';
import type { AuthorizedRequest } from './caller.js';
import { CertificateAuthority } from './certificate-authority.js';

/** Who signs a request: a certificate and its key. */
interface Holder {
  readonly certificate: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

describe('CertificateAuthority, revoking', function () {
  this.timeout(10_000);
  let paths: OrganizationPaths;
  let ca: CertificateAuthority;
  let customs: Organization;
  let admin: Holder;

  beforeEach(async () => {
    const fixture = await organizationsFixture();
    const folder = join(temporaryFolder(), 'customs');
    cpSync(join(fixture.paths.orgs, 'customs'), folder, { recursive: true });
    paths = organizationPaths(folder);
    [customs] = fixture.organizations as [Organization];
    admin = { certificate: customs.admin.certificatePem, sign: (message) => customs.admin.sign(message) };
    ca = open();
  });
  afterEach(() => {
    ca.close();
  });

  function open(now = new Date()): CertificateAuthority {
    return new CertificateAuthority(ORGANIZATIONS[0] as never, paths, () => now);
  }

  async function enrolled(id: string): Promise<Holder> {
    await ca.register(asked({ id, secret: 's' }, admin));
    return issued(id, (body) => ca.enroll(withBasic(body, id, 's')));
  }
  const serialOf = ({ certificate }: Holder): string =>
    readCertificatePem(Buffer.from(certificate)).serialNumber;
  const keyId = (): string =>
    toHex(readCertificatePem(Buffer.from(customs.caRootPem)).subjectKeyIdentifier ?? new Uint8Array());
  async function listed(body: object = {}): Promise<ReadonlySet<string>> {
    const { CRL } = await ca.generateCrl(asked(body, admin));
    return readRevocationList(Buffer.from(CRL, 'base64')).revoked;
  }

  it('revokes all certificates of an identity, and lets it get no other', async () => {
    const first = await enrolled('lost');
    const second = await issued('lost', (body) => ca.enroll(withBasic(body, 'lost', 's')));
    const answer = await ca.revoke(asked({ id: 'lost', reason: 'keycompromise', gencrl: true }, admin));
    expect(answer['RevokedCerts']).to.have.length(2);
    expect(await listed()).to.deep.equal(new Set([serialOf(first), serialOf(second)]));
    for (const attempt of [
      () => issued('lost', (body) => ca.enroll(withBasic(body, 'lost', 's'))),
      () => issued('lost', (body) => ca.reenroll(asked(body, first))),
    ]) {
      expect((await rejection(attempt())).status).to.equal(401);
    }
  });

  it('revokes one certificate by serial number and key id, and keeps that over a restart', async () => {
    const lost = await enrolled('careful');
    const kept = await issued('careful', (body) => ca.enroll(withBasic(body, 'careful', 's')));
    await ca.revoke(asked({ serial: serialOf(lost), aki: keyId() }, admin));
    ca.close();
    ca = open();
    expect(await listed()).to.deep.equal(new Set([serialOf(lost)]));
    await issued('careful', (body) => ca.reenroll(asked(body, kept)));
    expect((await rejection(issued('careful', (body) => ca.reenroll(asked(body, lost))))).status).to.equal(
      401,
    );
    const again = rejection(ca.revoke(asked({ serial: serialOf(lost), aki: keyId() }, admin)));
    expect([(await again).status, (await again).code]).to.deep.equal([404, 66]);
  });

  it('knows the certificates that were made with the organisation', async () => {
    const peer = { certificate: customs.peer.certificatePem, sign: admin.sign };
    await ca.revoke(asked({ serial: serialOf(peer), aki: keyId() }, admin));
    expect(await listed()).to.deep.equal(new Set([serialOf(peer)]));
  });

  it('signs a list that its own key vouches for, and leaves out what has ended by itself', async () => {
    const someone = await enrolled('someone');
    await ca.revoke(asked({ id: 'someone' }, admin));
    const { CRL } = await ca.generateCrl(asked({}, admin));
    const list = new x509.X509Crl(Buffer.from(CRL, 'base64').toString());
    expect(await list.verify({ publicKey: new x509.X509Certificate(customs.caRootPem).publicKey })).to.equal(
      true,
    );
    const later = new X509Certificate(someone.certificate).validToDate.getTime() + 1000;
    expect(await listed({ expireafter: new Date(later).toISOString() })).to.deep.equal(new Set());
    expect(await listed({ expireafter: '0001-01-01T00:00:00Z' })).to.have.property('size', 1);
  });

  it('renews a certificate for whoever holds it', async () => {
    const old = await enrolled('renews');
    const renewed = await issued('renews', (body) => ca.reenroll(asked(body, old)));
    expect(serialOf(renewed)).not.to.equal(serialOf(old));
    expect(renewed.certificate).to.contain('BEGIN CERTIFICATE');
  });

  it('takes a secret as often as registered, and another one that a registrar gives', async () => {
    await ca.register(asked({ id: 'once', secret: 's', max_enrollments: 1 }, admin));
    const enrol = (secret: string): Promise<Holder> =>
      issued('once', (body) => ca.enroll(withBasic(body, 'once', secret)));
    const first = await enrol('s');
    expect((await rejection(enrol('s'))).status).to.equal(401);
    ca.close();
    ca = open();
    expect((await rejection(enrol('s'))).status).to.equal(401);
    const change = { secret: 'other', max_enrollments: 2 };
    await ca.desk.modify(asked(change, admin, 'PUT', '/api/v1/identities/once'));
    expect((await rejection(enrol('s'))).status).to.equal(401);
    await enrol('other');
    expect((await rejection(enrol('other'))).status).to.equal(401);
    await issued('once', (body) => ca.reenroll(asked(body, first)));
    const { certs } = ca.desk.certificates(asked('', admin, 'GET', '/api/v1/certificates?id=once'));
    expect(certs).to.have.length(3);
    const refused = rejection(ca.desk.modify(asked(change, first, 'PUT', '/api/v1/identities/once')));
    expect((await refused).code).to.equal(71);
    const unknown = rejection(ca.desk.modify(asked(change, admin, 'PUT', '/api/v1/identities/nobody')));
    expect((await unknown).status).to.equal(404);
  });

  it('lets a registrar give only the types and attributes that are its to give', async () => {
    const rights = [
      { name: 'hf.Registrar.Roles', value: 'client' },
      { name: 'hf.Registrar.Attributes', value: 'passage.*' },
    ];
    await ca.register(asked({ id: 'gateway', secret: 's', attrs: rights }, admin));
    const gateway = await issued('gateway', (body) => ca.enroll(withBasic(body, 'gateway', 's')));
    const party = [{ name: 'passage.party', value: 'P' }];
    await ca.register(asked({ id: 'P', attrs: party }, gateway));
    for (const body of [
      { id: 'a', type: 'admin' },
      { id: 'b', attrs: [{ name: 'hf.Revoker', value: 'true' }] },
    ])
      expect((await rejection(ca.register(asked(body, gateway)))).code).to.equal(71);
  });

  it('refuses a request for another name than the identity’s own', async () => {
    await ca.register(asked({ id: 'self', secret: 's' }, admin));
    const other = issued('admin', (body) => ca.enroll(withBasic(body, 'self', 's')));
    expect([(await rejection(other)).status, (await rejection(other)).code]).to.deep.equal([403, 77]);
  });

  it('lets a client revoke itself and nobody else, and make no list', async () => {
    const one = await enrolled('one');
    await enrolled('two');
    expect((await rejection(ca.revoke(asked({ id: 'two' }, one)))).code).to.equal(71);
    expect((await rejection(ca.generateCrl(asked({}, one)))).code).to.equal(35);
    await ca.revoke(asked({ id: 'one' }, one));
    expect((await rejection(ca.revoke(asked({ id: 'one' }, one)))).status).to.equal(401);
  });

  it('refuses what does not exist, and says what is missing', async () => {
    const { certificate } = await enrolled('owner');
    const serial = serialOf({ certificate, sign: admin.sign });
    const cases: readonly [object, number, number][] = [
      [{}, 400, 15],
      [{ id: 'nobody' }, 404, 10],
      [{ serial: 'abc', aki: keyId() }, 404, 8],
      [{ serial, aki: 'ff' }, 404, 8],
      [{ serial, aki: keyId(), id: 'somebody' }, 400, 9],
      [{ id: 'owner', reason: 'boredom' }, 400, 5],
      [{ id: 'owner', caname: 'other' }, 404, 19],
    ];
    for (const [body, status, code] of cases) {
      const error = await rejection(ca.revoke(asked(body, admin)));
      expect([error.status, error.code], JSON.stringify(body)).to.deep.equal([status, code]);
    }
    expect((await rejection(ca.generateCrl(asked({ revokedafter: 'soon' }, admin)))).code).to.equal(5);
  });
});

/** Has a certificate issued for a fresh key by whatever way. */
async function issued(id: string, ask: (body: object) => Promise<Record<string, unknown>>): Promise<Holder> {
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    keys,
    name: [{ CN: [id] }],
    signingAlgorithm,
  });
  const { Cert } = await ask({ certificate_request: request.toString('pem') });
  return {
    certificate: Buffer.from(String(Cert), 'base64').toString(),
    sign: (message) => sign('sha256', message, KeyObject.from(keys.privateKey)),
  };
}

function withBasic(body: object, id: string, secret: string): AuthorizedRequest {
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  return { method: 'POST', uri: '/', authorization, body: Buffer.from(JSON.stringify(body)) };
}

/** A request with fabric-ca's token. */
function asked(content: object | '', by: Holder, method = 'POST', uri = '/'): AuthorizedRequest {
  const body = content === '' ? '' : JSON.stringify(content);
  const parts = [uri, body, by.certificate].map((text) => Buffer.from(text).toString('base64'));
  const signature = Buffer.from(by.sign(Buffer.from([method, ...parts].join('.')))).toString('base64');
  const authorization = `${parts[2] ?? ''}.${signature}`;
  return { method, uri, authorization, body: Buffer.from(body) };
}

async function rejection(promise: Promise<unknown>): Promise<CaError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CaError) return error;
    throw error;
  }
  throw new TypeError('it was accepted');
}
