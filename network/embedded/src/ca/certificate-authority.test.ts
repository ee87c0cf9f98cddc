import 'reflect-metadata';

import { KeyObject, sign, webcrypto, X509Certificate } from 'node:crypto';
import { appendFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as x509 from '@peculiar/x509';
import { expect } from 'chai';

import type { Organization } from '../network.js';
import { ORGANIZATIONS } from '../organizations.js';
import { organizationPaths, type OrganizationPaths } from '../paths.js';
import { organizationsFixture, temporaryFolder } from '../pki/organizations-fixture.js';
import { CaError } from './ca-error.js';
import type { AuthorizedRequest } from './caller.js';
import { CertificateAuthority } from './certificate-authority.js';

describe('CertificateAuthority', () => {
  let paths: OrganizationPaths;
  let ca: CertificateAuthority;
  let customs: Organization;

  beforeEach(async () => {
    const fixture = await organizationsFixture();
    const folder = join(temporaryFolder(), 'customs');
    cpSync(join(fixture.paths.orgs, 'customs'), folder, { recursive: true });
    paths = organizationPaths(folder);
    [customs] = fixture.organizations as [Organization];
    ca = open();
  });
  afterEach(() => {
    ca.close();
  });

  function open(now = new Date()): CertificateAuthority {
    return new CertificateAuthority(ORGANIZATIONS[0] as never, paths, () => now);
  }

  it('lets the registrar enrol, register a client and the client enrol with its attributes', async () => {
    const { id, secret } = JSON.parse(readFileSync(paths.registrar, 'utf8')) as {
      id: string;
      secret: string;
    };
    const registrarKey = await createKey();
    const registrar = await enrol(ca, id, secret, registrarKey);
    const attrs = [
      { name: 'passage.party', value: 'KRIMPORTER1', ecert: true },
      { name: 'passage.role', value: 'importer', ecert: true },
      { name: 'internal', value: 'x', ecert: false },
    ];
    const body = { id: 'KRIMPORTER1', type: 'client', attrs };
    const { secret: given } = await ca.register(tokenRequest(body, registrar, registrarKey));

    const certificate = await enrol(ca, 'KRIMPORTER1', given, await createKey());

    expect(subjectOf(certificate)).to.deep.include({ CN: 'KRIMPORTER1', OU: 'client' });
    expect(attributesOf(certificate)).to.deep.equal({
      'hf.Affiliation': '',
      'hf.EnrollmentID': 'KRIMPORTER1',
      'hf.Type': 'client',
      'passage.party': 'KRIMPORTER1',
      'passage.role': 'importer',
    });
    expect(
      new X509Certificate(certificate).verify(new X509Certificate(customs.caRootPem).publicKey),
    ).to.equal(true);
  });

  it('takes the admin certificate as a registrar', async () => {
    const { secret } = await ca.register(adminRequest({ id: 'officer', secret: 'chosen' }));
    expect(secret).to.equal('chosen');
  });

  it('answers the cainfo that fabric-ca-client expects', () => {
    const { CAName, CAChain } = ca.info();
    expect(CAName).to.equal('ca');
    expect(Buffer.from(CAChain ?? '', 'base64').toString()).to.equal(customs.caRootPem);
  });

  it('keeps identities and secrets over a restart, without the secrets themselves', async () => {
    await ca.register(adminRequest({ id: 'kept', secret: 'a secret of its own' }));
    ca.close();
    expect(readFileSync(paths.caIdentities, 'utf8')).not.to.contain('a secret of its own');
    ca = open();
    expect(subjectOf(await enrol(ca, 'kept', 'a secret of its own', await createKey())).CN).to.equal('kept');
  });

  it('cuts off a registration that a crash left half-written', async () => {
    await ca.register(adminRequest({ id: 'whole' }));
    ca.close();
    appendFileSync(paths.caIdentities, '{"id":"torn","ty');
    ca = open();
    await ca.register(adminRequest({ id: 'torn' }));
    ca.close();
    ca = open();
    expect((await rejection(ca.register(adminRequest({ id: 'torn' })))).code).to.equal(74);
    expect((await rejection(ca.register(adminRequest({ id: 'whole' })))).code).to.equal(74);
  });

  it('refuses a wrong secret, an unknown id and a missing header', async () => {
    await ca.register(adminRequest({ id: 'someone', secret: 'right' }));
    const body = JSON.stringify({ certificate_request: await csr(await createKey(), 'someone') });
    for (const [id, secret] of [
      ['someone', 'wrong'],
      ['nobody', 'right'],
    ] as const) {
      const error = await rejection(ca.enroll(request('enroll', body, basic(id, secret))));
      expect([error.status, error.code]).to.deep.equal([401, 20]);
    }
    const error = await rejection(ca.enroll(request('enroll', body)));
    expect([error.status, error.code]).to.deep.equal([401, 2]);
  });

  it('refuses a token over another body, of another organisation, or out of date', async () => {
    const fixture = await organizationsFixture();
    const [, port] = fixture.organizations as [Organization, Organization];
    const honest = adminRequest({ id: 'a' });
    const changed = { ...honest, body: Buffer.from(JSON.stringify({ id: 'b' })) };
    const foreign = signedRequest({ id: 'c' }, port.admin.certificatePem, (message) =>
      port.admin.sign(message),
    );
    for (const bad of [changed, foreign, { ...honest, method: 'PUT' }, { ...honest, authorization: 'x.y' }]) {
      const error = await rejection(ca.register(bad));
      expect([error.status, error.code]).to.deep.equal([401, 20]);
    }
    const later = new Date(Date.now() + 6 * 365 * 24 * 3_600_000);
    ca.close();
    ca = open(later);
    expect((await rejection(ca.register(honest))).status).to.equal(401);
  });

  it('refuses registration by somebody who is no registrar', async () => {
    await ca.register(adminRequest({ id: 'client', secret: 's' }));
    const key = await createKey();
    const certificate = await enrol(ca, 'client', 's', key);
    const error = await rejection(ca.register(tokenRequest({ id: 'friend' }, certificate, key)));
    expect([error.status, error.code]).to.deep.equal([403, 71]);
  });

  it('refuses bad bodies with a sentence', async () => {
    const bodies = [
      '',
      'no json',
      '[]',
      '{}',
      '{"id":5}',
      '{"id":"x","type":"king"}',
      `{"id":"${'x'.repeat(65)}"}`,
    ];
    for (const body of bodies) {
      const error = await rejection(ca.register(adminRequestOf(body)));
      expect(error.status, body).to.equal(400);
      expect(error.message, body).to.match(/body/);
    }
    expect((await rejection(ca.register(adminRequest({ id: 'x', caname: 'other' })))).code).to.equal(19);
  });

  it('refuses certificate requests that do not prove their key or use another kind of key', async () => {
    await ca.register(adminRequest({ id: 'who', secret: 's' }));
    const p384 = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, [
      'sign',
      'verify',
    ]);
    const broken = (await csr(await createKey(), 'who')).split('\n');
    broken[4] = `${broken[4]?.startsWith('A') ? 'B' : 'A'}${broken[4]?.slice(1)}`;
    for (const bad of ['', 'not PEM', broken.join('\n'), await csr(p384, 'who')]) {
      const body = JSON.stringify({ certificate_request: bad });
      const error = await rejection(ca.enroll(request('enroll', body, basic('who', 's'))));
      expect([error.status, error.code], bad).to.deep.equal([400, 31]);
    }
  });

  it('writes only requested attributes, and refuses one that the identity does not have', async () => {
    const attrs = [{ name: 'passage.role', value: 'carrier', ecert: false }];
    await ca.register(adminRequest({ id: 'asks', secret: 's', attrs }));
    const ask = async (name: string): Promise<Record<string, unknown>> => {
      const body = { certificate_request: await csr(await createKey(), 'asks'), attr_reqs: [{ name }] };
      return ca.enroll(request('enroll', JSON.stringify(body), basic('asks', 's')));
    };
    const answer = await ask('passage.role');
    const certificate = Buffer.from(String(answer['Cert']), 'base64').toString();
    expect(attributesOf(certificate)).to.include({ 'passage.role': 'carrier' });
    expect((await rejection(ask('passage.party'))).message).to.contain('passage.party');
  });

  function adminRequest(body: object): AuthorizedRequest {
    return adminRequestOf(JSON.stringify(body));
  }

  function adminRequestOf(body: string): AuthorizedRequest {
    return signedRequestOf(body, customs.admin.certificatePem, (message) => customs.admin.sign(message));
  }
});

