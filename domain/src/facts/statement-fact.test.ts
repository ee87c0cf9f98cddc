import { expect } from 'chai';
import { readStatement } from '../statement/read-statement.js';
import { actEvent, observation, TestDevice, testLedger, testUcr } from '../testing/index.js';
import { statementFact } from './statement-fact.js';

const at = { block: 3, position: 1, item: 0 };
const origin = { at, ledgerTime: 5, owner: 'CARRIER1', mspId: 'BusinessMSP', late: false };

function factOf(event: ReturnType<typeof observation>): ReturnType<typeof statementFact> {
  return statementFact(readStatement(new TestDevice(testLedger).next(event)), origin);
}

describe('the fact that a statement is', () => {
  it('has its time, its place, its words and what it is about', () => {
    const event = actEvent(
      { ...observation(), readPoint: { id: 'urn:passage:unlocode:KRPUS' }, disposition: 'in_transit' },
      testUcr,
    );
    expect(factOf(event)).to.deep.include({
      ...origin,
      seq: 1,
      eventTime: Date.parse('2026-01-31T12:00:00.000Z'),
      bizStep: 'arriving',
      disposition: 'in_transit',
      things: ['urn:epc:id:bic:CSQU3054383'],
      consignments: [testUcr],
      where: { unlocode: 'KRPUS' },
    });
  });

  it('lacks what the event does not say, or says as nobody can read it', () => {
    const { bizStep, ...bare } = observation();
    expect(bizStep).to.equal('arriving');
    const fact = factOf({ ...bare, eventTime: 'noon' });
    expect(fact).not.to.have.any.keys('eventTime', 'where', 'bizStep', 'disposition', 'prev');
    const second = statementFact(
      readStatement(new TestDevice(testLedger).statement({ seq: 2, payload: bare })),
      origin,
    );
    expect(second.prev).to.be.a('string');
  });
});
