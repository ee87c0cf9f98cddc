import { expect } from 'chai';
import type { Caller } from '../caller.js';
import type { DeviceRecord } from '../../device/device-record.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { statementId } from '../../statement/statement-id.js';
import { partyCaller, TestDevice, testLedger, TestWorld } from '../../testing/index.js';

const owner = partyCaller('CARRIER1');
const stranger = partyCaller('SELLER1');
const officer = partyCaller('OFFICER1');

/** A ledger with one device of CARRIER1, and short words for what is done with it. */
class Life {
  readonly world = TestWorld.started();
  readonly device = new TestDevice(testLedger);
  #requests = 0;

  constructor() {
    this.register(this.device);
  }

  register(device: TestDevice): void {
    const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
    this.act(owner, 'RegisterDevice', { kind: 'gps_eseal', proof });
  }

  act(caller: Caller, name: string, input: JsonObject): JsonObject {
    const { writes, response } = this.world.play(caller, name, { requestId: this.#request(), ...input });
    expect(writes).not.to.be.empty;
    return response['result'] as JsonObject;
  }

  refusal(caller: Caller, name: string, input: JsonObject = {}): string {
    const { kid } = this.device;
    const about = ['RotateDevice', 'FileLateEvidence', 'FileEquivocation'].includes(name) ? {} : { kid };
    return this.world.refusal(caller, name, { requestId: this.#request(), ...about, ...input }).code;
  }

  suspend(caller: Caller): void {
    this.act(caller, 'SuspendDevice', { kid: this.device.kid, reason: 'repair' });
  }

  resume(caller: Caller): void {
    this.act(caller, 'ResumeDevice', { kid: this.device.kid });
  }

  revoke(claim: JsonObject = {}): void {
    this.act(owner, 'RevokeDevice', { kid: this.device.kid, reason: 'stolen', ...claim });
  }

  record(...statements: readonly string[]): void {
    this.world.play(stranger, 'RecordStatements', { statements });
  }

  /** Why a statement is refused. */
  unrecorded(statement: string): JsonObject | undefined {
    const { details } = this.world.refusal(stranger, 'RecordStatements', { statements: [statement] });
    return (details['refused'] as readonly JsonObject[])[0];
  }

  get(kid = this.device.kid): DeviceRecord | undefined {
    return this.world.get(keys.device(kid));
  }

  #request(): string {
    this.#requests += 1;
    return `life-${String(this.#requests)}`;
  }
}

function idOf(jws: string): string {
  return statementId(jws.slice(0, jws.lastIndexOf('.')));
}

describe('a suspended key', () => {
  it('signs nothing until it is resumed; then its queue is taken', () => {
    const life = new Life();
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
    const life = new Life();
    const statement = life.device.next();
    life.record(statement);
    life.suspend(owner);
    life.record(statement);
  });

  it('is suspended and resumed by the owner or customs, and by nobody else', () => {
    const life = new Life();
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
    const life = new Life();
    life.suspend(owner);
    expect(life.refusal(owner, 'SuspendDevice', { reason: 'x' })).to.equal('DEVICE_SUSPENDED');
    life.suspend(officer);
    expect(life.refusal(owner, 'SuspendDevice', { reason: 'x' })).to.equal('DEVICE_SUSPENDED');
    expect(life.refusal(officer, 'SuspendDevice', { reason: 'x' })).to.equal('DEVICE_SUSPENDED');
    expect(life.refusal(owner, 'ResumeDevice')).to.equal('CUSTOMS_ONLY');
  });

  it('is not resumed where it is not suspended', () => {
    const life = new Life();
    expect(life.refusal(owner, 'ResumeDevice')).to.equal('NOT_SUSPENDED');
    life.revoke();
    expect(life.refusal(officer, 'ResumeDevice')).to.equal('NOT_SUSPENDED');
  });
});

describe('RotateDevice', () => {
  const fresh = (): TestDevice => new TestDevice(testLedger);
  const claim = { owner: 'CARRIER1', kind: 'gps_eseal' };

  it("gives the device a new key and carries the old one's last statement over", () => {
    const life = new Life();
    const [old, next] = [life.device, fresh()];
    const statements = [old.next(), old.next(), old.next()];
    life.record(...statements.slice(0, 1));
    const result = life.act(owner, 'RotateDevice', {
      proof: next.proof(claim),
      rotation: old.rotationTo(next.kid),
    });
    const at = life.world.now();
    const end = { seq: 3, last: idOf(statements[2] ?? ''), at };
    expect(result).to.deep.equal({ kid: next.kid, predecessor: old.kid });
    expect(life.get()).to.deep.include({ status: 'rotated', successor: { kid: next.kid, ...end } });
    expect(life.get(next.kid)).to.deep.equal({
      v: 1,
      kid: next.kid,
      jwk: next.jwk,
      owner: 'CARRIER1',
      mspId: 'BusinessMSP',
      kind: 'gps_eseal',
      status: 'active',
      registeredAt: at,
      predecessor: { kid: old.kid, ...end },
    });
    life.record(next.next());
  });

  it('takes what the old key had signed by then, in any order, and nothing beyond', () => {
    const life = new Life();
    const [old, next] = [life.device, fresh()];
    const statements = [old.next(), old.next()];
    const other = old.statement({ seq: 2, prev: idOf('other.x') });
    life.act(owner, 'RotateDevice', { proof: next.proof(claim), rotation: old.rotationTo(next.kid) });
    expect(life.unrecorded(old.next())).to.include({ code: 'DEVICE_ROTATED', pointer: '/header/seq' });
    expect(life.unrecorded(other)).to.include({ code: 'SEQUENCE_USED', pointer: '/header/seq' });
    life.record(...statements.reverse());
  });

  it('rotates a key that has signed nothing', () => {
    const life = new Life();
    const next = fresh();
    life.act(owner, 'RotateDevice', {
      proof: next.proof(claim),
      rotation: life.device.rotationTo(next.kid),
    });
    expect(life.get()?.successor).to.deep.equal({ kid: next.kid, seq: 0, at: life.world.now() });
    expect(life.unrecorded(life.device.next())).to.include({ code: 'DEVICE_ROTATED' });
  });

  it('refuses what the old key has not signed just so', () => {
    const life = new Life();
    const [old, next] = [life.device, fresh()];
    const proof = next.proof(claim);
    const [header, payload] = old.rotationTo(next.kid).split('.');
    const [, , signature] = next.rotationTo(next.kid).split('.');
    const forged = [header, payload, signature].join('.');
    for (const [rotation, code] of [
      [forged, 'SIGNATURE_INVALID'],
      [next.rotationTo(next.kid), 'DEVICE_UNKNOWN'],
      [old.rotationTo('A'.repeat(43)), 'INVALID_FIELD'],
      [old.rotationTo(next.kid, { seq: 1 }), 'INVALID_FIELD'],
      [old.rotationTo(next.kid, { last: idOf('x.y') }), 'INVALID_FIELD'],
      [old.rotationTo(next.kid, {}, 'cd'.repeat(32)), 'WRONG_LEDGER'],
      [old.proof(claim), 'INVALID_HEADER'],
    ] as const) {
      expect(life.refusal(owner, 'RotateDevice', { proof, rotation }), rotation).to.equal(code);
    }
    const rotation = old.rotationTo(next.kid);
    expect(life.refusal(stranger, 'RotateDevice', { proof, rotation })).to.equal('NOT_OWNER');
    const elsewhere = next.proof({ ...claim, kind: 'drone' });
    expect(life.refusal(owner, 'RotateDevice', { proof: elsewhere, rotation })).to.equal('INVALID_FIELD');
  });

  it('refuses a key that was ever registered, and an old key that is not active', () => {
    const life = new Life();
    const [old, next, third] = [life.device, fresh(), fresh()];
    const toItself = { proof: old.proof(claim), rotation: old.rotationTo(old.kid) };
    expect(life.refusal(owner, 'RotateDevice', toItself)).to.equal('DEVICE_EXISTS');
    const toNext = { proof: next.proof(claim), rotation: old.rotationTo(next.kid) };
    life.suspend(owner);
    expect(life.refusal(owner, 'RotateDevice', toNext)).to.equal('DEVICE_SUSPENDED');
    life.resume(owner);
    life.act(owner, 'RotateDevice', toNext);
    const toThird = { proof: third.proof(claim), rotation: old.rotationTo(third.kid) };
    expect(life.refusal(owner, 'RotateDevice', toThird)).to.equal('DEVICE_ROTATED');
    const back = { proof: old.proof(claim), rotation: next.rotationTo(old.kid) };
    expect(life.refusal(owner, 'RotateDevice', back)).to.equal('DEVICE_EXISTS');
    expect(life.refusal(owner, 'RegisterDevice', { kind: claim.kind, proof: old.proof(claim) })).to.be.oneOf([
      'INVALID_FIELD',
      'DEVICE_EXISTS',
    ]);
  });

  it('leaves a rotated key that may still be revoked', () => {
    const life = new Life();
    const next = fresh();
    const statement = life.device.next();
    const rotation = life.device.rotationTo(next.kid);
    life.act(owner, 'RotateDevice', { proof: next.proof(claim), rotation });
    life.revoke();
    expect(life.unrecorded(statement)).to.include({ code: 'DEVICE_REVOKED' });
  });
});

describe('StartEpoch', () => {
  it('counts anew above what the ledger holds, from the last statement that it holds', () => {
    const life = new Life();
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
    const life = new Life();
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
    const life = new Life();
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

describe('a compromise', () => {
  const since = { block: 12 };

  it('is the owner’s claim until an officer of customs confirms exactly it', () => {
    const life = new Life();
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
    const life = new Life();
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

  it('lies in the past, and is one point', () => {
    const life = new Life();
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

describe('FileLateEvidence', () => {
  it('records what a revoked key had signed, marked as late', () => {
    const life = new Life();
    const { kid } = life.device;
    const statements = [life.device.next(), life.device.next()];
    life.record(...statements.slice(0, 1));
    life.revoke();
    const { results } = life.act(owner, 'FileLateEvidence', { statements });
    expect((results as readonly JsonObject[]).map(({ status }) => status)).to.deep.equal([
      'duplicate',
      'accepted',
    ]);
    expect(life.world.get(keys.statement(kid, 1))).not.to.have.property('late');
    expect(life.world.get(keys.statement(kid, 2))).to.include({ late: true });
  });

  it('is for the owner, and for its revoked keys alone', () => {
    const life = new Life();
    const statements = [life.device.next()];
    const code = (caller: Caller): unknown => {
      const input = { requestId: 'late', statements };
      const { details } = life.world.refusal(caller, 'FileLateEvidence', input);
      return (details['refused'] as readonly JsonObject[])[0]?.['code'];
    };
    expect(code(owner)).to.equal('NOT_REVOKED');
    life.suspend(owner);
    expect(code(owner)).to.equal('NOT_REVOKED');
    life.revoke();
    expect(code(stranger)).to.equal('NOT_OWNER');
    expect(life.refusal(owner, 'FileLateEvidence', { statements: [] })).to.equal('BATCH_SIZE');
  });
});

describe('FileEquivocation', () => {
  const twins = (device: TestDevice, seq = 5): readonly string[] =>
    ['one', 'other'].map((text) => device.statement({ seq, prev: idOf(`${text}.x`) }));

  it('keeps the proof and suspends the key, whoever files it', () => {
    const life = new Life();
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
    const life = new Life();
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
    const life = new Life();
    life.suspend(owner);
    life.act(stranger, 'FileEquivocation', { statements: twins(life.device) });
    expect(life.get()?.suspension?.by).to.equal('equivocation');
    life.revoke();
    life.act(stranger, 'FileEquivocation', { statements: twins(life.device, 7) });
    expect(life.get()?.status).to.equal('revoked');
  });

  it('refuses two statements that prove nothing', () => {
    const life = new Life();
    const { device } = life;
    const [one = '', other = ''] = twins(device);
    const another = new TestDevice(testLedger);
    const forged = [...other.split('.').slice(0, 2), one.split('.')[2]].join('.');
    for (const [statements, code] of [
      [[one, one], 'NOT_EQUIVOCATION'],
      [[one, device.statement({ seq: 6 })], 'NOT_EQUIVOCATION'],
      [[one, another.statement({ seq: 5 })], 'NOT_EQUIVOCATION'],
      [[one, device.statement({ seq: 5, aud: 'cd'.repeat(32) })], 'NOT_EQUIVOCATION'],
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
    const life = new Life();
    // ECDSA signatures differ each time; the signing input is the same.
    const one = life.device.statement({ seq: 5 });
    const again = life.device.statement({ seq: 5 });
    expect(one).not.to.equal(again);
    expect(life.refusal(stranger, 'FileEquivocation', { statements: [one, again] })).to.equal(
      'NOT_EQUIVOCATION',
    );
  });
});
