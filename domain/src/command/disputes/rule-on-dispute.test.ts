import { expect } from 'chai';
import { isForged } from '../../customs/customs-word.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { encodeRecord } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import {
  answer,
  codeOf,
  disputeRef,
  raised,
  raising,
  ruling,
  statusIn,
  withdrawal,
} from '../../testing/dispute-stage.js';
import { partyCaller, shipmentInput, StatementStage, testUcr } from '../../testing/index.js';

const [importer, broker, carrier, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('BROKER1'),
  partyCaller('CARRIER1'),
  partyCaller('OFFICER1'),
];

describe('RuleOnDispute', () => {
  it("writes customs' own key with its policy, over the custodian's answer", () => {
    const world = raised();
    world.play(carrier, 'AnswerDispute', answer);
    const { writes, policies } = world.play(officer, 'RuleOnDispute', ruling);
    const key = keys.ruling(testUcr, 'BROKER1', 'd1');
    expect(writes).to.deep.equal(['guard/CustomsMSP', 'request/OFFICER1/r1', key]);
    expect(policies).to.deep.equal({ [key]: customsPolicy('CustomsMSP') });
    const record = world.get(key);
    expect(record).to.deep.equal({
      v: 1,
      ...disputeRef,
      finding: 'upheld',
      by: 'OFFICER1',
      role: 'customs_officer',
      at: world.now(),
      text: 'the scan shows it',
    });
    expect(statusIn(world)).to.equal('upheld');
    const bytes = record && encodeRecord(record);
    expect(bytes && isForged(key, bytes, ['PortMSP', 'BusinessMSP'])).to.equal(true);
    expect(bytes && isForged(key, bytes, ['CustomsMSP', 'PortMSP'])).to.equal(false);
  });

  it('is for customs, once, with grounds, and for no party to the consignment', () => {
    const world = raised();
    expect(codeOf(world, carrier, 'RuleOnDispute', ruling)).to.equal('ROLE_NOT_HELD');
    expect(codeOf(world, officer, 'RuleOnDispute', { ...ruling, disputant: 'SELLER1' })).to.equal(
      'DISPUTE_UNKNOWN',
    );
    const { text, ...silent } = ruling;
    expect(codeOf(world, officer, 'RuleOnDispute', silent), text).to.equal('INVALID_FIELD');
    world.play(officer, 'RuleOnDispute', ruling);
    expect(codeOf(world, officer, 'RuleOnDispute', ruling)).to.equal('DISPUTE_CLOSED');
    expect(codeOf(world, carrier, 'AnswerDispute', answer)).to.equal('DISPUTE_CLOSED');
    expect(codeOf(world, broker, 'WithdrawDispute', withdrawal)).to.equal('DISPUTE_CLOSED');
  });

  it('is for no officer who has the goods or has raised the dispute', () => {
    const { world } = new StatementStage();
    const ucr = '6KRIMPORTER1-OTHER';
    const other = { requestId: 'open-2', ucr, custodian: 'OFFICER1' };
    world.play(importer, 'OpenShipment', shipmentInput(other));
    const event = { act: { by: 'IMPORTER1', requestId: 'open-2' } };
    world.play(broker, 'RaiseDispute', { ...raising, ucr, event });
    world.play(officer, 'RaiseDispute', { ...raising, ucr, event });
    expect(codeOf(world, officer, 'RuleOnDispute', { ...ruling, ucr })).to.equal('OWN_CONSIGNMENT');
    const own = { ...ruling, ucr, disputant: 'OFFICER1' };
    expect(codeOf(world, officer, 'RuleOnDispute', own)).to.equal('OWN_DISPUTE');
  });
});
