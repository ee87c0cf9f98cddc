import { expect } from 'chai';
import { DeviceLife, partyCaller } from '../../testing/index.js';

const owner = partyCaller('CARRIER1');
const stranger = partyCaller('SELLER1');
const officer = partyCaller('OFFICER1');

describe('a suspended key', () => {
  it('signs nothing until it is resumed; then its queue is taken', () => {
    const life = new DeviceLife();
    const statement = life.device.next();
    life.suspend(owner);
    expect(life.get()).to.deep.include({
      status: 'suspended',
      suspension: { by: 'owner', at: life.world.now(), reason: 'repair' },
    });
    expect(life.unrecorded(statement)).to.include({ code: 'DEVICE_SUSPENDED', pointer: '/header/kid' });
    life.resume(owner);
    expect(life.get()).to.include({ status: 'active' }).and.not.have.property('suspension');
    life.record(statement);
  });

  it('has its recorded statements known as duplicates', () => {
    const life = new DeviceLife();
    const statement = life.device.next();
    life.record(statement);
    life.suspend(owner);
    life.record(statement);
  });

  it('is suspended and resumed by the owner or customs, and by nobody else', () => {
    const life = new DeviceLife();
    expect(life.refusal(stranger, 'SuspendDevice', { reason: 'x' })).to.equal('NOT_OWNER');
    life.suspend(owner);
    expect(life.refusal(stranger, 'ResumeDevice')).to.equal('NOT_OWNER');
    life.resume(officer);
    life.suspend(officer);
    expect(life.get()?.suspension?.by).to.equal('customs');
    expect(life.refusal(owner, 'ResumeDevice')).to.equal('CUSTOMS_ONLY');
    life.resume(officer);
    expect(life.get()?.status).to.equal('active');
  });

  it('may be taken over from its owner by customs, but not the other way and not twice', () => {
    const life = new DeviceLife();
    life.suspend(owner);
    expect(life.refusal(owner, 'SuspendDevice', { reason: 'x' })).to.equal('DEVICE_SUSPENDED');
    life.suspend(officer);
    expect(life.refusal(owner, 'SuspendDevice', { reason: 'x' })).to.equal('DEVICE_SUSPENDED');
    expect(life.refusal(officer, 'SuspendDevice', { reason: 'x' })).to.equal('DEVICE_SUSPENDED');
    expect(life.refusal(owner, 'ResumeDevice')).to.equal('CUSTOMS_ONLY');
  });

  it('is not resumed where it is not suspended', () => {
    const life = new DeviceLife();
    expect(life.refusal(owner, 'ResumeDevice')).to.equal('NOT_SUSPENDED');
    life.revoke();
    expect(life.refusal(officer, 'ResumeDevice')).to.equal('NOT_SUSPENDED');
  });
});
