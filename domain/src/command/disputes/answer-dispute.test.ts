import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { answer, codeOf, raised, raising, statusIn } from '../../testing/dispute-stage.js';
import { partyCaller, testUcr } from '../../testing/index.js';

const [importer, carrier] = [partyCaller('IMPORTER1'), partyCaller('CARRIER1')];

describe('AnswerDispute', () => {
  it("writes the custodian's answer into the dispute", () => {
    const world = raised();
    const { writes } = world.play(carrier, 'AnswerDispute', answer);
    expect(writes).to.deep.equal([`dispute/${testUcr}/BROKER1/d1`, 'request/CARRIER1/a1']);
    expect(world.get(keys.dispute(testUcr, 'BROKER1', 'd1'))?.answer).to.deep.equal({
      finding: 'dismissed',
      by: 'CARRIER1',
      at: world.now(),
      text: 'weighed twice',
    });
    expect(statusIn(world)).to.equal('dismissed');
  });

  it('is for the custodian, who has not raised it, once, and with grounds', () => {
    const world = raised();
    expect(codeOf(world, importer, 'AnswerDispute', answer)).to.equal('NOT_CUSTODIAN');
    expect(codeOf(world, carrier, 'AnswerDispute', { ...answer, dispute: 'd9' })).to.equal('DISPUTE_UNKNOWN');
    expect(codeOf(world, carrier, 'AnswerDispute', { ...answer, finding: 'maybe' })).to.equal(
      'INVALID_FIELD',
    );
    const { text, ...silent } = answer;
    const refusal = world.refusal(carrier, 'AnswerDispute', silent);
    expect(refusal.details['violations']).to.deep.equal([
      { pointer: '/text', code: 'MISSING', message: 'must be there, or a commitment' },
    ]);
    world.play(carrier, 'RaiseDispute', raising);
    const own = { ...answer, disputant: 'CARRIER1' };
    expect(codeOf(world, carrier, 'AnswerDispute', own)).to.equal('OWN_DISPUTE');
    world.play(carrier, 'AnswerDispute', { ...silent, commitment: 'A'.repeat(43) });
    expect(text).to.equal('weighed twice');
    expect(codeOf(world, carrier, 'AnswerDispute', answer)).to.equal('DISPUTE_CLOSED');
  });
});
