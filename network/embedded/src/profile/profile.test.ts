import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { organizationsFixture, temporaryFolder } from '../pki/organizations-fixture.js';
import { networkPaths } from '../paths.js';
import { buildProfile, buildTrust } from './profile.js';
import { conformanceFaults, type JsonSchema } from './schema-fixture.js';
import { ensureTrust, writeProfile } from './write-profile.js';

const GENESIS = 'ab'.repeat(32);

function schema(name: string): JsonSchema {
  const url = new URL(`../../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as JsonSchema;
}

describe('connection profile', () => {
  it('conforms to its schema and has a gateway for everybody but the auditor', async () => {
    const { organizations, dir, paths } = await organizationsFixture();
    const profile = buildProfile(organizations, organizations, dir, paths);
    expect(conformanceFaults(schema('profile'), profile)).to.deep.equal([]);
    expect(profile.organizations.map(({ name, gateway }) => [name, gateway?.url])).to.deep.equal([
      ['customs', 'http://127.0.0.1:7404/graphql'],
      ['port', 'http://127.0.0.1:7414/graphql'],
      ['business', 'http://127.0.0.1:7424/graphql'],
      ['auditor', undefined],
    ]);
  });

  it('gives one that does not order the orderer of customs', async () => {
    const { organizations, dir, paths } = await organizationsFixture();
    const profile = buildProfile(organizations, organizations.slice(0, 2), dir, paths);
    expect(profile.organizations.map(({ orderer }) => orderer.address)).to.deep.equal([
      'localhost:7400',
      'localhost:7410',
      'localhost:7400',
      'localhost:7400',
    ]);
  });

  it('names files that exist, by paths relative to its folder', async () => {
    const { organizations, dir, paths } = await organizationsFixture();
    const profile = buildProfile(organizations, organizations, dir, paths);
    for (const { peer, ca, admin } of profile.organizations) {
      for (const path of [peer.tlsRootCert, ca.registrar, admin.cert, admin.key]) {
        expect(path).to.match(/^network\/orgs\//);
        expect(() => readFileSync(`${dir}/${path}`)).not.to.throw();
      }
    }
  });

  it('is written whole, and again with other ports', async () => {
    const { organizations } = await organizationsFixture();
    const dir = temporaryFolder();
    const paths = networkPaths(dir);
    for (let i = 0; i < 2; i++) writeProfile(paths, buildProfile(organizations, organizations, dir, paths));
    const written: unknown = JSON.parse(readFileSync(paths.profile, 'utf8'));
    expect(conformanceFaults(schema('profile'), written)).to.deep.equal([]);
  });

  it('is refused by its schema when something is missing or added', async () => {
    const { organizations, dir, paths } = await organizationsFixture();
    const profile = buildProfile(organizations, organizations, dir, paths);
    expect(conformanceFaults(schema('profile'), { ...profile, trust: GENESIS })).not.to.deep.equal([]);
    expect(conformanceFaults(schema('profile'), { ...profile, channel: undefined })).not.to.deep.equal([]);
  });
});

describe('trust file', () => {
  it('conforms to its schema and is written once', () => {
    const paths = networkPaths(temporaryFolder());
    ensureTrust(paths, buildTrust(GENESIS));
    const written = readFileSync(paths.trust, 'utf8');
    expect(conformanceFaults(schema('trust'), JSON.parse(written))).to.deep.equal([]);
    ensureTrust(paths, buildTrust(GENESIS));
    expect(readFileSync(paths.trust, 'utf8')).to.equal(written);
  });

  it('is never changed: another genesis block is refused', () => {
    const paths = networkPaths(temporaryFolder());
    ensureTrust(paths, buildTrust(GENESIS));
    const other = buildTrust('cd'.repeat(32));
    expect(() => {
      ensureTrust(paths, other);
    })
      .to.throw(GENESIS)
      .with.property('code', 'LEDGER_MISMATCH');
  });
});
