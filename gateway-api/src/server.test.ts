import { expect } from 'chai';

import { at, listAt, membersAt, nodesOf, textAt } from './testing/read.js';
import {
  act,
  codeOf,
  fine,
  openShipment,
  prepared,
  record,
  recordStatements,
  registerParty,
  send,
} from './testing/story.js';
import { TestDevice } from './testing/test-device.js';
import { TestGateway, UCR, admin, carrier, importer } from './testing/test-gateway.js';
import { editIndex } from './testing/test-index.js';

const oneSource =
  "height and header hash against a second organisation's peer: one peer alone can withhold blocks";

describe('the gateway over GraphQL', () => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await (await TestGateway.open()).start();
  });
  afterEach(() => gateway.remove());

  it('tells a shipment from its opening to its handover, each node with its verification', async () => {
    const device = await prepared(gateway);
    await record(gateway, [device.statement(UCR), device.statement(UCR)]);
    const offered = await act(
      gateway,
      carrier,
      'offerHandover',
      { ucr: UCR, to: 'KRIMP01', place: 'KRPUS' },
      'handover { number status } custody { custodian open { number } }',
    );
    expect(offered).to.deep.equal({
      handover: { number: 1, status: 'offered' },
      custody: { custodian: 'CARRIER', open: { number: 1 } },
    });
    await act(gateway, importer, 'acceptHandover', { ucr: UCR, handover: 1 });

    const { trace } = fine(
      await gateway.ask(`{ trace(ucr: "${UCR}") {
        custody { custodian } where { unlocode } seenBy { nodes { kid kind } } totalCount
        edges { node {
          __typename place { unlocode } verification { checks notChecked embedded transactionId asOfBlock block }
          ... on ShipmentOpened { custodian act { party role keyHeldBy } }
          ... on Observation { seq bizStep eventTime device { kid } payload jws }
          ... on HandoverStep { step act { party } handover { status } }
        } }
      } }`),
    );
    const { custody, where, seenBy } = membersAt({ trace }, 'trace');
    expect(custody).to.deep.equal({ custodian: 'KRIMP01' });
    expect(where).to.deep.equal({ unlocode: 'KRPUS' });
    expect(at(seenBy, 'nodes')).to.deep.equal([{ kid: device.kid, kind: 'xray_scanner' }]);
    const nodes = nodesOf(trace);
    expect(nodes.map((node) => at(node, '__typename'))).to.deep.equal([
      'ShipmentOpened',
      'Observation',
      'Observation',
      'HandoverStep',
      'HandoverStep',
    ]);
    const [opened, observed, , offer, acceptance] = nodes;
    expect(at(opened, 'act')).to.deep.equal({ party: 'KRIMP01', role: 'importer', keyHeldBy: 'gateway' });
    expect(observed).to.deep.include({
      seq: 1,
      bizStep: 'inspecting',
      eventTime: '2026-03-01T08:00:00.000Z',
    });
    expect(at(observed, 'verification')).to.deep.include({
      checks: ['fake check', 'device signature of the statement'],
      notChecked: [oneSource, 'everything else'],
      embedded: true,
    });
    expect(at(offer, 'step')).to.equal('offered');
    expect(at(acceptance, 'step')).to.equal('accepted');
    const newest = gateway.ledger.chain.length - 1;
    expect(at(acceptance, 'verification')).to.include({ asOfBlock: newest, block: newest });
  });

  it('pages through a trace with cursors that hold', async () => {
    const device = await prepared(gateway);
    await record(
      gateway,
      Array.from({ length: 7 }, () => device.statement(UCR)),
    );
    const page = `query ($after: String) { trace(ucr: "${UCR}", first: 3, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id } } } }`;
    const ids: string[] = [];
    let after: unknown;
    do {
      const { trace } = fine(await gateway.ask(page, importer, { after }));
      expect(at(trace, 'totalCount')).to.equal(8);
      ids.push(...nodesOf(trace).map((node) => textAt(node, 'id')));
      after = at(trace, 'pageInfo.hasNextPage') === true ? at(trace, 'pageInfo.endCursor') : undefined;
    } while (after !== undefined);
    expect(new Set(ids).size).to.equal(8);
    const bad = await gateway.ask(page, importer, { after: 'nonsense' });
    expect(codeOf(bad)).to.equal('CURSOR_INVALID');
  });

  it('answers the same when a request is sent twice, and writes once', async () => {
    await prepared(gateway);
    const height = gateway.ledger.chain.length;
    const again = fine(await openShipment(gateway));
    expect(at(again, 'openShipment.receipt')).to.include({ duplicate: true, block: height - 1 });
    expect(gateway.ledger.chain.length).to.equal(height);
  });

  it('carries out one of a hundred equal requests at once and answers all alike', async () => {
    await registerParty(gateway, 'KRIMP01', 'importer');
    await registerParty(gateway, 'CARRIER', 'carrier');
    const answers = await Promise.all(Array.from({ length: 100 }, () => openShipment(gateway)));
    const blocks = new Set(answers.map((a) => at(fine(a), 'openShipment.receipt.block')));
    expect(blocks.size).to.equal(1);
    const valid = gateway.ledger.chain
      .flatMap((b) => b.transactions)
      .filter((t) => t.command === 'OpenShipment' && t.code === 0);
    expect(valid).to.have.length(1);
  });

  it('refuses the same request id with another input', async () => {
    await prepared(gateway);
    const other = await openShipment(gateway, { ucr: '6KRKRIMP01-0002', requestId: `open-${UCR}` });
    expect(codeOf(other)).to.equal('IDEMPOTENCY_CONFLICT');
  });

  it('hands on the rule that refuses, with what to do and who endorsed', async () => {
    await prepared(gateway);
    const offer = { ucr: UCR, to: 'KRIMP01', place: 'KRPUS' };
    const answer = await send(gateway, importer, 'offerHandover', offer);
    expect(answer.errors?.[0]?.extensions).to.include({ code: 'NOT_CUSTODIAN', retryable: false });
    expect(answer.errors?.[0]?.extensions['next']).to.be.a('string');
  });

  it('refuses bad statements one by one and takes the good ones', async () => {
    const device = await prepared(gateway);
    const good = device.statement(UCR);
    const [header = '', , signature = ''] = device.statement(UCR).split('.');
    const payload = Buffer.from('{"type":"ObjectEvent"}').toString('base64url');
    const tampered = `${header}.${payload}.${signature}`;
    const stranger = new TestDevice().statement(UCR);
    const elsewhere = new TestDevice('cd'.repeat(32)).statement(UCR);
    const taken = await recordStatements(gateway, [good, tampered, stranger, 'no statement', elsewhere]);
    expect(listAt(taken, 'accepted').map((one) => at(one, 'index'))).to.deep.equal([0]);
    const refused = listAt(taken, 'refused');
    expect(new Map(refused.map((one) => [at(one, 'index'), at(one, 'code')]))).to.deep.equal(
      new Map([
        [1, 'SIGNATURE_INVALID'],
        [2, 'KEY_UNKNOWN'],
        [3, 'INVALID_STATEMENT'],
        [4, 'WRONG_LEDGER'],
      ]),
    );
    for (const one of refused) expect(textAt(one, 'next')).not.to.equal('');
  });

  it('finds a device that another gateway has just registered before it calls its key unknown', async () => {
    const device = await prepared(gateway);
    const statement = device.statement(UCR);
    let asked = 0;
    const evaluate = gateway.ledger.evaluate.bind(gateway.ledger);
    gateway.ledger.evaluate = (transaction, json, identity) => {
      asked++;
      return evaluate(transaction, json, identity);
    };
    await gateway.gateway.follower.stop();
    await editIndex(gateway.folder, `DELETE FROM state WHERE substr(key, 1, 7) = CAST('device/' AS BLOB)`);
    const { accepted } = await recordStatements(gateway, [statement]);
    expect(asked).to.equal(1);
    expect(accepted).to.have.length(1);
  });

  it('asks for a token', async () => {
    const answer = await gateway.askAsNobody('{ ledgerStatus { height } }');
    expect(answer.status).to.equal(401);
    expect(codeOf(answer)).to.equal('UNAUTHENTICATED');
  });

  it('lets a caller of another organisation ask but not act', async () => {
    const stranger = { ...importer, org: 'port' };
    expect((await gateway.ask('{ ledgerStatus { height } }', stranger)).errors).to.equal(undefined);
    const answer = await send(gateway, stranger, 'acceptHandover', { ucr: UCR, handover: 1 });
    expect(codeOf(answer)).to.equal('FORBIDDEN');
  });

  it('registers parties for an administrator only', async () => {
    const input = { partyId: 'P', name: 'P', roles: ['carrier'] };
    const fields = 'party { id mspId roles } receipt { duplicate }';
    expect(codeOf(await send(gateway, importer, 'registerParty', input))).to.equal('FORBIDDEN');
    const made = await act(gateway, admin, 'registerParty', input, fields);
    expect(made).to.deep.equal({
      party: { id: 'P', mspId: 'BusinessMSP', roles: ['carrier'] },
      receipt: { duplicate: false },
    });
  });

  it('checks scalars before anything is asked', async () => {
    for (const query of [
      '{ shipment(ucr: "nonsense") { ucr } }',
      '{ device(kid: "short") { kid } }',
      '{ statement(id: "x") { state } }',
    ]) {
      expect(codeOf(await gateway.ask(query)), query).to.equal('BAD_ARGUMENT');
    }
  });

  it('knows nothing of what no block holds', async () => {
    const { shipment, trace, device, party, statement } = fine(
      await gateway.ask(
        `{ shipment(ucr: "${UCR}") { ucr } trace(ucr: "${UCR}") { totalCount } party(id: "NOBODY") { name }
           device(kid: "${'A'.repeat(43)}") { kid } statement(id: "ni:///sha-256;${'A'.repeat(43)}") { state } }`,
      ),
    );
    expect([shipment, trace, device, party, statement]).to.deep.equal([null, null, null, null, null]);
  });

  it('masks a fault of its own', async () => {
    gateway.ledger.faults = { endorse: () => new TypeError('secret detail') };
    const answer = await openShipment(gateway);
    expect(codeOf(answer)).to.equal('INTERNAL');
    expect(JSON.stringify(answer)).not.to.contain('secret detail');
  });

  it('says which block fails which check, and keeps answering from what it had verified', async () => {
    await registerParty(gateway, 'KRIMP01', 'importer');
    const height = gateway.ledger.chain.length;
    gateway.verifier.refuse = height;
    gateway.ledger.commit({
      transactionId: 'ff',
      command: 'RegisterParty',
      argument: '{}',
      caller: { mspId: 'BusinessMSP', admin: true },
      timestamp: '2026-01-01T00:00:00.000Z',
      reads: [],
      writes: [],
    });
    const status = async () =>
      fine(
        await gateway.ask(
          '{ ledgerStatus { height indexedBlock refusedBlock { block check } } party(id: "KRIMP01") { id } }',
        ),
      );
    let answer = await status();
    while (at(answer, 'ledgerStatus.refusedBlock') === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      answer = await status();
    }
    expect(at(answer, 'ledgerStatus.refusedBlock')).to.deep.equal({ block: height, check: 'orderer-quorum' });
    expect(at(answer, 'ledgerStatus.indexedBlock')).to.equal(height - 1);
    expect(answer['party']).to.deep.equal({ id: 'KRIMP01' });
    expect(await gateway.gateway.services.status.health()).to.deep.include({ ready: false });
  });
});