type KeyPair = webcrypto.CryptoKeyPair;

function createKey(): Promise<KeyPair> {
  return webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
}

async function csr(keys: KeyPair, id: string): Promise<string> {
  const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
  return (
    await x509.Pkcs10CertificateRequestGenerator.create({ keys, name: [{ CN: [id] }], signingAlgorithm })
  ).toString('pem');
}

async function enrol(ca: CertificateAuthority, id: string, secret: string, keys: KeyPair): Promise<string> {
  const body = JSON.stringify({ certificate_request: await csr(keys, id) });
  const { Cert } = await ca.enroll(request('enroll', body, basic(id, secret)));
  return Buffer.from(String(Cert), 'base64').toString();
}

function request(path: string, body: string, authorization?: string): AuthorizedRequest {
  return { method: 'POST', uri: `/api/v1/${path}`, authorization, body: Buffer.from(body) };
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

function tokenRequest(body: object, certificate: string, keys: KeyPair): AuthorizedRequest {
  return signedRequest(body, certificate, (message) =>
    sign('sha256', message, KeyObject.from(keys.privateKey)),
  );
}

function signedRequest(
  body: object,
  certificate: string,
  by: (message: Uint8Array) => Uint8Array,
): AuthorizedRequest {
  return signedRequestOf(JSON.stringify(body), certificate, by);
}

/** Fabric CA's token: certificate and signature over method, path, body and certificate, each in base64. */
function signedRequestOf(
  body: string,
  certificate: string,
  by: (message: Uint8Array) => Uint8Array,
): AuthorizedRequest {
  const encoded = [`/api/v1/register`, body, certificate].map((text) => Buffer.from(text).toString('base64'));
  const signature = by(Buffer.from(['POST', ...encoded].join('.')));
  return request('register', body, `${encoded[2]}.${Buffer.from(signature).toString('base64')}`);
}

function subjectOf(certificate: string): Record<string, unknown> {
  return { ...new X509Certificate(certificate).toLegacyObject().subject };
}

function attributesOf(certificate: string): unknown {
  const extension = new x509.X509Certificate(certificate).getExtension('1.2.3.4.5.6.7.8.1');
  return (JSON.parse(Buffer.from(extension?.value ?? new ArrayBuffer()).toString()) as { attrs: unknown })
    .attrs;
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
