import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { adminCaller, partyCaller, TestWorld } from '../../testing/index.js';
import { port, propose } from '../../testing/parameter-stage.js';

describe('parameters', () => {
  it('refuse what cannot be proposed', () => {
    const world = TestWorld.started();
    const refused = (changes: JsonObject) => {
      const { code, details } = world.refusal(port, 'ProposeParameters', {
        requestId: 'x',
        changes,
        reason: 'r',
      });
      const [first] = details['violations'] as readonly { pointer: string }[];
      return [code, first?.pointer];
    };
    expect(refused({})).to.deep.equal(['INVALID_FIELD', '/changes']);
    expect(refused({ colour: 1 })).to.deep.equal(['INVALID_FIELD', '/changes/colour']);
    expect(refused({ topSpeed: 0 })).to.deep.equal(['INVALID_FIELD', '/changes/topSpeed']);
    expect(refused({ batchLimit: 101 })).to.deep.equal(['INVALID_FIELD', '/changes/batchLimit']);
    expect(refused({ topSpeed: 1000 })).to.deep.equal(['INVALID_FIELD', '/changes/topSpeed']);
    expect(refused({ longestOfferDays: 2 })).to.deep.equal(['INVALID_FIELD', '/changes']);
    expect(refused({ deviceKinds: [] })).to.deep.equal(['INVALID_FIELD', '/changes/deviceKinds']);
    const twice = [
      { kind: 'drone', hours: 1 },
      { kind: 'drone', hours: 2 },
    ];
    expect(refused({ silences: twice })).to.deep.equal(['INVALID_FIELD', '/changes/silences']);
    const rule = { name: 'RCEP', version: '2022' };
    expect(refused({ originRules: [rule, rule] })).to.deep.equal(['INVALID_FIELD', '/changes/originRules']);
    const each = twice.map((silence, index) => ({ ...silence, kind: index === 0 ? 'drone' : 'weighbridge' }));
    propose(world, { silences: each }, 'p-silences');
    propose(world, { longestOfferDays: 3 }, 'p-longest');
    const party = world.refusal(partyCaller('OFFICER1'), 'ProposeParameters', {});
    expect(party.code).to.equal('NOT_ADMIN');
    const stranger = { requestId: 'x', changes: { topSpeed: 900 }, reason: 'r' };
    expect(world.refusal(adminCaller('Customs2MSP'), 'ProposeParameters', stranger).code).to.equal('NO_SAY');
    expect(new TestWorld().refusal(port, 'ProposeParameters', stranger).code).to.equal(
      'LEDGER_NOT_INITIALISED',
    );
  });
});
