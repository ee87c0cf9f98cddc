import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { verifyBundle } from '@passage/evidence';
import { expect } from 'chai';

import type { Caller } from './auth/caller.js';
import { indexDigest } from './index/index-digest.js';
import type { EmbeddedNetwork, GatewayOrganization } from './testing/embedded-network.js';
import { at, idsAt, textAt } from './testing/read.js';
import { RunningGateways } from './testing/running-gateways.js';
import { act, fine, record, recordStatements, send } from './testing/story.js';
import { TestDevice } from './testing/test-device.js';

const BASE_PORT = 17_400;
const UCR = '6KRTRADER1-0001';
const who = { subject: 't', admin: false };
const importer = { ...who, org: 'business', party: 'TRADER1', role: 'importer' } satisfies Caller;
const carrier = { ...who, org: 'business', party: 'CARRIER1', role: 'carrier' } satisfies Caller;
const terminal = { ...who, org: 'port', party: 'TERMINAL1', role: 'terminal_operator' } satisfies Caller;

describe('gateways on the embedded network', function () {
  this.timeout(180_000);
  let gateways: RunningGateways;
  let network: EmbeddedNetwork;
  let device: TestDevice;

  before(async () => {
    gateways = await RunningGateways.open(BASE_PORT, ['customs', 'port', 'business']);
    ({ network } = gateways);
    device = new TestDevice(network.genesisHash);
  });
  after(() => gateways.remove());

  /** Asks until the answer satisfies, because each gateway reads blocks in its own time. */
  const eventually = async <T>(look: () => Promise<T>, is: (found: T) => boolean): Promise<T> => {
    for (;;) {
      const found = await look();
      if (is(found)) return found;
      await sleep(20);
    }
  };
  /** What a gateway says of a statement once it knows its fate. */
  const fate = async (org: GatewayOrganization, id: string): Promise<unknown> => {
    const query = `{ statement(id: "${id}") { state code verification { block } } }`;
    return eventually(
      async () => at(fine(await gateways.ask(query, importer, {}, org)), 'statement'),
      (statement) => statement !== null && at(statement, 'state') !== 'PENDING',
    );
  };
  const take = async (statements: readonly string[], caller = carrier): Promise<readonly string[]> =>
    idsAt(await recordStatements(gateways, statements, caller), 'accepted');
  const ready = (is: boolean): Promise<unknown> =>
    eventually(
      () => gateways.health('business'),
      ({ body }) => at(body, 'ready') === is,
    );

  it('registers parties, each with a key and certificate of its own', async () => {
    for (const { org, party, role } of [importer, carrier, terminal]) {
      const { party: made, receipt } = await act(
        gateways,
        { subject: 't', org, admin: true },
        'registerParty',
        { partyId: party, name: party, roles: [role] },
        'party { id mspId verification { checks } } receipt { block duplicate }',
      );
      expect(at(made, 'id')).to.equal(party);
      expect(at(receipt, 'duplicate')).to.equal(false);
      expect(at(made, 'verification.checks')).to.include.members([
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
      gateways,
      carrier,
      'registerDevice',
      { kind: 'gps_eseal', proof },
      'device { kid act { party role keyHeldBy mspId } }',
    );
    expect(registered).to.deep.equal({
      kid: device.kid,
      act: { party: 'CARRIER1', role: 'carrier', keyHeldBy: 'gateway', mspId: 'BusinessMSP' },
    });
    const entry = join(gateways.dir, 'gateways/business/keystore/CARRIER1.carrier');
    expect(readFileSync(join(entry, 'cert.pem'), 'utf8')).to.contain('BEGIN CERTIFICATE');
    expect(statSync(join(entry, 'key.pem')).mode & 0o777).to.equal(0o600);
    expect(existsSync(join(gateways.dir, 'gateways/port/keystore/CARRIER1.carrier'))).to.equal(false);
  });

  it('carries a shipment from opening to handover, and every gateway tells the same story', async () => {
    await act(
      gateways,
      importer,
      'openShipment',
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
    await record(gateways, statements, carrier);
    const metrics = await gateways.metrics(carrier.org);
    expect(metrics)
      .to.match(/^passage_batch_statements_sum 120$/m)
      .and.to.match(/^passage_outbox_statements 0$/m);
    expect(metrics)
      .to.match(/^passage_commit_seconds_count [1-9]/m)
      .and.to.match(/^passage_ready [01]$/m);

    const place = 'KRPUS';
    const offered = await act(
      gateways,
      carrier,
      'offerHandover',
      { ucr: UCR, to: terminal.party, place },
      'handover { number }',
    );
    const accepted = await act(
      gateways,
      terminal,
      'acceptHandover',
      { ucr: UCR, handover: at(offered, 'handover.number') },
      'receipt { block }',
    );

    const block = Number(at(accepted, 'receipt.block'));
    const story = `{ trace(ucr: "${UCR}", first: 100) {
      totalCount custody { custodian } where { unlocode } seenBy { nodes { kid } }
      pageInfo { endCursor } edges { cursor node { id recordedAt verification { block position transactionId } } }
    } }`;
    const stories = await Promise.all(
      ['customs', 'port', 'business'].map(async (org) =>
        at(fine(await gateways.ask(story, importer, {}, org, block)), 'trace'),
      ),
    );
    expect(at(stories, '0.totalCount')).to.equal(123);
    expect(at(stories, '0.custody.custodian')).to.equal(terminal.party);
    expect(at(stories, '0.where')).to.deep.equal({ unlocode: 'KRPUS' });
    expect(stories[1]).to.deep.equal(stories[0]);
    expect(stories[2]).to.deep.equal(stories[0]);
  });

  it('gives the evidence of a shipment in one file, which other organisations have signed', async () => {
    const query = `{ evidenceBundle(ucr: "${UCR}") { complete notSigned { organization reason } file } }`;
    const bundle = at(fine(await gateways.ask(query, importer)), 'evidenceBundle');
    expect(at(bundle, 'notSigned')).to.deep.equal([]);
    const { genesisHash } = network;
    const { lines, ...verdict } = verifyBundle(Buffer.from(textAt(bundle, 'file')), { genesisHash });
    expect(lines.filter(({ status }) => status === 'fails')).to.deep.equal([]);
    expect(verdict).to.deep.include({ verdict: 'verified', network: 'embedded', events: 123 });
    expect(verdict.completeness.proven).to.equal(true);
  });

  it('refuses as the rules say, with every endorser that answered', async () => {
    const offer = { ucr: UCR, to: importer.party, place: 'KRPUS' };
    const { errors } = await send(gateways, carrier, 'offerHandover', offer);
    const extensions = errors?.[0]?.extensions;
    expect(extensions).to.include({ code: 'NOT_CUSTODIAN', retryable: false });
    expect(at(extensions, 'endorsers.0')).to.include.keys('mspId', 'address', 'message');
  });

  it('carries out a request once that comes through one gateway many times at once', async () => {
    const input = { requestId: randomUUID(), ucr: UCR, to: importer.party, place: 'KRPUS' };
    const fields = 'handover { number } receipt { transactionId block }';
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => act(gateways, terminal, 'offerHandover', input, fields)),
    );
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).to.equal(1);
  });

  it('records a statement once that comes through two gateways at once', async () => {
    const raced = Array.from({ length: 20 }, () => device.statement(UCR));
    const [ids, again] = await Promise.all([take(raced), take(raced, terminal)]);
    expect(ids).to.deep.equal(again);
    for (const id of ids) {
      const [one, other] = await Promise.all([fate('business', id), fate('port', id)]);
      expect(one).to.deep.equal(other);
      expect(one).to.include({ state: 'RECORDED' });
    }
  });

  it('loses nothing acknowledged when the gateway is killed with a full outbox', async () => {
    const ids = await take(Array.from({ length: 300 }, () => device.statement(UCR)));
    await network.end('gateway-business', 'SIGKILL');
    await gateways.startGateway('business');
    for (const id of ids) expect(await fate('business', id)).to.include({ state: 'RECORDED' });
  });

  it('goes on when the network was killed and came back', async () => {
    await network.end('network', 'SIGKILL');
    const ids = await take([device.statement(UCR)]);
    await ready(false);
    await network.startNetwork();
    for (const id of ids) expect(await fate('business', id)).to.include({ state: 'RECORDED' });
    await ready(true);
  });

  it('rebuilds the same rows from the ledger', async () => {
    const path = join(gateways.dir, 'gateways/business/index.sqlite');
    expect(await network.end('gateway-business')).to.equal(0);
    const before = await indexDigest(path);
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
    await gateways.startGateway('business');
    await network.end('gateway-business');
    const after = await indexDigest(path);
    expect(after.blocks).to.equal(before.blocks);
    expect(after).to.deep.equal(before);
    await gateways.startGateway('business');
  });

  it('refuses a second gateway on the same folder in one sentence', async () => {
    const second = await network
      .startSecondGateway('port', BASE_PORT + 90)
      .catch((error: unknown) => String(error));
    expect(second).to.match(/FOLDER_IN_USE: .*gateways\/port/);
  });
});
