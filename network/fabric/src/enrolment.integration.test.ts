import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { needFabric } from './testing/need-fabric.js';
import { actWithOwnKey } from './testing/own-key.js';
import { lastJson, passage, type Outcome } from './testing/passage.js';

interface Profile {
  readonly organizations: readonly {
    readonly name: string;
    readonly ca: { readonly url: string; readonly tlsRootCert: string };
    readonly gateway?: { readonly url: string };
  }[];
}

const UCR = '1KRIMPOWN-00000001';

for (const { network, basePort } of [
  { network: 'embedded', basePort: 22_300 },
  { network: 'fabric', basePort: 24_300 },
] as const) {
  describe(`passage enroll on the ${network} network`, () => {
    const dir = mkdtempSync(join(tmpdir(), `passage-enroll-${network}-`));
    /** The owner's machine has nothing but this folder. */
    const owner = mkdtempSync(join(tmpdir(), 'passage-owner-'));
    const identity = join(owner, 'identity');
    const secretFile = join(owner, 'secret.json');
    const enroll = (...args: readonly string[]): Promise<Outcome> => passage('enroll', ...args);
    const registrar = (part: string, ...args: readonly string[]): Promise<Outcome> =>
      enroll(part, '--dir', dir, '--json', ...args);
    const accepted = async (): Promise<number | null> => (await registrar('check', identity)).code;

    before(async function () {
      if (network === 'fabric') needFabric(this);
      const where = [`--${network}`, '--dir', dir, '--base-port', String(basePort)];
      const outcome = await passage('network', 'up', ...where);
      expect(outcome.code, outcome.stderr).to.equal(0);
    });
    after(async () => {
      await passage('network', 'down', '--dir', dir);
      for (const folder of [dir, owner]) rmSync(folder, { recursive: true, force: true });
    });

    const organization = (): Profile['organizations'][number] => {
      const profile = JSON.parse(readFileSync(join(dir, 'profile.json'), 'utf8')) as Profile;
      const found = profile.organizations.find(({ name }) => name === 'business');
      if (found === undefined) throw new TypeError('the profile has no business');
      return found;
    };

    /** As on a machine that has no profile. */
    const enrol = (out: string): Promise<Outcome> => {
      const { url, tlsRootCert } = organization().ca;
      const ca = ['--ca-url', url, '--tls-root', join(dir, tlsRootCert), '--msp-id', 'BusinessMSP'];
      return enroll(...ca, '--secret-file', secretFile, '--out', out, '--json');
    };

    it('gives an owner a certificate for a key that stays, for a secret that counts once', async () => {
      const newcomer = ['--party', 'IMPOWN', '--role', 'importer'];
      expect((await registrar('register', ...newcomer, '--secret-out', secretFile)).code).to.equal(0);
      const again = await registrar('register', ...newcomer);
      expect([again.code, again.stderr]).to.deep.equal([3, again.stderr]);
      expect(again.stderr).to.match(/^passage: ID_TAKEN: /);

      const outcome = await enrol(identity);
      expect(outcome.code, outcome.stderr).to.equal(0);
      expect(lastJson(outcome)).to.include({ id: 'IMPOWN.importer.own' });
      expect(statSync(join(identity, 'key.pem')).mode & 0o777).to.equal(0o600);
      const { subject } = new X509Certificate(readFileSync(join(identity, 'cert.pem')));
      expect(subject)
        .to.match(/OU=client/)
        .and.match(/CN=IMPOWN\.importer\.own/);
      expect(await accepted()).to.equal(0);

      const spent = await enrol(join(owner, 'second'));
      expect([spent.code, spent.stderr]).to.deep.equal([3, spent.stderr]);
      expect(spent.stderr).to.match(/^passage: SECRET_REFUSED: /);
    });

    it('makes acts show that the party signed with its own key', async () => {
      const { stdout } = await passage('token', '--dir', dir, '--org', 'business', '--admin');
      const party = { requestId: 'own', partyId: 'IMPOWN', name: 'Importer', roles: ['importer'] };
      const response = await fetch(organization().gateway?.url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${stdout.trim()}` },
        body: JSON.stringify({
          query: 'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { party { id } } }',
          variables: { input: party },
        }),
      });
      expect(await response.json()).to.deep.equal({ data: { registerParty: { party: { id: 'IMPOWN' } } } });

      const input = {
        requestId: 'open-own',
        ucr: UCR,
        goods: [{ hs: '850760', hsEdition: '2022' }],
        origin: 'CN',
        departure: 'CN',
        transportMode: '1',
        parties: { importer: 'IMPOWN' },
        custodian: 'IMPOWN',
      };
      const as = ['--party', 'IMPOWN', '--role', 'importer'];
      const token = (await passage('token', '--dir', dir, '--org', 'business', ...as)).stdout.trim();
      const call = { organization: 'business', token, name: 'OpenShipment', input };
      const inputFile = join(owner, 'open.json');
      writeFileSync(inputFile, JSON.stringify(input));
      const files = ['--identity', identity, '--input', inputFile];
      const acted = await passage('act', 'OpenShipment', ...files, '--dir', dir, '--token', token, '--json');
      expect(acted.code, acted.stderr).to.equal(0);
      const { receipt } = lastJson(acted) as Awaited<ReturnType<typeof actWithOwnKey>>;
      expect(receipt).to.include({ requestId: 'open-own', duplicate: false });
      expect((await actWithOwnKey(dir, identity, call)).receipt).to.deep.equal({
        ...receipt,
        duplicate: true,
      });
      const trace = await passage('trace', UCR, '--dir', dir, '--org', 'business', ...as);
      expect(trace.stdout, trace.stderr).to.contain('IMPOWN (importer, key held by party)');
    });

    it('renews by the certificate itself, with a new key', async () => {
      const old = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(identity, name), 'utf8'));
      const renewed = await enroll('renew', identity, '--new-key', '--json');
      expect(renewed.code, renewed.stderr).to.equal(0);
      const fresh = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(identity, name), 'utf8'));
      expect(fresh[0]).not.to.equal(old[0]);
      expect(fresh[1]).not.to.equal(old[1]);
      expect(await accepted()).to.equal(0);
      expect((await enroll('status', identity)).code).to.equal(0);
    });

    it('replaces a lost key: the network refuses the old certificates, a fresh secret gives another', async () => {
      const reset = await registrar('reset', '--id', 'IMPOWN.importer.own', '--secret-out', secretFile);
      expect(reset.code, reset.stderr).to.equal(0);
      expect(lastJson(reset)).to.have.property('revoked').with.length(2);
      expect(await accepted()).to.equal(1);
      rmSync(identity, { recursive: true });
      expect((await enrol(identity)).code).to.equal(0);
      expect(await accepted()).to.equal(0);
    });

    it('revokes for good, at the CA and on the channel', async () => {
      const revoked = await registrar(
        'revoke',
        '--id',
        'IMPOWN.importer.own',
        '--reason',
        'cessationofoperation',
      );
      expect(revoked.code, revoked.stderr).to.equal(0);
      expect(lastJson(revoked)).to.include({ changed: true });
      expect(await accepted()).to.equal(1);
      const renewal = await enroll('renew', identity);
      expect([renewal.code, renewal.stderr]).to.deep.equal([3, renewal.stderr]);
      expect(renewal.stderr).to.match(/^passage: CERTIFICATE_REFUSED: /);
      expect(lastJson(await registrar('crl'))).to.include({ changed: false });
    });
  });
}
