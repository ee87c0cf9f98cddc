import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { DeviceLife, idOf, partyCaller, TestDevice, testLedger } from '../../testing/index.js';

const owner = partyCaller('CARRIER1');
const stranger = partyCaller('SELLER1');
const officer = partyCaller('OFFICER1');

describe('FileEquivocation', () => {
  const twins = (device: TestDevice, seq = 5): readonly string[] =>
    ['one', 'other'].map((text) => device.statement({ seq, prev: idOf(`${text}.x`) }));

  it('keeps the proof and suspends the key, whoever files it', () => {
    const life = new DeviceLife();
    const { kid } = life.device;
    const statements = twins(life.device);
    expect(life.act(stranger, 'FileEquivocation', { statements })).to.deep.equal({
      kid,
      seq: 5,
      status: 'accepted',
    });
    const at = life.world.now();
    expect(life.get()).to.deep.include({
      status: 'suspended',
      suspension: { by: 'equivocation', at, reason: 'two statements under the number 5' },
    });
    expect(life.world.get(keys.equivocation(kid, 5))).to.deep.equal({
      v: 1,
      kid,
      seq: 5,
      statements: statements.map((jws) => idOf(jws).slice('ni:///sha-256;'.length)).sort(),
      filedBy: 'SELLER1',
      filedAt: at,
    });
    expect(life.refusal(owner, 'ResumeDevice')).to.equal('CUSTOMS_ONLY');
  });

  it('changes nothing when it is filed again, also after customs has resumed the key', () => {
    const life = new DeviceLife();
    const { kid } = life.device;
    const statements = twins(life.device);
    life.act(stranger, 'FileEquivocation', { statements });
    life.resume(officer);
    const turned = [...statements].reverse();
    const { writes, response } = life.world.play(owner, 'FileEquivocation', {
      requestId: 'again',
      statements: turned,
    });
    expect(writes).to.deep.equal(['request/CARRIER1/again']);
    expect(response['result']).to.deep.equal({ kid, seq: 5, status: 'duplicate' });
    expect(life.get()?.status).to.equal('active');
    life.act(owner, 'FileEquivocation', { statements: twins(life.device, 6) });
    expect(life.get()?.status).to.equal('suspended');
  });

  it("takes over the owner's suspension, and keeps a proof about a key that is revoked", () => {
    const life = new DeviceLife();
    life.suspend(owner);
    life.act(stranger, 'FileEquivocation', { statements: twins(life.device) });
    expect(life.get()?.suspension?.by).to.equal('equivocation');
    life.revoke();
    life.act(stranger, 'FileEquivocation', { statements: twins(life.device, 7) });
    expect(life.get()?.status).to.equal('revoked');
  });

  it('refuses two statements that prove nothing', () => {
    const life = new DeviceLife();
    const { device } = life;
    const [one = '', other = ''] = twins(device);
    const another = new TestDevice(testLedger);
    const forged = [...other.split('.').slice(0, 2), one.split('.')[2]].join('.');
    for (const [statements, code] of [
      [[one, one], 'NOT_EQUIVOCATION'],
      [[one, device.statement({ seq: 6 })], 'NOT_EQUIVOCATION'],
      [[one, another.statement({ seq: 5 })], 'NOT_EQUIVOCATION'],
      [[one, device.statement({ seq: 5, aud: 'cd'.repeat(32) })], 'NOT_EQUIVOCATION'],
      [
        ['one', 'other'].map((text) =>
          device.statement({ seq: 5, aud: 'cd'.repeat(32), prev: idOf(`${text}.x`) }),
        ),
        'WRONG_LEDGER',
      ],
      [[one, forged], 'NOT_EQUIVOCATION'],
      [twins(device).map((jws) => jws.slice(1)), 'INVALID_STATEMENT'],
      [twins(another), 'DEVICE_UNKNOWN'],
      [[one], 'INVALID_FIELD'],
    ] as const) {
      expect(life.refusal(stranger, 'FileEquivocation', { statements })).to.equal(code);
    }
    expect(life.get()?.status).to.equal('active');
  });

  it('takes no second signature over the same bytes for a second statement', () => {
    const life = new DeviceLife();
    // ECDSA signatures differ each time; the signing input is the same.
    const one = life.device.statement({ seq: 5 });
    const again = life.device.statement({ seq: 5 });
    expect(one).not.to.equal(again);
    expect(life.refusal(stranger, 'FileEquivocation', { statements: [one, again] })).to.equal(
      'NOT_EQUIVOCATION',
    );
  });
});
