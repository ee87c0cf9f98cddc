import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { encodeBlock, readBlock, toHex } from '@passage/ledger';
import { expect } from 'chai';

import { fabricPaths } from './paths.js';
import { type AdministratorClient, memberClient } from './testing/administrator-client.js';
import { alteredGenesis } from './testing/altered-genesis.js';
import { FourFolders } from './testing/four-folders.js';
import { needFabric } from './testing/need-fabric.js';
import { CHANNEL, type OrganizationName, ORGANIZATIONS } from './topology.js';

const names = ORGANIZATIONS.map(({ name }) => name);
const withGateway = names.filter((name) => name !== 'auditor');

describe('four organisations, each with its own keys, folder and address', function () {
  let four: FourFolders;
  const clients: AdministratorClient[] = [];

  before(function () {
    needFabric(this);
    four = new FourFolders(9600);
    process.stdout.write(`      four machines: ${four.machines.kind}\n`);
  });

  after(async () => {
    for (const client of clients) client.close();
    await (four as FourFolders | undefined)?.remove();
  });

  const client = (name: OrganizationName): AdministratorClient => {
    const connected = memberClient(four.dir(name));
    clients.push(connected);
    return connected;
  };

  const party = (partyId: string): { arguments: string[] } => ({
    arguments: [JSON.stringify({ requestId: partyId, partyId, name: partyId, roles: ['importer'] })],
  });

  /** Asks again while peers find one another: gossip needs a moment when one has died or come back. */
  async function eventually<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        if (tries === 120) throw error;
        await sleep(500);
      }
    }
  }

  async function register(
    name: OrganizationName,
    partyId: string,
    endorsingOrganizations?: string[],
  ): Promise<void> {
    const { contract } = client(name);
    const options = { ...party(partyId), ...(endorsingOrganizations && { endorsingOrganizations }) };
    await eventually(() => contract.submit('RegisterParty', options));
  }

  async function isRegistered(name: OrganizationName, partyId: string): Promise<void> {
    const { contract } = client(name);
    const question = { arguments: [JSON.stringify({ partyId })], endorsingOrganizations: [mspOf(name)] };
    const found = await eventually(() => contract.evaluate('GetParty', question));
    expect(Buffer.from(found).toString('utf8')).to.contain(partyId);
  }

  const mspOf = (name: OrganizationName): string =>
    ORGANIZATIONS.find((one) => one.name === name)?.mspId ?? '';

  /** Flags and commit hash of a block as an organisation's peer gives it. */
  async function judged(name: OrganizationName, number: number): Promise<readonly string[]> {
    const { chain } = client(name);
    const question = {
      arguments: [CHANNEL, String(number)],
      endorsingOrganizations: [mspOf(name)],
    };
    const bytes = await eventually(() => chain.evaluate('GetBlockByNumber', question));
    const { metadata } = readBlock(bytes);
    return [2, 4].map((index) => toHex(metadata[index] ?? new Uint8Array()));
  }

  it('found their folders and exchange cards', async () => {
    await four.init();
    for (const from of names) for (const to of names) if (from !== to) await four.giveCard(from, to);
  });

  it('agree on one genesis block, and refuse one that says something else', async () => {
    await four.member('customs', 'genesis');
    const forged = join(four.dir('port'), 'forged.block');
    const honest = readBlock(readFileSync(fabricPaths(four.dir('customs')).genesis));
    const withoutPolicy = alteredGenesis(honest, {
      group: (group) => ({
        ...group,
        policies: new Map([...group.policies].filter(([key]) => key !== 'Admins')),
      }),
    });
    writeFileSync(forged, encodeBlock(withoutPolicy));
    const refused = await four.tryMember('port', 'genesis', '--from', forged);
    expect(refused.code).to.equal(3);
    expect(refused.stderr).to.contain('GENESIS_DIFFERS').and.to.contain('/Channel/Admins');
    const hashes = new Set<string>();
    for (const name of ['port', 'business', 'auditor'] as const) {
      const { code, stdout, stderr } = await four.giveGenesis('customs', name);
      expect(code, stderr).to.equal(0);
      hashes.add(/hash ([0-9a-f]{64})/.exec(stdout)?.[1] ?? stdout);
    }
    expect(hashes.size).to.equal(1);
  });

  it('come up each by itself, and endorse together', async () => {
    const started = await Promise.all(names.map((name) => four.up(name)));
    expect(started.flat()).to.include.members(['peer2-customs', 'chaincode2-customs', 'gateway-business']);
    for (const name of withGateway) expect(await four.isHealthy(name), name).to.equal(true);
    await register('business', 'TOGETHER', ['CustomsMSP', 'PortMSP', 'BusinessMSP']);
    for (const name of names) await isRegistered(name, 'TOGETHER');
  });

  it("never see another's private key or secret", () => {
    const folders = new Map(names.map((name) => [name, four.files(name)]));
    for (const [owner, files] of folders) {
      const secrets = [...files].flatMap(([file, text]) => secretsIn(file, text));
      // CA keys, one for each peer, orderer and administrator, for TLS too, and what the gateways hold.
      expect(secrets.length, owner).to.be.above(8);
      for (const [other, theirs] of folders)
        if (other !== owner)
          for (const [file, text] of theirs)
            expect(
              secrets.some((secret) => text.includes(secret)),
              `${file} holds a secret of ${owner}`,
            ).to.equal(false);
    }
  });

  it("have customs' word from its second peer when the first dies with its chaincode; up repairs it", async () => {
    for (const victim of ['peer-customs', 'chaincode-customs'])
      process.kill(four.pid('customs', victim), 'SIGKILL');
    await register('business', 'BY-THE-SECOND', ['CustomsMSP', 'BusinessMSP']);
    await isRegistered('customs', 'BY-THE-SECOND');
    expect(await four.up('customs')).to.have.members(['peer-customs', 'chaincode-customs']);
  });

  it('bring a peer back that has lost everything, and got its private data from the second one', async () => {
    await four.down('customs');
    rmSync(dataOf('customs', 'peer'), { recursive: true });
    await four.up('customs');
    process.kill(four.pid('customs', 'peer2-customs'), 'SIGKILL');
    await register('business', 'AFTER-THE-LOSS', ['CustomsMSP', 'BusinessMSP']);
    await sameJudgement('customs', 'business');
    expect(await four.up('customs')).to.deep.equal(['peer2-customs']);
  });

  it('bring an orderer back that has lost everything, and the only peer of an organisation from a copy', async () => {
    await four.down('port');
    const [data, copy] = [dataOf('port', 'peer'), join(four.dir('port'), 'copy')];
    cpSync(data, copy, { recursive: true });
    await four.up('port');
    await register('business', 'BEHIND-THE-COPY');
    await four.down('port');
    for (const lost of [data, dataOf('port', 'orderer')]) rmSync(lost, { recursive: true });
    cpSync(copy, data, { recursive: true });
    expect(await four.up('port')).to.include.members(['peer-port', 'orderer-port']);
    // Its word is needed, and three of the four orderers: its own is one of them.
    await four.down('auditor');
    await register('business', 'AFTER-THE-COPY', ['PortMSP', 'BusinessMSP']);
    for (const partyId of ['BEHIND-THE-COPY', 'AFTER-THE-COPY']) await isRegistered('port', partyId);
    await sameJudgement('port', 'business');
  });

  const dataOf = (name: OrganizationName, member: 'peer' | 'orderer'): string =>
    join(fabricPaths(four.dir(name)).organization(name).member(member).folder, 'data');

  async function sameJudgement(one: OrganizationName, other: OrganizationName): Promise<void> {
    for (const number of [0, 3, 6])
      expect(await judged(one, number)).to.deep.equal(await judged(other, number));
  }
});

/** A line of each private key in PEM that is all its own (the first begins alike in all of a kind), and the registrar's secret. */
function secretsIn(file: string, text: string): string[] {
  const keys = [...text.matchAll(/-----BEGIN [A-Z ]*PRIVATE KEY-----([^-]+)-----END/g)];
  const secret = file.endsWith('registrar.json')
    ? [(JSON.parse(text) as { readonly secret: string }).secret]
    : [];
  return [...keys.map(([, body = '']) => body.trim().split('\n')[1] ?? body), ...secret];
}
