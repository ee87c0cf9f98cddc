import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { environment, readConfig } from './config.js';
import { Refusal } from './errors.js';

const endpoint = { address: 'localhost:1', tlsRootCert: 'network/tls.pem' };
const profile = {
  format: 'passage-profile-1',
  network: 'embedded',
  channel: 'c',
  chaincode: 'passage',
  organizations: ['customs', 'auditor'].map((name) => ({
    name,
    mspId: `${name}MSP`,
    peer: endpoint,
    orderer: endpoint,
    ca: { url: 'https://localhost:2', name: 'ca', tlsRootCert: 'ca.pem', registrar: 'registrar.json' },
    admin: { cert: 'cert.pem', key: 'key.pem' },
    ...(name === 'customs' && { gateway: { url: 'http://127.0.0.1:7404/graphql' } }),
  })),
};
const trust = { format: 'passage-trust-1', network: 'embedded', channel: 'c', genesisHash: 'ab'.repeat(32) };

describe('docs/gateway.md, Settings', () => {
  const page = readFileSync(new URL('../../docs/gateway.md', import.meta.url), 'utf8');
  const section = page.split('\n## ').find((each) => each.startsWith('Settings')) ?? '';
  const rows = [...section.matchAll(/^\| `(PASSAGE_\w+)` \| [^|]+\| `?([^|`]+)`? \|$/gm)].map(
    ([, name = '', standard = '']) => [name, standard] as const,
  );

  it('has every variable', () => {
    expect(rows.map(([name]) => name).sort()).to.deep.equal(Object.keys(environment.shape).sort());
  });

  it('has what each is by default, where that is a number or a text of its own', () => {
    const defaults = environment.parse({ PASSAGE_ORG: 'customs' });
    const told = new Map(rows);
    for (const [name, value] of Object.entries(defaults)) {
      if (name === 'PASSAGE_ORG' || Array.isArray(value)) continue;
      const text = typeof value === 'number' ? value.toLocaleString('en') : String(value);
      expect(told.get(name), name).to.equal(text);
    }
  });
});

describe('readConfig', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'passage-config-'))));
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const write = (name: string, value: unknown) => {
    writeFileSync(join(dir, name), typeof value === 'string' ? value : JSON.stringify(value));
  };
  const problems = (env: Record<string, string>): string[] => {
    try {
      readConfig({ PASSAGE_DIR: dir, ...env });
    } catch (error) {
      expect(error).to.be.instanceOf(Refusal).with.property('code', 'CONFIG_INVALID');
      return ((error as Refusal).facts.details as { problems: string[] }).problems;
    }
    throw new Error('the configuration was taken');
  };

  it('takes port and paths from the profile, and names defaults', () => {
    write('profile.json', profile);
    write('trust.json', trust);
    const config = readConfig({ PASSAGE_DIR: dir, PASSAGE_ORG: 'customs', PASSAGE_BATCH_MS: '' });
    expect(config.port).to.equal(7404);
    expect(config.organization.peer.tlsRootCert).to.equal(join(dir, 'network/tls.pem'));
    expect(config.batch).to.deep.equal({ count: 50, bytes: 262_144, ms: 100 });
    expect(config.folder).to.equal(join(dir, 'gateways/customs'));
  });

  it('takes the index from a database, of which it never tells the password', () => {
    write('profile.json', profile);
    write('trust.json', trust);
    const read = (url: string) =>
      readConfig({ PASSAGE_DIR: dir, PASSAGE_ORG: 'customs', PASSAGE_INDEX_URL: url }).index;
    expect(read('')).to.equal(join(dir, 'gateways/customs/index.sqlite'));
    expect(read('postgres://u:secret@db/passage_{org}')).to.equal('postgres://u:secret@db/passage_customs');
    const found = problems({ PASSAGE_ORG: 'customs', PASSAGE_INDEX_URL: 'mysql://u:secret@db/x' });
    expect(found.join()).to.contain('PASSAGE_INDEX_URL must be the URL').and.not.contain('secret');
  });

  it('lists every problem at once', () => {
    write('profile.json', '{ not json');
    const found = problems({ PASSAGE_ORG: '', PASSAGE_BATCH_COUNT: '101', PASSAGE_LOG_LEVEL: 'loud' });
    expect(found).to.have.length(5);
    for (const part of [
      'PASSAGE_ORG',
      'PASSAGE_BATCH_COUNT',
      'PASSAGE_LOG_LEVEL',
      'profile.json',
      'trust.json',
    ]) {
      expect(
        found.some((p) => p.includes(part)),
        part,
      ).to.equal(true);
    }
  });

  it('does not start without the trust file, nor with one for another channel', () => {
    write('profile.json', profile);
    expect(problems({ PASSAGE_ORG: 'customs' }).join()).to.match(/trust\.json cannot be read/);
    write('trust.json', { ...trust, channel: 'other' });
    expect(problems({ PASSAGE_ORG: 'customs' }).join()).to.match(/channel c, trust\.json for other/);
    write('trust.json', { ...trust, genesisHash: 'AB' });
    expect(problems({ PASSAGE_ORG: 'customs' }).join()).to.match(/genesisHash must be 64/);
  });

  it('names the organisations that have a gateway', () => {
    write('profile.json', profile);
    write('trust.json', trust);
    expect(problems({ PASSAGE_ORG: 'auditor' })).to.deep.equal([
      'PASSAGE_ORG "auditor" has no gateway in profile.json; those that have one: customs',
    ]);
  });

  it('asks every other organisation of the profile, those that are named, or nobody', () => {
    write('profile.json', profile);
    write('trust.json', trust);
    const env = { PASSAGE_DIR: dir, PASSAGE_ORG: 'customs' };
    const asked = (more: object) =>
      readConfig({ ...env, ...more }).sources.organizations.map(({ name }) => name);
    expect(asked({})).to.deep.equal(['auditor']);
    expect(asked({ PASSAGE_SOURCES: 'auditor' })).to.deep.equal(['auditor']);
    expect(asked({ PASSAGE_SOURCES: 'none' })).to.deep.equal([]);
    expect(problems({ ...env, PASSAGE_SOURCES: 'customs, elsewhere' })[0]).to.contain('customs, elsewhere');
  });
});
