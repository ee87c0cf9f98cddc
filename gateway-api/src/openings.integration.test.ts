/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- a test reads the members it has just asked for */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { commit, readStatement, secretOpens } from '@passage/domain';
import type { Secret } from '@passage/domain';
import { expect } from 'chai';

import { openLocalIssuer } from './auth/local-issuer.js';
import type { LocalIssuer } from './auth/local-issuer.js';
import { EmbeddedNetwork } from './testing/embedded-network.js';
import type { GatewayOrganization } from './testing/embedded-network.js';
import { tracesOf } from './testing/canary.js';
import { TestDevice } from './testing/test-device.js';

const BASE_PORT = 27_600;
const UCR = '6KRTRADER1-0001';
const carrier = { org: 'business', party: 'CARRIER1', role: 'carrier', admin: false } as const;
const importer = { org: 'business', party: 'TRADER1', role: 'importer', admin: false } as const;
const officer = { org: 'customs', party: 'OFFICER-7', role: 'customs_officer', admin: false } as const;
type Who = { org: GatewayOrganization; party?: string; role?: string; admin: boolean };
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it has just asked for
type Data = any;

describe('private fields on the embedded network', function () {
  this.timeout(300_000);
  let dir: string;
  let network: EmbeddedNetwork;
  let issuer: LocalIssuer;
  const urls = new Map<string, string>();
  /** 32 random bytes for every private field of every act: what must not be found. */
  const canaries: Buffer[] = [];
  const canary = (): Buffer => {
    const bytes = randomBytes(32);
    canaries.push(bytes);
    return bytes;
  };

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'passage-private-'));
    network = new EmbeddedNetwork(dir, BASE_PORT);
    issuer = await openLocalIssuer(dir);
    await network.startNetwork();
    await network.startChaincode();
    for (const org of ['customs', 'business'] as const) urls.set(org, await network.startGateway(org));
    for (const { org, party, role } of [carrier, importer, officer]) {
      await act({ org, admin: true }, 'registerParty', { partyId: party, name: party, roles: [role] });
    }
  });
  after(async () => {
    await network.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const ask = async (who: Who, query: string, variables: object = {}): Promise<Data> => {
    const token = await issuer.token(who, 600);
    const response = await fetch(urls.get(who.org) ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };
  const act = async (who: Who, name: string, input: object): Promise<void> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { receipt { block } } }`;
    const { errors } = await ask(who, query, { input: { requestId: randomUUID(), ...input } });
    if (errors) throw new Error(JSON.stringify(errors));
  };
  const opening = (who: Who, commitment: string): Promise<Data> =>
    ask(who, `{ opening(commitment: "${commitment}") { salt value owner } }`);
  const codeOf = async (answer: Promise<Data>): Promise<unknown> =>
    (await answer).errors?.[0]?.extensions.code;

  it('are kept, disclosed and purged, and no block holds a trace of them', async () => {
    const value = canary();
    const salt = canary();
    const about = { subject: UCR, field: 'licencePlate' };
    const secret = { salt: salt.toString('base64url'), value: value.toString('hex') };
    const full = { ...about, ledger: network.genesisHash, owner: carrier.party };
    const commitment = commit({ ...full, salt, value: secret.value });

    const device = new TestDevice(network.genesisHash);
    const claim = { owner: carrier.party, kind: 'plate_reader' };
    await act(carrier, 'registerDevice', { kind: claim.kind, proof: device.proof(claim) });
    const statement = device.statement(UCR, { 'psg:licencePlateCommitment': commitment });
    await ask(
      carrier,
      'mutation ($input: RecordStatementsInput!) { recordStatements(input: $input) { accepted { id } } }',
      { input: { requestId: 's', statements: [statement] } },
    );

    await act(carrier, 'keepOpenings', { openings: [{ ...about, commitment, ...secret }] });
    expect((await opening(carrier, commitment)).data.opening).to.include(secret);
    expect(await codeOf(opening(importer, commitment))).to.equal('OPENING_UNKNOWN');
    expect(await codeOf(opening(officer, commitment))).to.equal('OPENING_UNKNOWN');

    await act(carrier, 'discloseOpening', { ...about, commitment, ...secret, to: officer.party });
    expect((await opening(officer, commitment)).data.opening).to.include({ ...secret, owner: carrier.party });

    await act(carrier, 'purgeOpening', { commitment });
    expect(await codeOf(opening(carrier, commitment))).to.equal('OPENING_UNKNOWN');
    const shown = (await opening(officer, commitment)).data.opening as Secret;
    const signed = readStatement(statement).payload['psg:licencePlateCommitment'];
    expect(signed).to.equal(commitment);
    expect(secretOpens(commitment, full, shown)).to.equal(true);

    // What is public is found by the same search, so that not finding the rest says something.
    const known = Buffer.from(commitment, 'base64url');
    const blocks = blockFiles(dir);
    expect(blocks.length).to.be.above(0);
    expect(blocks.flatMap((file) => tracesOf(known, file))).to.include('base64url');
    for (const hidden of canaries) {
      for (const file of blocks) expect(tracesOf(hidden, file)).to.deep.equal([]);
      for (const file of gatewayFiles(dir)) expect(tracesOf(hidden, file)).to.deep.equal([]);
    }
  });

  it('are refused without a word of what they are', async () => {
    const value = canary();
    const secret = { salt: canary().toString('base64url'), value: value.toString('hex') };
    const commitment = randomBytes(32).toString('base64url').slice(0, 42) + 'A';
    const input = { openings: [{ subject: UCR, field: 'driver', commitment, ...secret }] };
    const query =
      'mutation ($input: KeepOpeningsInput!) { keepOpenings(input: $input) { receipt { block } } }';
    const { errors } = await ask(carrier, query, { input: { requestId: 'wrong', ...input } });
    expect(errors[0].extensions.code).to.equal('OPENING_WRONG');
    expect(tracesOf(value, Buffer.from(JSON.stringify(errors)))).to.deep.equal([]);
    for (const hidden of canaries) {
      for (const file of gatewayFiles(dir)) expect(tracesOf(hidden, file)).to.deep.equal([]);
    }
  });
});

/** Every file under a folder that holds blocks. */
function blockFiles(dir: string): readonly Buffer[] {
  return filesUnder(join(dir, 'network'), (path) => path.includes('blockfile_'));
}

/** Index, operational database and keystore of every gateway. */
function gatewayFiles(dir: string): readonly Buffer[] {
  return filesUnder(join(dir, 'gateways'), () => true);
}

function filesUnder(folder: string, wanted: (path: string) => boolean): readonly Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(wanted)
    .map((path) => readFileSync(path));
}
