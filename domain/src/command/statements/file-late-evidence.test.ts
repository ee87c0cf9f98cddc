import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import type { Caller } from '../caller.js';
import { keys } from '../../state/keys.js';
import { DeviceLife, partyCaller } from '../../testing/index.js';

const owner = partyCaller('CARRIER1');
const stranger = partyCaller('SELLER1');

describe('FileLateEvidence', () => {
  it('records what a revoked key had signed, marked as late', () => {
    const life = new DeviceLife();
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
    const life = new DeviceLife();
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
