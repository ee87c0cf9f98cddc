import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { answer, codeOf, raised, ruling, statusIn, withdrawal } from '../../testing/dispute-stage.js';
import { partyCaller, testUcr } from '../../testing/index.js';

const [importer, broker, carrier, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('BROKER1'),
  partyCaller('CARRIER1'),
  partyCaller('OFFICER1'),
];

describe('WithdrawDispute', () => {
  it('takes the dispute back and keeps what was said', () => {
    const world = raised();
    const { writes } = world.play(broker, 'WithdrawDispute', withdrawal);
    expect(writes).to.deep.equal([`dispute/${testUcr}/BROKER1/d1`, 'request/BROKER1/w1']);
    const record = world.get(keys.dispute(testUcr, 'BROKER1', 'd1'));
    expect(record?.reason).to.equal('the goods are others');
    expect(record?.withdrawn).to.deep.equal({ at: world.now(), reason: 'my mistake' });
    expect(statusIn(world)).to.equal('withdrawn');
    expect(codeOf(world, officer, 'RuleOnDispute', ruling)).to.equal('DISPUTE_CLOSED');
  });

  it('is for the disputant, before the answer', () => {
    const world = raised();
    expect(codeOf(world, importer, 'WithdrawDispute', withdrawal)).to.equal('DISPUTE_UNKNOWN');
    world.play(carrier, 'AnswerDispute', answer);
    expect(codeOf(world, broker, 'WithdrawDispute', withdrawal)).to.equal('DISPUTE_CLOSED');
  });
});
