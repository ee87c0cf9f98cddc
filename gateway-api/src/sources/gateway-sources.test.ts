import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { FakeSource, fakeSources } from '../testing/fake-source.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import { at, listAt, textAt } from '../testing/read.js';
import { fine, prepared } from '../testing/story.js';
import { TestGateway, UCR, admin, auditor, importer } from '../testing/test-gateway.js';

const customs: Caller = { subject: 't', org: 'customs', admin: false };

describe('a gateway that is held against other sources', () => {
  let gateway: TestGateway;
  let port: FakeSource;
  const newest = (): number => gateway.ledger.chain.length - 1;
  const sources = (withholding = 0) => fakeSources(new FakeSource('business', newest), [port], withholding);

  beforeEach(async () => {
    port = new FakeSource('port', newest);
    gateway = await (await TestGateway.open({ sources: sources() })).start();
    await prepared(gateway);
  });
  afterEach(() => gateway.remove());

  const look = async (): Promise<void> => gateway.gateway.watch?.check();
  const verification = async (): Promise<unknown> =>
    at(
      fine(
        await gateway.ask(`{ shipment(ucr: "${UCR}") { verification { block agreeing notChecked
          sources { organization own height agreesUpTo differsAt } } } }`),
      ),
      'shipment.verification',
    );
  const ledger = async (): Promise<unknown> =>
    at(
      fine(
        await gateway.ask(
          '{ ledgerStatus { halted agreeing withheld indexedBlock sources { organization trouble } } }',
        ),
      ),
      'ledgerStatus',
    );
  const alerts = async (caller: Caller): Promise<readonly unknown[]> =>
    listAt(
      fine(await gateway.ask('{ ledgerAlerts { nodes { kind block organization ours theirs } } }', caller)),
      'ledgerAlerts.nodes',
    );

  it('says of every node how many sources agree, and calls it unchecked until another does', async () => {
    const before = await verification();
    expect(at(before, 'agreeing')).to.equal(0);
    expect(textAt(before, 'notChecked.0')).to.contain("a second organisation's peer");
    await look();
    const after = await verification();
    expect(at(after, 'agreeing')).to.equal(2);
    expect(JSON.stringify(at(after, 'notChecked'))).not.to.contain('second organisation');
    const height = newest() + 1;
    expect(at(after, 'sources')).to.deep.equal([
      { organization: 'business', own: true, height, agreesUpTo: newest(), differsAt: null },
      { organization: 'port', own: false, height, agreesUpTo: newest(), differsAt: null },
    ]);
    const { text } = await gateway.gateway.metrics.page();
    expect(text).to.contain('passage_sources_agreeing 2\n');
    expect(text).to.contain(`passage_source_height_blocks{organization="port"} ${String(height)}\n`);
  });

  it('counts no source for a block that it has not shown yet', async () => {
    port.newest = () => newest() - 1;
    await look();
    const found = await verification();
    expect(at(found, 'block')).to.equal(newest());
    expect(at(found, 'agreeing')).to.equal(1);
    expect(textAt(found, 'notChecked.0')).to.contain("a second organisation's peer");
  });

  it('stops indexing at a fork, answers on from what it had verified, and still stops after a restart', async () => {
    port.forkedAt = newest();
    await look();
    expect(textAt(await ledger(), 'halted')).to.contain(`forked at block ${String(newest())}`);
    const known = newest();
    gateway.ledger.commit(transactionOf(gateway.ledger));
    expect(at(await ledger(), 'indexedBlock')).to.equal(known);
    expect(at(await verification(), 'block')).to.equal(known);
    const health = await gateway.gateway.services.status.health();
    expect(health.ready).to.equal(false);
    expect(health.reasons.join()).to.contain('forked');

    const { ledger: chain, folder } = gateway;
    await gateway.stop();
    gateway = await (await TestGateway.open({ ledger: chain, folder, sources: sources() })).start();
    expect(at(await ledger(), 'indexedBlock')).to.equal(known);
    await gateway.stop();
    const settings = { sources: { settledFork: 1 } };
    gateway = await (await TestGateway.open({ ledger: chain, folder, settings, sources: sources() })).start();
    expect(at(await ledger(), 'indexedBlock')).to.equal(known + 1);
  });

  it('keeps both headers for customs, auditors and its own administrator, and shows nobody else', async () => {
    port.forkedAt = newest();
    port.signed = false;
    await look();
    await look();
    expect(at(await ledger(), 'halted')).to.equal(null);
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const block = newest();
    const kept = [
      {
        kind: 'other_header',
        block,
        organization: 'port',
        ours: base64(`business ${String(block)} signed`),
        theirs: base64(`port ${String(block)} unsigned`),
      },
    ];
    for (const caller of [customs, auditor, admin]) expect(await alerts(caller)).to.deep.equal(kept);
    for (const caller of [importer, { ...admin, org: 'port' }])
      expect(await alerts(caller)).to.deep.equal([]);
    expect((await gateway.gateway.services.status.health()).warnings.join()).to.contain('another block');
    expect((await gateway.gateway.metrics.page()).text).to.contain(
      'passage_ledger_alerts_total{kind="other_header"} 1\n',
    );
  });

  it('is not ready while its own peer withholds what another has', async () => {
    port.newest = () => newest() + 3;
    await look();
    await new Promise((done) => setTimeout(done, 5));
    await look();
    expect(at(await ledger(), 'withheld')).to.equal(3);
    expect((await gateway.gateway.services.status.health()).reasons.join()).to.contain('withholds 3 blocks');
    expect(at((await alerts(auditor))[0], 'kind')).to.equal('withholding');
  });

  it('raises an alert of a block that fails a check', async () => {
    gateway.verifier.refuse = newest() + 1;
    gateway.ledger.commit(transactionOf(gateway.ledger));
    while ((await alerts(auditor)).length === 0) await new Promise((done) => setTimeout(done, 2));
    expect((await alerts(auditor))[0]).to.include({ kind: 'block_refused', block: newest() });
    gateway.verifier.refuse = undefined;
  });
});

/** One more transaction for the ledger to hold. */
function transactionOf(ledger: FakeLedger) {
  const last = ledger.chain.at(-1)?.transactions[0];
  if (last === undefined) throw new Error('the ledger is empty');
  return { ...last, transactionId: `${last.transactionId.slice(0, -4)}beef`, code: 11 };
}
