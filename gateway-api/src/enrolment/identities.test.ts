import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { EnrolmentError, Keystore } from '@passage/enrolment';
import { expect } from 'chai';

import { certificateFor } from '../testing/certificate.js';
import { administratorHealth } from './certificate-health.js';
import { Identities, enrolmentId } from './identities.js';
import type { CertificateAuthority } from './identities.js';

type Registration = Parameters<CertificateAuthority['register']>[1];

const DAY_MS = 86_400_000;
const start = new Date('2026-01-01T00:00:00Z');
const after = (days: number): Date => new Date(start.getTime() + days * DAY_MS);

/** A CA that keeps a book, and whose certificates hold a year from its clock on. */
class FakeAuthority implements CertificateAuthority {
  now = start;
  readonly registered = new Map<string, Registration>();
  enrolments = 0;
  down = false;

  register(_: unknown, registration: Registration): Promise<string> {
    const { id, secret = '' } = registration;
    if (this.registered.has(id)) return Promise.reject(new EnrolmentError('ID_TAKEN', 'again'));
    this.registered.set(id, registration);
    return Promise.resolve(secret);
  }

  enroll(id: string, secret: string): ReturnType<CertificateAuthority['enroll']> {
    this.enrolments++;
    const known = id === 'registrar' ? 'pw' : this.registered.get(id)?.secret;
    if (this.down || known !== secret) return Promise.reject(new EnrolmentError('SECRET_REFUSED', 'no'));
    const notAfter = new Date(this.now.getTime() + 365 * DAY_MS);
    return Promise.resolve({ cert: certificateFor(id, { notBefore: this.now, notAfter }), chain: '' });
  }
}

describe('Identities', () => {
  let folder: string;
  let authority: FakeAuthority;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passage-keys-'));
    authority = new FakeAuthority();
    writeFileSync(join(folder, 'registrar.json'), '{"id":"registrar","secret":"pw"}');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const open = () => {
    const endpoint = { address: '', tlsRootCert: '' };
    const ca = { url: '', name: '', tlsRootCert: '', registrar: join(folder, 'registrar.json') };
    const admin = { cert: join(folder, 'none'), key: join(folder, 'none') };
    const organization = { name: 'o', mspId: 'OMSP', peer: endpoint, orderer: endpoint, ca, admin };
    return new Identities(
      organization,
      authority,
      new Keystore(join(folder, 'keystore')),
      () => authority.now,
    );
  };
  const who = { party: 'P', role: 'carrier' };

  it('enrols a party in a role once, with what the ledger will ask for in the certificate', async () => {
    const identities = open();
    const [one, two] = await Promise.all([identities.party(who), identities.party(who)]);
    expect(one).to.equal(two);
    expect(authority.registered.get('P.carrier')?.attributes).to.deep.equal([
      { name: 'passage.party', value: 'P', ecert: true },
      { name: 'passage.role', value: 'carrier', ecert: true },
      { name: 'passage.keyHeldBy', value: 'gateway', ecert: true },
    ]);
    expect(authority.enrolments, 'registrar and party').to.equal(2);
  });

  it('keeps key and certificate across a restart', async () => {
    const { cert } = await open().party(who);
    expect((await open().party(who)).cert).to.equal(cert);
    expect(authority.enrolments).to.equal(2);
  });

  it('goes on after a failure between registering and enrolling, with the same secret', async () => {
    const identities = open();
    await identities.party({ party: 'OTHER', role: 'carrier' });
    authority.down = true;
    expect(await identities.party(who).catch((e: unknown) => e)).to.have.property('code', 'ENROLMENT_FAILED');
    authority.down = false;
    expect((await open().party(who)).name).to.equal('P.carrier');
  });

  it('keeps each party and role apart, whatever stands in its name', async () => {
    const identities = open();
    for (const party of ['..', 'a', 'A', 'a.b']) await identities.party({ party, role: 'x' });
    expect(readdirSync(join(folder, 'keystore')).sort()).to.deep.equal(['%2e..x', 'A.x', 'a.b.x', 'a.x']);
  });

  it('shortens a name that no certificate could carry, and keeps it unique', () => {
    const [one, two] = ['a', 'b'].map((end) =>
      enrolmentId({ party: 'P'.repeat(63) + end, role: 'terminal_operator' }),
    );
    expect(one).to.have.length.at.most(64);
    expect(one).not.to.equal(two);
  });

  it('renews a certificate that is due when its party acts, with a new key', async () => {
    const identities = open();
    const { cert } = await identities.party(who);
    authority.now = after(334);
    expect((await identities.party(who)).cert).to.equal(cert);
    authority.now = after(335);
    const renewed = await identities.party(who);
    expect(renewed.cert).not.to.equal(cert);
    expect((await identities.party(who)).cert).to.equal(renewed.cert);
    expect((await open().party(who)).cert).to.equal(renewed.cert);
    expect(identities.unrenewed).to.deep.equal([]);
  });

  it('goes on with one that is due while the CA is down, says so, and tries again later', async () => {
    const identities = open();
    const { cert } = await identities.party(who);
    Object.assign(authority, { now: after(340), down: true });
    expect((await identities.party(who)).cert).to.equal(cert);
    expect(identities.unrenewed.join()).to.match(
      /^the certificate of P\.carrier ends on 2027-01-01 and was not renewed/,
    );
    authority.down = false;
    expect((await identities.party(who)).cert, 'not at once').to.equal(cert);
    authority.now = after(341);
    expect((await identities.party(who)).cert).not.to.equal(cert);
    expect(identities.unrenewed).to.deep.equal([]);
  });

  it('renews one that has ended by its secret, and refuses while that cannot be', async () => {
    const identities = open();
    const { cert } = await identities.party(who);
    Object.assign(authority, { now: after(400), down: true });
    const refused: unknown = await identities.party(who).catch((e: unknown) => e);
    expect(refused).to.have.property('code', 'ENROLMENT_FAILED');
    expect(refused)
      .to.have.nested.property('facts.next')
      .match(/passage enroll reset --keystore/);
    authority.down = false;
    expect((await identities.party(who)).cert).not.to.equal(cert);
  });

  it('says which file of the administrator is missing', () => {
    expect(() => open().admin()).to.throw(/none cannot be read/);
  });
});

describe('administratorHealth', () => {
  const health = (days: number) =>
    administratorHealth(
      certificateFor('admin', { notBefore: start, notAfter: after(365) }),
      'port',
      after(days),
    );

  it('is silent, then warns with the command, then says that it has ended', () => {
    expect(health(300)).to.deep.equal({ reasons: [], warnings: [] });
    expect(health(340).warnings.join()).to.match(/in 25 days: run passage enroll renew --admin --org port/);
    expect(health(340).reasons).to.deep.equal([]);
    expect(health(366).reasons.join()).to.match(/ended on 2027-01-01/);
  });
});
