import { expect } from 'chai';
import { DeviceLife, partyCaller } from '../../testing/index.js';

const owner = partyCaller('CARRIER1');
const officer = partyCaller('OFFICER1');

describe('a compromise', () => {
  const since = { block: 12 };

  it('is the owner’s claim until an officer of customs confirms exactly it', () => {
    const life = new DeviceLife();
    const { kid } = life.device;
    life.revoke({ compromisedSince: since });
    const claimedAt = life.world.now();
    expect(life.get()?.compromise).to.deep.equal({ since, claimedAt });
    expect(life.refusal(owner, 'ConfirmCompromise', { compromisedSince: since })).to.equal('ROLE_NOT_HELD');
    for (const other of [{ block: 11 }, { time: '2026-01-01T00:00:00.000Z' }]) {
      expect(life.refusal(officer, 'ConfirmCompromise', { compromisedSince: other })).to.equal('NO_CLAIM');
    }
    life.act(officer, 'ConfirmCompromise', { kid, compromisedSince: since });
    expect(life.get()?.compromise).to.deep.equal({
      since,
      claimedAt,
      confirmedAt: life.world.now(),
      confirmedBy: 'OFFICER1',
    });
    expect(life.refusal(officer, 'ConfirmCompromise', { compromisedSince: since })).to.equal('NO_CLAIM');
  });

  it('may be claimed or corrected after the revocation, until one is confirmed', () => {
    const life = new DeviceLife();
    const { kid } = life.device;
    life.revoke();
    const revokedAt = life.world.now();
    life.revoke({ compromisedSince: { block: 9 } });
    life.revoke({ compromisedSince: { time: '2026-01-01T00:02:00.000Z' } });
    expect(life.get()).to.deep.include({ status: 'revoked', revokedAt });
    const claim = life.get()?.compromise?.since ?? since;
    life.act(officer, 'ConfirmCompromise', { kid, compromisedSince: claim });
    const again = { reason: 'x', compromisedSince: since };
    expect(life.refusal(owner, 'RevokeDevice', again)).to.equal('DEVICE_REVOKED');
  });

  it('is confirmed at the very time that was claimed, and at no other', () => {
    const life = new DeviceLife();
    const { kid } = life.device;
    const claimed = { time: '2026-01-01T00:02:00.000Z' };
    life.revoke({ compromisedSince: claimed });
    for (const other of [{ time: '2026-01-01T00:02:00.001Z' }, { block: 12 }]) {
      expect(life.refusal(officer, 'ConfirmCompromise', { compromisedSince: other })).to.equal('NO_CLAIM');
    }
    life.act(officer, 'ConfirmCompromise', { kid, compromisedSince: claimed });
  });

  it('is nothing that customs confirms of a key whose owner claims none', () => {
    const life = new DeviceLife();
    life.revoke();
    expect(life.refusal(officer, 'ConfirmCompromise', { compromisedSince: since })).to.equal('NO_CLAIM');
  });

  it('may have begun now', () => {
    const life = new DeviceLife();
    const time = new Date(Date.parse(life.world.now()) + 60_000).toISOString();
    life.revoke({ compromisedSince: { time } });
    expect(life.get()?.compromise?.since).to.deep.equal({ time: life.world.now() });
  });

  it('lies in the past, and is one point', () => {
    const life = new DeviceLife();
    for (const compromisedSince of [
      { time: '2027-01-01T00:00:00.000Z' },
      { time: '2026-13-01T00:00:00.000Z' },
      { block: -1 },
      { block: 1, time: '2026-01-01T00:00:00.000Z' },
      {},
    ]) {
      expect(
        life.refusal(owner, 'RevokeDevice', { reason: 'x', compromisedSince }),
        JSON.stringify(compromisedSince),
      ).to.equal('INVALID_FIELD');
    }
    expect(life.get()?.status).to.equal('active');
  });
});
