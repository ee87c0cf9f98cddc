import { expect } from 'chai';
import { DeviceLife, idOf, partyCaller } from '../../testing/index.js';

const owner = partyCaller('CARRIER1');
const stranger = partyCaller('SELLER1');

describe('StartEpoch', () => {
  it('counts anew above what the ledger holds, from the last statement that it holds', () => {
    const life = new DeviceLife();
    const { device } = life;
    const known = device.next();
    life.record(known);
    const { kid } = device;
    const result = life.act(owner, 'StartEpoch', { kid, after: 1, firstSeq: 1000 });
    expect(result).to.deep.equal({ kid, epoch: 2, firstSeq: 1000, prev: idOf(known) });
    expect(life.get()?.epoch).to.deep.equal({
      number: 2,
      firstSeq: 1000,
      after: { seq: 1, last: idOf(known) },
      at: life.world.now(),
    });
    life.record(device.statement({ seq: 1000, prev: idOf(known) }));
  });

  it('keeps numbers unique across epochs, and takes what the first epoch had signed', () => {
    const life = new DeviceLife();
    const { device } = life;
    const { kid } = device;
    const [first, second] = [device.next(), device.next()];
    life.record(first);
    life.act(owner, 'StartEpoch', { kid, after: 1, firstSeq: 2 });
    life.record(second);
    const again = device.statement({ seq: 2, prev: idOf('again.x') });
    expect(life.unrecorded(again)).to.include({ code: 'SEQUENCE_USED' });
    life.act(owner, 'StartEpoch', { kid, after: 2, firstSeq: 50 });
    expect(life.get()?.epoch?.number).to.equal(3);
  });

  it('refuses a start that is not above what is known, and what is not on the ledger', () => {
    const life = new DeviceLife();
    const epoch = { after: 1, firstSeq: 2 };
    expect(life.refusal(owner, 'StartEpoch', epoch)).to.equal('STATEMENT_UNKNOWN');
    life.record(life.device.next());
    expect(life.refusal(owner, 'StartEpoch', { after: 1, firstSeq: 1 })).to.equal('EPOCH_TOO_LOW');
    expect(life.refusal(stranger, 'StartEpoch', epoch)).to.equal('NOT_OWNER');
    life.act(owner, 'StartEpoch', { kid: life.device.kid, after: 1, firstSeq: 100 });
    expect(life.refusal(owner, 'StartEpoch', { after: 1, firstSeq: 100 })).to.equal('EPOCH_TOO_LOW');
    life.suspend(owner);
    life.act(owner, 'StartEpoch', { kid: life.device.kid, after: 1, firstSeq: 101 });
    expect(life.get()?.status).to.equal('suspended');
    life.revoke();
    expect(life.refusal(owner, 'StartEpoch', { after: 1, firstSeq: 500 })).to.equal('DEVICE_REVOKED');
  });
});
