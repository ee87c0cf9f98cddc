import { expect } from 'chai';
import { encode, utf8 } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { CombinedPrincipal, MSPRole, OrganizationUnit } from '../proto/index.js';
import { issue, pemOf, revoke, signer } from '../testing/certificates.js';
import { mspConfig, testCa, testMsp } from '../testing/test-msp.js';
import {
  BoundedSignatureMemo,
  Msp,
  MspManager,
  fabricAttributes,
  readPrincipal,
  serializeIdentity,
} from './index.js';
import { chainIdentifier } from './msp-rules.js';
import type { Identity, NodeRole } from './index.js';

const ca = testCa();
const msp = testMsp('OrgMSP', ca);
const role = (name: NodeRole | 'member', mspId = 'OrgMSP') => ({ kind: 'role', mspId, role: name }) as const;

/** Why the MSP does not stand by an identity. */
function fault(read: () => Identity): string {
  try {
    read().validate();
  } catch (error) {
    if (error instanceof LedgerError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'valid';
}

describe('Msp', () => {
  it('gives each of its certificates the one role of its unit', () => {
    for (const name of ['client', 'peer', 'admin', 'orderer'] as const) {
      const identity = msp.identity(issue(ca, { units: ['blue', name] }).pem);
      expect(fault(() => identity)).to.equal('valid');
      expect(identity.role).to.equal(name);
      expect(identity.satisfies(role(name))).to.be.true;
      expect(identity.satisfies(role('member'))).to.be.true;
      expect(identity.satisfies(role(name === 'peer' ? 'client' : 'peer'))).to.be.false;
      expect(identity.satisfies(role(name, 'OtherMSP'))).to.be.false;
    }
  });

  it('refuses identities of no role or of two', () => {
    expect(fault(() => msp.identity(issue(ca, {}).pem))).to.contain('is 0 of them');
    expect(fault(() => msp.identity(issue(ca, { units: ['peer', 'admin'] }).pem))).to.contain('is 2 of them');
  });

  it('refuses certificates of another CA, even one of the same name, and of itself', () => {
    expect(fault(() => msp.identity(issue(testCa(), { units: ['peer'] }).pem))).to.contain('no chain');
    expect(fault(() => msp.identity(issue(undefined, { units: ['peer'] }).pem))).to.contain('no chain');
    expect(fault(() => msp.identity(ca.pem))).to.contain('a CA is no identity');
  });

  it('does not look at the clock: an expired certificate stays valid, one that began before its CA is not', () => {
    const expired = issue(ca, { units: ['peer'], notBefore: '250102000000Z', notAfter: '250103000000Z' });
    expect(fault(() => msp.identity(expired.pem))).to.equal('valid');
    const early = issue(ca, { units: ['peer'], notBefore: '240101000000Z' });
    expect(fault(() => msp.identity(early.pem))).to.contain('no chain');
  });

  it('refuses what Go refuses: purposes for clients only, critical extensions it does not know', () => {
    const clientOnly = issue(ca, { units: ['peer'], purposes: ['1.3.6.1.5.5.7.3.2'] });
    expect(fault(() => msp.identity(clientOnly.pem))).to.contain('no chain');
    const both = issue(ca, { units: ['peer'], purposes: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'] });
    expect(fault(() => msp.identity(both.pem))).to.equal('valid');
    const strange = issue(ca, { units: ['peer'], strangeExtension: true });
    expect(fault(() => msp.identity(strange.pem))).to.contain('no chain');
  });

  it('goes through intermediate CAs, and then takes no identity from the root', () => {
    const intermediate = issue(ca, { commonName: 'intermediate', isCa: true });
    const tree = testMsp('OrgMSP', ca, { intermediateCerts: [intermediate.pem] });
    expect(fault(() => tree.identity(issue(intermediate, { units: ['peer'] }).pem))).to.equal('valid');
    expect(fault(() => tree.identity(issue(ca, { units: ['peer'] }).pem))).to.contain('a CA that issues CAs');
    const short = testCa({ maxPathLength: 0 });
    const below = issue(short, { commonName: 'intermediate', isCa: true });
    const shortTree = (): Msp => testMsp('OrgMSP', short, { intermediateCerts: [below.pem] });
    expect(fault(() => shortTree().identity(issue(below, { units: ['peer'] }).pem))).to.contain('no chain');
  });

  it('takes no CA that may not sign certificates, whatever it claims to be', () => {
    const lame = issue(ca, { commonName: 'lame', isCa: true, usage: 0x80 });
    const tree = testMsp('OrgMSP', ca, { intermediateCerts: [lame.pem] });
    expect(fault(() => tree.identity(issue(lame, { units: ['peer'] }).pem))).to.contain('no chain');
  });

  it('refuses an identity that two roots vouch for', () => {
    const twin = testCa({ reuse: ca });
    const doubled = testMsp('OrgMSP', ca, { rootCerts: [ca.pem, twin.pem] });
    expect(fault(() => doubled.identity(issue(ca, { units: ['peer'] }).pem))).to.contain(
      'more than one chain',
    );
  });

  it('refuses what its CA has revoked, and nothing that somebody else has', () => {
    const [good, bad] = [issue(ca, { units: ['peer'] }), issue(ca, { units: ['peer'] })];
    const revoking = testMsp('OrgMSP', ca, { revocationList: [revoke(ca, [bad])] });
    expect(fault(() => revoking.identity(bad.pem))).to.equal(
      'INVALID_IDENTITY: the certificate has been revoked',
    );
    expect(fault(() => revoking.identity(good.pem))).to.equal('valid');
    const forged = testMsp('OrgMSP', ca, { revocationList: [revoke(ca, [bad], testCa())] });
    expect(fault(() => forged.identity(bad.pem))).to.equal('valid');
  });

  it('sees one identity in a certificate and its twin with the other S', () => {
    const high = issue(ca, { units: ['peer'], highS: true });
    const identity = msp.identity(high.pem);
    expect(identity.certificate.raw).not.to.deep.equal(high.certificate.raw);
    const twin = msp.identity(pemOf(identity.certificate.raw));
    expect(twin.id).to.equal(identity.id);
    expect(fault(() => twin)).to.equal('valid');
  });

  it('takes Ed25519 keys only with the capability for them', () => {
    const { pem, key } = issue(ca, { units: ['client'], keyType: 'ed25519' });
    const identity = msp.identity(pem);
    expect(fault(() => identity)).to.equal('valid');
    expect(identity.verify(utf8('a'), signer(key)(utf8('a')))).to.be.true;
    expect(identity.verify(utf8('b'), signer(key)(utf8('a')))).to.be.false;
    const older = Msp.read(mspConfig('OrgMSP', ca), { ed25519: false });
    expect(fault(() => older.identity(pem))).to.contain('a key of Ed25519 is not accepted');
  });

  it('knows admins by their certificate as well as by their unit', () => {
    const named = issue(ca, { units: ['client'] });
    const naming = testMsp('OrgMSP', ca, { admins: [named.pem] });
    expect(naming.identity(named.pem).satisfies(role('admin'))).to.be.true;
    expect(msp.identity(named.pem).satisfies(role('admin'))).to.be.false;
  });

  it('tells no roles apart without node OUs', () => {
    const admin = issue(ca, {});
    const plain = testMsp('OrgMSP', ca, { fabricNodeOus: undefined, admins: [admin.pem] });
    const anyone = plain.identity(issue(ca, { units: ['peer'] }).pem);
    expect(anyone.satisfies(role('member'))).to.be.true;
    expect(anyone.satisfies(role('peer'))).to.be.false;
    expect(plain.identity(admin.pem).satisfies(role('admin'))).to.be.true;
  });

  it('demands one of the units it lists', () => {
    const listing = testMsp('OrgMSP', ca, {
      organizationalUnitIdentifiers: [{ certificate: ca.pem, organizationalUnitIdentifier: 'blue' }],
    });
    expect(fault(() => listing.identity(issue(ca, { units: ['peer', 'blue'] }).pem))).to.equal('valid');
    expect(fault(() => listing.identity(issue(ca, { units: ['peer'] }).pem))).to.contain('none of its');
  });

  const unusable = {
    'without a root': mspConfig('OrgMSP', ca, { rootCerts: [] }),
    'with a root that is no CA': mspConfig('OrgMSP', issue(undefined, {})),
    'without anybody who is admin': mspConfig('OrgMSP', ca, { fabricNodeOus: undefined }),
    'with an admin who is a peer': mspConfig('OrgMSP', ca, { admins: [issue(ca, { units: ['peer'] }).pem] }),
    'with a root for TLS that is no CA': mspConfig('OrgMSP', ca, {
      tlsRootCerts: [issue(undefined, {}).pem],
    }),
    'of another kind': Uint8Array.of(8, 1),
    'with an intermediate CA of another root': mspConfig('OrgMSP', ca, {
      intermediateCerts: [issue(testCa(), { isCa: true }).pem],
    }),
    'with a unit of another CA': mspConfig('OrgMSP', ca, {
      organizationalUnitIdentifiers: [{ certificate: testCa().pem, organizationalUnitIdentifier: 'blue' }],
    }),
  };
  for (const [what, config] of Object.entries(unusable)) {
    it(`cannot be set up ${what}`, () => {
      expect(() => Msp.read(config, { ed25519: true }))
        .to.throw(LedgerError)
        .with.property('code', 'INVALID_MSP');
    });
  }
});

describe('Identity.satisfies', () => {
  const peer = issue(ca, { units: ['peer', 'blue'] });
  const identity = msp.identity(peer.pem);
  const classified = (principalClassification: number, principal: Uint8Array) =>
    readPrincipal({ principalClassification, principal });
  const rolePrincipal = (number: number) => ({
    principalClassification: 0,
    principal: encode(MSPRole, { mspIdentifier: 'OrgMSP', role: number }),
  });

  it('compares certificates for an identity principal', () => {
    const same = classified(2, serializeIdentity('OrgMSP', peer.pem));
    const other = classified(2, serializeIdentity('OrgMSP', issue(ca, { units: ['peer'] }).pem));
    const foreign = classified(2, serializeIdentity('OtherMSP', peer.pem));
    expect([same, other, foreign].map((principal) => identity.satisfies(principal))).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it('compares unit and certifiers for a unit principal', () => {
    const unit = (name: string, certifiersIdentifier: Uint8Array) =>
      classified(
        1,
        encode(OrganizationUnit, {
          mspIdentifier: 'OrgMSP',
          organizationalUnitIdentifier: name,
          certifiersIdentifier,
        }),
      );
    const certifiers = chainIdentifier([ca.certificate]);
    expect(identity.satisfies(unit('blue', certifiers))).to.be.true;
    expect(identity.satisfies(unit('green', certifiers))).to.be.false;
    expect(identity.satisfies(unit('blue', new Uint8Array(32)))).to.be.false;
  });

  it('demands all of a combination, and is nobody for what cannot be read', () => {
    const combined = (...roles: number[]) =>
      classified(4, encode(CombinedPrincipal, { principals: roles.map(rolePrincipal) }));
    expect(identity.satisfies(combined(0, 3))).to.be.true;
    expect(identity.satisfies(combined(0, 1))).to.be.false;
    expect(identity.satisfies(combined())).to.be.false;
    expect(identity.satisfies(readPrincipal(rolePrincipal(9)))).to.be.false;
    expect(identity.satisfies(classified(0, Uint8Array.of(255)))).to.be.false;
    expect(identity.satisfies(classified(9, Uint8Array.of()))).to.be.false;
    expect(identity.satisfies(classified(3, Uint8Array.of()))).to.be.true;
    expect(identity.satisfies(classified(3, Uint8Array.of(8, 1)))).to.be.false;
  });
});

describe('MspManager', () => {
  const peer = issue(ca, { units: ['peer'] });

  it('answers the same bytes with the same object, good or bad', () => {
    const manager = new MspManager([msp]);
    const serialized = serializeIdentity('OrgMSP', peer.pem);
    expect(manager.deserializeIdentity(serialized)).to.equal(manager.deserializeIdentity(serialized.slice()));
    const unknown = serializeIdentity('OtherMSP', peer.pem);
    for (let i = 0; i < 2; i++) {
      expect(() => manager.deserializeIdentity(unknown)).to.throw(LedgerError, 'MSP OtherMSP is unknown');
    }
  });

  it('has one code for everything that is no identity', () => {
    const manager = new MspManager([msp]);
    for (const bytes of [utf8('?'), serializeIdentity('OrgMSP', utf8('?')), new Uint8Array(0)]) {
      expect(() => manager.deserializeIdentity(bytes))
        .to.throw(LedgerError)
        .with.property('code', 'INVALID_IDENTITY');
      expect(manager.findIdentity(bytes)).to.be.undefined;
    }
  });

  it('remembers valid signatures where it is given a memo, and only those', () => {
    const memo = new BoundedSignatureMemo(1);
    const remembering = Msp.read(mspConfig('OrgMSP', ca), { ed25519: true, memo });
    const identity = remembering.identity(peer.pem);
    const signature = signer(peer.key)(utf8('a'));
    expect(identity.verify(utf8('b'), signature)).to.be.false;
    expect(identity.verify(utf8('a'), signature)).to.be.true;
    expect(identity.verify(utf8('a'), signature)).to.be.true;
    expect(identity.verify(utf8('b'), signature)).to.be.false;
  });
});

describe('BoundedSignatureMemo', () => {
  it('knows the newest half of its limit, and no more than the limit', () => {
    const memo = new BoundedSignatureMemo(4);
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    keys.forEach((key, index) => {
      memo.add(key);
      for (const newest of keys.slice(Math.max(0, index - 1), index + 1)) expect(memo.has(newest)).to.be.true;
      expect(keys.filter((known) => memo.has(known))).to.have.lengthOf.at.most(4);
    });
    expect(memo.has('a')).to.be.false;
  });
});

describe('readCertificate', () => {
  it('refuses compressed points, as Go does', () => {
    expect(() => issue(ca, { compressed: true })).to.throw(LedgerError, 'public key is not one');
  });

  it('knows times before and after 2000, and no time that never was', () => {
    const { certificate } = issue(ca, { notBefore: '991231235959Z', notAfter: '491231235959Z' });
    expect(certificate.notBefore).to.equal(Date.UTC(1999, 11, 31, 23, 59, 59) / 1000);
    expect(certificate.notAfter).to.equal(Date.UTC(2049, 11, 31, 23, 59, 59) / 1000);
    for (const notAfter of ['300230000000Z', '301301000000Z', '300101240000Z', '300101006000Z', '30']) {
      expect(() => issue(ca, { notAfter }), notAfter).to.throw(LedgerError, 'no pair of times');
    }
  });
});

describe('fabricAttributes', () => {
  it('reads what the CA wrote, nothing from others', () => {
    const { certificate } = issue(ca, { attributes: { 'passage.party': 'p1', 'passage.role': 'carrier' } });
    expect(Object.fromEntries(fabricAttributes(certificate))).to.deep.equal({
      'passage.party': 'p1',
      'passage.role': 'carrier',
    });
    expect(fabricAttributes(ca.certificate).size).to.equal(0);
  });
});
