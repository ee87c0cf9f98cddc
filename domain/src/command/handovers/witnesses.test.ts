import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { actEvent, partyCaller, StatementStage, testUcr } from '../../testing/index.js';

const [carrier, terminal] = [partyCaller('CARRIER1'), partyCaller('TERMINAL1')];
const offer = { requestId: 'offer-1', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
const answer = { requestId: 'answer-1', ucr: testUcr, handover: 1 };
const seen = actEvent({ type: 'ObjectEvent', action: 'OBSERVE', epcList: ['urn:epc:id:bic:CSQU3054383'] });

/** The shipment is offered, and a gate of the terminal has seen it: statement 1 of its device. */
function witnessed(): StatementStage & { readonly kid: string } {
  const stage = new StatementStage();
  stage.world.play(carrier, 'OfferHandover', offer);
  stage.record('TERMINAL1', seen);
  return Object.assign(stage, { kid: stage.device('TERMINAL1').kid });
}

describe('a witness of a handover', () => {
  it('is attached with the answer', () => {
    const { world, kid } = witnessed();
    const { writes } = world.play(terminal, 'AcceptHandover', { ...answer, witness: { kid, seq: 1 } });
    expect(writes).to.deep.equal([
      `custody/${testUcr}`,
      `handover/${testUcr}/1`,
      'request/TERMINAL1/answer-1',
      `witness/${testUcr}/1/${kid}/1`,
    ]);
    expect(world.get(keys.witness(testUcr, 1, kid, 1))).to.deep.equal({
      v: 1,
      ucr: testUcr,
      handover: 1,
      kid,
      seq: 1,
      id: world.get(keys.statement(kid, 1))?.id,
      attachedBy: 'TERMINAL1',
      attachedAt: world.now(),
    });
  });

  it('is attached with the offer', () => {
    const stage = new StatementStage();
    stage.record('CARRIER1', seen);
    const { kid } = stage.device('CARRIER1');
    stage.world.play(carrier, 'OfferHandover', { ...offer, witness: { kid, seq: 1 } });
    expect(stage.world.get(keys.witness(testUcr, 1, kid, 1))).to.include({ attachedBy: 'CARRIER1' });
  });

  it('is attached later, by either side or by customs, once', () => {
    for (const who of ['CARRIER1', 'TERMINAL1', 'OFFICER1'] as const) {
      const { world, kid } = witnessed();
      world.play(terminal, 'AcceptHandover', answer);
      const later = { requestId: 'later', ucr: testUcr, handover: 1, witness: { kid, seq: 1 } };
      const { writes } = world.play(partyCaller(who), 'AttachWitness', later);
      expect(writes).to.deep.equal([`request/${who}/later`, `witness/${testUcr}/1/${kid}/1`]);
      const again = world.refusal(partyCaller(who), 'AttachWitness', { ...later, requestId: 'again' });
      expect(again.code).to.equal('WITNESS_ATTACHED');
    }
  });

  it("is nobody else's business", () => {
    const { world, kid } = witnessed();
    const later = { requestId: 'later', ucr: testUcr, handover: 1, witness: { kid, seq: 1 } };
    const refusal = world.refusal(partyCaller('SELLER1'), 'AttachWitness', later);
    expect(refusal.code).to.equal('MAY_NOT_WITNESS');
    expect(refusal.details).to.deep.equal({ ucr: testUcr, handover: 1, from: 'CARRIER1', to: 'TERMINAL1' });
  });

  it('is on the ledger, and so is the handover', () => {
    const { world, kid } = witnessed();
    const unknown = { kid, seq: 2 };
    expect(world.refusal(terminal, 'AcceptHandover', { ...answer, witness: unknown }).code).to.equal(
      'STATEMENT_UNKNOWN',
    );
    const later = { requestId: 'later', ucr: testUcr, handover: 2, witness: { kid, seq: 1 } };
    expect(world.refusal(terminal, 'AttachWitness', later).code).to.equal('HANDOVER_UNKNOWN');
    expect(
      world.refusal(carrier, 'AttachWitness', { ...later, handover: 1, witness: unknown }).code,
    ).to.equal('STATEMENT_UNKNOWN');
  });
});
