import { expect } from 'chai';

import type { LedgerAlert } from '../ledger-alerts/ledger-alert.js';
import { FakeSource, fakeSignatures } from '../testing/fake-source.js';
import { fakeHeaderHash } from '../testing/fake-verifier.js';
import type { Fork } from './source-state.js';
import { SourceWatch } from './source-watch.js';

/** A watch over an index that has verified blocks 0 to `indexed`. */
class Stage {
  indexed = 1000;
  clock = 0;
  readonly own = new FakeSource('business', () => this.indexed);
  readonly port = new FakeSource('port', () => this.indexed);
  readonly customs = new FakeSource('customs', () => this.indexed);
  readonly alerts: LedgerAlert[] = [];
  readonly forks: Fork[] = [];
  readonly watch = new SourceWatch({
    own: this.own,
    others: [this.port, this.customs],
    chain: {
      head: () => Promise.resolve({ number: this.indexed, headerHash: fakeHeaderHash(this.indexed) }),
      block: (number) => Promise.resolve({ number, header_hash: fakeHeaderHash(number) } as never),
    },
    signatures: (header) => Promise.resolve(fakeSignatures(header)),
    alerts: {
      raise: (alert) => {
        this.alerts.push(alert);
        return Promise.resolve();
      },
    },
    pace: { every: 1, withholding: 100 },
    now: () => this.clock,
  });

  constructor() {
    this.watch.onFork((fork) => this.forks.push(fork));
  }

  state(organization: string) {
    return this.watch.states.find((state) => state.organization === organization);
  }
}

describe('SourceWatch', () => {
  let stage: Stage;
  beforeEach(() => (stage = new Stage()));

  it('says of each source how far it is and up to where it has the same chain', async () => {
    stage.port.newest = () => 990;
    stage.customs.newest = () => 1003;
    await stage.watch.check();
    expect(stage.state('business')).to.include({ own: true, height: 1001, agreesUpTo: 1000 });
    expect(stage.state('port')).to.include({ own: false, height: 991, agreesUpTo: 990 });
    expect(stage.state('customs')).to.include({ height: 1004, agreesUpTo: 1000 });
    expect(stage.alerts).to.deep.equal([]);
  });

  it('says why a source does not answer, keeps what it showed, and forgets the reason when it answers', async () => {
    await stage.watch.check();
    stage.port.down = 'connection refused';
    await stage.watch.check();
    expect(stage.state('port')).to.include({ agreesUpTo: 1000, trouble: 'connection refused' });
    stage.port.down = undefined;
    await stage.watch.check();
    expect(stage.state('port')).not.to.have.property('trouble');
  });

  it('finds where a fork begins, in few questions, and keeps both headers', async () => {
    stage.port.forkedAt = 417;
    await stage.watch.check();
    expect(stage.state('port')).to.include({ differsAt: 417, agreesUpTo: 416 });
    expect(stage.forks).to.deep.equal([{ block: 417, organization: 'port' }]);
    const [alert] = stage.alerts;
    expect(alert).to.include({ kind: 'fork', block: 417, organization: 'port' });
    expect(Buffer.from(alert?.ours ?? []).toString()).to.equal('business 417 signed');
    expect(Buffer.from(alert?.theirs ?? []).toString()).to.equal('port 417 signed');
    expect(stage.port.asked).to.be.lessThan(16);
  });

  it('calls another header that too few orderers signed what it is: evidence against the source, no fork', async () => {
    stage.port.forkedAt = 1000;
    stage.port.signed = false;
    await stage.watch.check();
    expect(stage.alerts).to.have.length(1).with.nested.property('0.kind', 'other_header');
    expect(stage.forks).to.deep.equal([]);
  });

  it('notices that our own peer shows another chain than it showed before', async () => {
    stage.own.forkedAt = 1000;
    await stage.watch.check();
    expect(stage.alerts[0]).to.include({ kind: 'fork', organization: 'business', block: 1000 });
    expect(stage.alerts[0]).not.to.have.property('ours');
  });

  it('calls it withholding when our own peer lacks for too long what another has, also when it trickles', async () => {
    let own = 1000;
    stage.own.newest = () => own;
    stage.port.newest = () => 1010;
    await stage.watch.check();
    stage.clock = 100;
    own = 1001;
    await stage.watch.check();
    expect([stage.watch.withheld, stage.alerts.length]).to.deep.equal([0, 0]);
    stage.clock = 101;
    await stage.watch.check();
    expect(stage.watch.withheld).to.equal(9);
    await stage.watch.check();
    expect(stage.alerts).to.have.length(1);
    expect(stage.alerts[0]).to.include({ kind: 'withholding', block: 1002, organization: 'business' });
    own = 1010;
    await stage.watch.check();
    expect(stage.watch.withheld).to.equal(0);
  });

  it('believes no height without a block that enough orderers signed', async () => {
    stage.port.newest = () => 5000;
    stage.port.signed = false;
    await stage.watch.check();
    stage.clock = 1000;
    await stage.watch.check();
    expect([stage.watch.withheld, stage.alerts]).to.deep.equal([0, []]);
  });

  it('takes no other block for the one it asked for', async () => {
    stage.port.newest = () => 1001;
    stage.port.header = (number) => stage.customs.header(Math.max(number ?? 0, 1001));
    await stage.watch.check();
    expect(stage.state('port')?.trouble).to.contain('asked for block 1000');
  });
});
