/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return -- a test reads the members it has just asked for */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'chai';

import { openLocalIssuer } from './auth/local-issuer.js';
import type { LocalIssuer } from './auth/local-issuer.js';
import { indexDigest } from './index/index-digest.js';
import { EmbeddedNetwork } from './testing/embedded-network.js';
import type { GatewayOrganization } from './testing/embedded-network.js';
import { TestDevice } from './testing/test-device.js';

const BASE_PORT = 17_400;
const UCR = '6KRTRADER1-0001';
const importer = { org: 'business', party: 'TRADER1', role: 'importer', admin: false };
const carrier = { org: 'business', party: 'CARRIER1', role: 'carrier', admin: false };
const terminal = { org: 'port', party: 'TERMINAL1', role: 'terminal_operator', admin: false };
type Who = { org: string; party?: string; role?: string; admin: boolean };
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it has just asked for
type Data = any;

describe('gateways on the embedded network', function () {
  this.timeout(180_000);
  let dir: string;
  let network: EmbeddedNetwork;
  let issuer: LocalIssuer;
  let device: TestDevice;
  const urls = new Map<string, string>();

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'passage-network-'));
    network = new EmbeddedNetwork(dir, BASE_PORT);
    issuer = await openLocalIssuer(dir);
    await network.startNetwork();
    await network.startChaincode();
    for (const org of ['customs', 'port', 'business'] as const)
      urls.set(org, await network.startGateway(org));
    device = new TestDevice(network.genesisHash);
  });
  after(async () => {
    await network.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const post = async (
    who: Who,
    query: string,
    variables: object = {},
    org = who.org,
  ): Promise<{ data?: Data; errors?: Data }> => {
    const token = await issuer.token(who, 600);
    const response = await fetch(urls.get(org) ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as { data?: Data; errors?: Data };
  };
  const ask = async (who: Who, query: string, variables: object = {}, org = who.org): Promise<Data> => {
    const { data, errors } = await post(who, query, variables, org);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const act = async (who: Who, name: string, type: string, input: object, fields: string): Promise<Data> => {
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
    return (await ask(who, query, { input: { requestId: randomUUID(), ...input } }))[name];
  };
  /** Asks until the answer satisfies, because each gateway reads blocks in its own time. */
  const eventually = async (look: () => Promise<Data>, is: (data: Data) => boolean): Promise<Data> => {
    for (;;) {
      const data = await look();
      if (is(data)) return data;
      await sleep(20);
    }
  };
  const recorded = (org: GatewayOrganization, id: string): Promise<Data> =>
    eventually(
      async () =>
        (
          await ask(
            importer,
            'query ($id: StatementId!) { statement(id: $id) { state code verification { block } } }',
            { id },
            org,
          )
        ).statement,
      (statement) => statement !== null && statement.state !== 'PENDING',
    );

  it('registers parties, each with a key and certificate of its own', async () => {
    for (const { org, party, role } of [importer, carrier, terminal]) {
      const { party: made, receipt } = await act(
        { org, admin: true },
        'registerParty',
        'RegisterPartyInput',
        { partyId: party, name: party, roles: [role] },
        'party { id mspId verification { checks } } receipt { block duplicate }',
      );
      expect(made.id).to.equal(party);
      expect(receipt.duplicate).to.equal(false);
      expect(made.verification.checks).to.include.members([
        'data-hash',
        'chain-link',
        'orderer-quorum',
        'creator-signature',
        'endorsement-policy',
        'versions',
      ]);
    }
    const proof = device.proof({ owner: carrier.party, kind: 'gps_eseal' });
    const { device: registered } = await act(
      carrier,
      'registerDevice',
      'RegisterDeviceInput',
      { kind: 'gps_eseal', proof },
      'device { kid act { party role keyHeldBy mspId } }',
    );
    expect(registered).to.deep.equal({
      kid: device.kid,
      act: { party: 'CARRIER1', role: 'carrier', keyHeldBy: 'gateway', mspId: 'BusinessMSP' },
    });
    const entry = join(dir, 'gateways/business/keystore/CARRIER1.carrier');
    expect(readFileSync(join(entry, 'cert.pem'), 'utf8')).to.contain('BEGIN CERTIFICATE');
    expect(statSync(join(entry, 'key.pem')).mode & 0o777).to.equal(0o600);
    expect(existsSync(join(dir, 'gateways/port/keystore/CARRIER1.carrier'))).to.equal(false);
  });

  it('carries a shipment from opening to handover, and every gateway tells the same story', async () => {
    await act(
      importer,
      'openShipment',
      'OpenShipmentInput',
      {
        ucr: UCR,
        goods: [{ hs: '850760', hsEdition: '2022' }],
        origin: 'CN',
        departure: 'CN',
        transportMode: '1',
        parties: { importer: importer.party },
        custodian: carrier.party,
      },
      'receipt { block }',
    );
    const statements = Array.from({ length: 120 }, () => device.statement(UCR));
    const { accepted, refused } = await act(
      carrier,
      'recordStatements',
      'RecordStatementsInput',
      { statements },
      'accepted { id } refused { code }',
    );
    expect(refused).to.deep.equal([]);
    for (const { id } of accepted) expect(await recorded('business', id)).to.include({ state: 'RECORDED' });

    const place = 'KRPUS';
    const offered = await act(
      carrier,
      'offerHandover',
      'OfferHandoverInput',
      { ucr: UCR, to: terminal.party, place },
      'handover { number }',
    );
    await act(
      terminal,
      'acceptHandover',
      'AcceptHandoverInput',
      { ucr: UCR, handover: offered.handover.number },
      'receipt { block }',
    );

    const story = `{ trace(ucr: "${UCR}", first: 100) {
      totalCount custody { custodian } where { unlocode } seenBy { kid }
      pageInfo { endCursor } edges { cursor node { id recordedAt verification { block position transactionId } } }
    } }`;
    const stories = await Promise.all(
      (['customs', 'port', 'business'] as const).map((org) =>
        eventually(
          async () => (await ask(importer, story, {}, org)).trace,
          (trace) => trace?.custody.custodian === terminal.party,
        ),
      ),
    );
    expect(stories[0].totalCount).to.equal(123);
    expect(stories[0].where).to.deep.equal({ unlocode: 'KRPUS' });
    expect(stories[1]).to.deep.equal(stories[0]);
    expect(stories[2]).to.deep.equal(stories[0]);
  });

  it('refuses as the rules say, with every endorser that answered', async () => {
    const { errors } = await post(
      carrier,
      `mutation { offerHandover(input: { requestId: "${randomUUID()}", ucr: "${UCR}", to: "TRADER1", place: "KRPUS" }) { receipt { block } } }`,
    );
    expect(errors[0].extensions).to.include({ code: 'NOT_CUSTODIAN', retryable: false });
    expect(errors[0].extensions.endorsers[0]).to.include.keys('mspId', 'address', 'message');
  });

  it('carries out a request once that comes through one gateway many times at once', async () => {
    const input = { requestId: randomUUID(), ucr: UCR, to: importer.party, place: 'KRPUS' };
    const query =
      'mutation ($input: OfferHandoverInput!) { offerHandover(input: $input) { handover { number } receipt { transactionId block } } }';
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(terminal, query, { input })));
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).to.equal(1);
  });

  it('records a statement once that comes through two gateways at once', async () => {
    const raced = Array.from({ length: 20 }, () => device.statement(UCR));
    const send = (who: Who) =>
      act(
        who,
        'recordStatements',
        'RecordStatementsInput',
        { statements: raced },
        'accepted { id } refused { code }',
      );
    const [one, two] = await Promise.all([send(carrier), send(terminal)]);
    expect(one.accepted).to.deep.equal(two.accepted);
    for (const { id } of one.accepted) {
      const [a, b] = await Promise.all([recorded('business', id), recorded('port', id)]);
      expect(a).to.deep.equal(b);
      expect(a.state).to.equal('RECORDED');
    }
  });

  it('loses nothing acknowledged when the gateway is killed with a full outbox', async () => {
    const statements = Array.from({ length: 300 }, () => device.statement(UCR));
    const taken = await act(
      carrier,
      'recordStatements',
      'RecordStatementsInput',
      { statements },
      'accepted { id }',
    );
    await network.end('gateway-business', 'SIGKILL');
    urls.set('business', await network.startGateway('business'));
    for (const { id } of taken.accepted)
      expect(await recorded('business', id)).to.include({ state: 'RECORDED' });
  });

  it('goes on when the network was killed and came back', async () => {
    await network.end('network', 'SIGKILL');
    const taken = await act(
      carrier,
      'recordStatements',
      'RecordStatementsInput',
      { statements: [device.statement(UCR)] },
      'accepted { id }',
    );
    const health = urls.get('business')?.replace('/graphql', '/health') ?? '';
    await eventually(
      async () => await (await fetch(health)).json(),
      (h) => h.ready === false,
    );
    await network.startNetwork();
    for (const { id } of taken.accepted)
      expect(await recorded('business', id)).to.include({ state: 'RECORDED' });
    await eventually(
      async () => await (await fetch(health)).json(),
      (h) => h.ready === true,
    );
  });

  it('rebuilds the same rows from the ledger', async () => {
    const path = join(dir, 'gateways/business/index.sqlite');
    expect(await network.end('gateway-business')).to.equal(0);
    const before = indexDigest(path);
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    urls.set('business', await network.startGateway('business'));
    await network.end('gateway-business');
    const after = indexDigest(path);
    expect(after.blocks).to.equal(before.blocks);
    expect(after).to.deep.equal(before);
    urls.set('business', await network.startGateway('business'));
  });

  it('refuses a second gateway on the same folder in one sentence', async () => {
    const second = await network
      .startSecondGateway('port', BASE_PORT + 90)
      .catch((error: unknown) => String(error));
    expect(second).to.match(/FOLDER_IN_USE: .*gateways\/port/);
  });
});
