import {
  checkShipmentStatement,
  checkTreeHead,
  eventLeaf,
  verifyConsistency,
  verifyInclusion,
} from '@passage/evidence';
import type { ShipmentStatement, SignedShipmentStatement, SignedTreeHead } from '@passage/evidence';
import { fromHex } from '@passage/ledger';
import { expect } from 'chai';

import { codeOf, fine, openShipment, prepared, record } from '../testing/story.js';
import { EvidenceStage } from '../testing/evidence-stage.js';
import { FakeLedger } from '../testing/fake-ledger.js';
import { at, listAt, textAt } from '../testing/read.js';
import type { Caller } from '../auth/caller.js';
import type { TestDevice } from '../testing/test-device.js';
import { TestGateway, UCR, auditor, importer } from '../testing/test-gateway.js';
import { dropIndex, editIndex } from '../testing/test-index.js';

const SIGNATURES = 'signatures { mspId certificate signature }';
const HEAD = `format network genesisHash height size root ${SIGNATURES}`;
const STATEMENT = `format network genesisHash height ucr events root state devices ${SIGNATURES}`;

describe('evidence from gateways', function () {
  this.timeout(60_000);
  let stage: EvidenceStage;
  let ledger: FakeLedger;
  let business: TestGateway;
  let port: TestGateway;
  let device: TestDevice;

  before(() => (stage = new EvidenceStage()));
  beforeEach(async () => {
    ledger = new FakeLedger();
    business = await openGateway('business');
    port = await openGateway('port');
    device = await prepared(business);
    await record(business, [device.statement(UCR), device.statement(UCR)]);
    await caughtUp();
  });
  afterEach(async () => {
    await business.remove();
    await port.remove();
  });

  async function openGateway(org: 'business' | 'port'): Promise<TestGateway> {
    const peer = org === 'business' ? stage.peer('port', () => port) : stage.peer('business', () => business);
    const evidence = stage.ports(org, [peer]);
    return (await TestGateway.open({ ledger, org, evidence })).start();
  }
  const newest = (): number => ledger.chain.length - 1;
  const caughtUp = () => port.gateway.services.blocks.until(newest());
  const ask = async (query: string, caller: Caller = importer): Promise<unknown> =>
    fine(await business.ask(`{ ${query} }`, caller));
  const head = async (args = ''): Promise<SignedTreeHead> => {
    const { signatures, ...rest } = at(await ask(`treeHead${args} { ${HEAD} }`), 'treeHead') as never as Flat;
    return { head: rest, signatures } as never;
  };
  const alerts = async (gateway: TestGateway): Promise<readonly unknown[]> =>
    listAt(
      fine(await gateway.ask('{ ledgerAlerts { nodes { kind organization block ours theirs } } }', auditor)),
      'ledgerAlerts.nodes',
    );
  const edit = (gateway: TestGateway, sql: string): Promise<void> => editIndex(gateway.folder, sql);
  const exchange = async (gateway: TestGateway): Promise<void> => gateway.gateway.exchange.check();

  it('gives heads that the organisation has signed, the same at every gateway and at every height', async () => {
    const signed = await head();
    expect(signed.head).to.include({
      height: newest() + 1,
      format: 'passage-tree-head-1',
      network: 'embedded',
    });
    expect(checkTreeHead(signed, stage.msps)[0]).to.include({ holds: true, mspId: 'BusinessMSP' });
    for (let height = 1; height <= newest() + 1; height++) {
      const ours = (await business.gateway.services.heads.at(height)).root;
      expect((await port.gateway.services.heads.at(height)).root).to.equal(ours);
    }
    const answer = await business.ask(`{ treeHead(height: ${String(newest() + 2)}) { root } }`);
    expect(codeOf(answer)).to.equal('BLOCK_NOT_INDEXED');
  });

  it('proves of every statement and command that it is on the ledger, and that the tree only grows', async () => {
    const { head: last } = await head();
    const events = ledger.chain.flatMap(({ transactions }) =>
      transactions.flatMap(({ transactionId, command }) =>
        command === 'RecordStatements' ? [] : `${transactionId}/0`,
      ),
    );
    expect(last.size).to.equal(events.length + 2);
    for (const eventId of events) {
      const proof = at(
        await ask(`inclusionProof(eventId: "${eventId}") { leaf proof treeHead { size root } }`),
        'inclusionProof',
      ) as { leaf: number; proof: string[]; treeHead: { size: number; root: string } };
      const { size, root } = proof.treeHead;
      const claim = { leaf: eventLeaf(eventId), index: proof.leaf, size, proof: proof.proof.map(fromHex) };
      expect(verifyInclusion({ ...claim, root: fromHex(root) })).to.equal(true);
    }
    const { head: earlier } = await head('(height: 4)');
    const proof = listAt(
      await ask(`consistencyProof(first: ${String(earlier.size)}, second: ${String(last.size)}) { proof }`),
      'consistencyProof.proof',
    ).map((hash) => fromHex(String(hash)));
    const claim = {
      from: earlier.size,
      to: last.size,
      fromRoot: fromHex(earlier.root),
      toRoot: fromHex(last.root),
    };
    expect(verifyConsistency({ ...claim, proof })).to.equal(true);
    expect(codeOf(await business.ask('{ consistencyProof(first: 0, second: 1) { proof } }'))).to.equal(
      'BAD_ARGUMENT',
    );
  });

  it('proves nothing of a statement to a caller who does not see it, nor of one that is not there', async () => {
    const [id] = ledger.chain.flatMap(({ transactions }) =>
      transactions.flatMap(({ writes }) => writes.filter(([key]) => key.startsWith('statement/'))),
    );
    const record = JSON.parse(id?.[1] ?? '{}') as { id: string };
    const query = `{ inclusionProof(eventId: "ni:///sha-256;${record.id}") { leaf } }`;
    expect(at(fine(await business.ask(query)), 'inclusionProof.leaf')).to.be.a('number');
    const stranger = { ...importer, party: 'NOBODY' };
    expect(fine(await business.ask(query, stranger))).to.deep.equal({ inclusionProof: null });
    expect(await ask('inclusionProof(eventId: "none") { leaf }')).to.deep.equal({ inclusionProof: null });
    expect(fine(await business.ask(`{ shipmentStatement(ucr: "${UCR}") { root } }`, stranger))).to.deep.equal(
      {
        shipmentStatement: null,
      },
    );
  });

  it('gives a shipment statement that a second organisation has signed, at any height', async () => {
    for (const height of [newest() + 1, newest()]) {
      const answer = at(
        await ask(
          `shipmentStatement(ucr: "${UCR}", height: ${String(height)}) { ${STATEMENT} notSigned { reason } }`,
        ),
        'shipmentStatement',
      );
      const { signatures, notSigned, ...statement } = answer as never as Flat & { notSigned: unknown };
      const signed = { statement, signatures } as never as SignedShipmentStatement;
      expect(notSigned).to.deep.equal([]);
      expect(checkShipmentStatement(signed, stage.msps)).to.deep.include({
        isProof: true,
        organisations: ['BusinessMSP', 'PortMSP'],
      });
      expect(signed.statement.events).to.equal(height === newest() + 1 ? 3 : 1);
    }
  });

  it('signs no statement that its own index does not have, and tells nothing else; the asker raises an alert', async () => {
    await edit(
      port,
      `DELETE FROM event_about WHERE ucr = '${UCR}' AND leaf = (SELECT max(leaf) FROM event_about)`,
    );
    const answer = await ask(
      `shipmentStatement(ucr: "${UCR}") { ${SIGNATURES} notSigned { organization reason } }`,
    );
    expect(listAt(answer, 'shipmentStatement.signatures')).to.have.length(1);
    expect(textAt(answer, 'shipmentStatement.notSigned.0.organization')).to.equal('port');
    expect((await alerts(business))[0]).to.include({
      kind: 'shipment_statements_differ',
      organization: 'port',
    });
    const statement = await business.gateway.services.statements.at(UCR, newest() + 1);
    expect(await port.gateway.evidenceDoor.statement(bytesOf(statement))).to.deep.equal({ equal: false });
  });

  it('finds heads of two gateways alike, and proves that each goes on from the one before', async () => {
    await exchange(business);
    await record(business, [device.statement(UCR)]);
    await caughtUp();
    await exchange(business);
    await exchange(port);
    expect(await alerts(business)).to.deep.equal([]);
    expect(await alerts(port)).to.deep.equal([]);
  });

  it('keeps both heads when another gateway signs other events', async () => {
    await edit(
      port,
      `UPDATE tree_node SET hash = CAST('00000000000000000000000000000000' AS BLOB) WHERE level = 0 AND number = 3`,
    );
    await edit(port, `DELETE FROM tree_node WHERE level > 0`);
    await edit(port, `UPDATE tree_node SET level = 0`);
    await edit(port, `DELETE FROM ledger_event WHERE leaf > 0`);
    await exchange(business);
    const [alert] = await alerts(business);
    expect(alert).to.include({ kind: 'tree_heads_differ', organization: 'port', block: newest() });
    const signed = (name: string): SignedTreeHead =>
      JSON.parse(Buffer.from(textAt(alert, name), 'base64').toString()) as SignedTreeHead;
    expect(checkTreeHead(signed('ours'), stage.msps)[0]).to.include({ holds: true, mspId: 'BusinessMSP' });
    expect(checkTreeHead(signed('theirs'), stage.msps)[0]).to.include({ holds: true, mspId: 'PortMSP' });
  });

  it('notices an index of yesterday by the head that it signed since, and an index that lost events', async () => {
    await exchange(business);
    const { folder } = business;
    await edit(business, 'DELETE FROM ledger_event WHERE leaf = (SELECT max(leaf) FROM ledger_event)');
    await exchange(business);
    expect((await alerts(business))[0]).to.include({ kind: 'tree_heads_differ', organization: 'business' });

    await business.stop();
    await dropIndex(folder);
    const evidence = stage.ports('business');
    business = await TestGateway.open({ ledger, folder, evidence });
    await exchange(business);
    await business.start();
    expect((await alerts(business))[0]).to.include({ kind: 'index_rolled_back', organization: 'business' });
  });

  it('answers so many requests for evidence and no more', async () => {
    const query = new URLSearchParams({ height: '1' });
    const asked = Promise.allSettled(Array.from({ length: 60 }, () => port.gateway.evidenceDoor.head(query)));
    const refused = (await asked).filter(({ status }) => status === 'rejected');
    expect(refused.length).to.be.greaterThan(10);
    expect(at(refused[0], 'reason.code')).to.equal('OVERLOADED');
  });

  it('takes a statement in one reading, and nothing else', async () => {
    const text = JSON.stringify(await business.gateway.services.statements.at(UCR, newest() + 1));
    const twice = text.replace('{', '{"height":1,');
    for (const body of [twice, text.replace('"events":', '"event":'), text.slice(1), '[]', '']) {
      const refusal: unknown = await port.gateway.evidenceDoor
        .statement(Buffer.from(body))
        .catch((error: unknown) => error);
      expect(at(refusal, 'code'), body).to.equal('BAD_ARGUMENT');
    }
  });

  it('opens another consignment to nobody by comparing', async () => {
    await openShipment(business, { ucr: '6KRKRIMP01-0002' });
    await caughtUp();
    const statement = await business.gateway.services.statements.at('6KRKRIMP01-0002', newest() + 1);
    const guess = { ...statement, events: statement.events + 1 };
    expect(await port.gateway.evidenceDoor.statement(bytesOf(guess))).to.deep.equal({ equal: false });
  });
});

function bytesOf(statement: ShipmentStatement): Uint8Array {
  return Buffer.from(JSON.stringify(statement));
}

interface Flat {
  readonly signatures: unknown;
}
