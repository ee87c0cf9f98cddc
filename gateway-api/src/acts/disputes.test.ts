import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, membersAt, nodesOf } from '../testing/read.js';
import type { Members } from '../testing/read.js';
import { act, codeOf, fine, prepared, record, registerParty, send } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

const officer: Caller = {
  subject: 't',
  org: 'customs',
  party: 'OFFICER-7',
  role: 'customs_officer',
  admin: false,
};
const customsAdmin: Caller = { subject: 't', org: 'customs', admin: true };

const disputeFields = `dispute eventId disputedAct { by requestId command } reason status
  answer { finding by text } ruling { finding by role text act { mspId } } withdrawn { reason }`;

describe('disputes over GraphQL', () => {
  let business: TestGateway;
  let customs: TestGateway;
  let statementId: string;
  let jws: string;

  before(async () => {
    business = await (await TestGateway.open()).start();
    const device = await prepared(business);
    jws = device.statement(UCR);
    [statementId = ''] = await record(business, [jws]);
    customs = await (await TestGateway.open({ ledger: business.ledger, org: 'customs' })).start();
    const input = { partyId: 'OFFICER-7', name: 'Officer 7', roles: ['customs_officer'] };
    await act(customs, customsAdmin, 'registerParty', input);
    await registerParty(business, 'EXPORTER', 'exporter');
  });
  after(async () => {
    await customs.remove();
    await business.remove();
  });

  const dispute = async (...[gateway, caller, name, input]: Parameters<typeof send>): Promise<Members> =>
    membersAt(await act(gateway, caller, name, input, `dispute { ${disputeFields} }`), 'dispute');

  /** Of each event of the timeline: its type, whether it is disputed, and by which disputes. */
  const timeline = async (gateway: TestGateway): Promise<readonly unknown[]> => {
    const query = `{ trace(ucr: "${UCR}") { edges { node { __typename id disputed disputes { dispute status } } } } }`;
    return nodesOf(at(fine(await gateway.ask(query)), 'trace')).map((node) => {
      const { __typename, disputed, disputes } = membersAt({ node }, 'node');
      return [__typename, disputed, disputes];
    });
  };

  const raised = { ucr: UCR, disputant: 'KRIMP01', dispute: 'd1' };

  it('shows a disputed statement, its dispute, and the answer of the custodian', async () => {
    const raising = { requestId: 'd1', ucr: UCR, event: { statement: jws }, reason: 'another container' };
    expect(await dispute(business, importer, 'raiseDispute', raising)).to.deep.equal({
      dispute: 'd1',
      eventId: statementId,
      disputedAct: null,
      reason: 'another container',
      status: 'open',
      answer: null,
      ruling: null,
      withdrawn: null,
    });
    expect(await timeline(business)).to.deep.equal([
      ['ShipmentOpened', false, []],
      ['Observation', true, [{ dispute: 'd1', status: 'open' }]],
    ]);
    const answer = { requestId: 'a1', ...raised, finding: 'dismissed', text: 'looked again' };
    const answered = await dispute(business, carrier, 'answerDispute', answer);
    expect(answered['status']).to.equal('dismissed');
    expect(answered['answer']).to.deep.equal({ finding: 'dismissed', by: 'CARRIER', text: 'looked again' });
    expect((await timeline(business))[1]).to.deep.equal([
      'Observation',
      false,
      [{ dispute: 'd1', status: 'dismissed' }],
    ]);
  });

  it("lets customs' word count before the custodian's", async () => {
    const ruling = { requestId: 'r1', ...raised, finding: 'upheld', text: 'the scan shows another' };
    const ruled = await dispute(customs, officer, 'ruleOnDispute', ruling);
    expect(ruled['status']).to.equal('upheld');
    expect(at(ruled, 'answer.finding')).to.equal('dismissed');
    expect(ruled['ruling']).to.deep.equal({
      finding: 'upheld',
      by: 'OFFICER-7',
      role: 'customs_officer',
      text: 'the scan shows another',
      act: { mspId: 'CustomsMSP' },
    });
    expect((await timeline(customs))[1]).to.deep.equal([
      'Observation',
      true,
      [{ dispute: 'd1', status: 'upheld' }],
    ]);
  });

  it('names an act as its event does, and shows a dispute that was withdrawn', async () => {
    const query = `{ shipment(ucr: "${UCR}") { act { party requestId } } }`;
    const { party, requestId } = membersAt(fine(await business.ask(query)), 'shipment.act');
    const raising = {
      requestId: 'd2',
      ucr: UCR,
      event: { act: { by: party, requestId } },
      reason: 'not mine',
    };
    const ofAct = await dispute(business, carrier, 'raiseDispute', raising);
    expect(ofAct['disputedAct']).to.deep.equal({ by: 'KRIMP01', requestId, command: 'OpenShipment' });
    const events = fine(await business.ask(`{ trace(ucr: "${UCR}") { edges { node { id disputed } } } }`));
    expect(at(events, 'trace.edges.0.node')).to.deep.equal({ id: ofAct['eventId'], disputed: true });
    await dispute(business, carrier, 'withdrawDispute', {
      requestId: 'w',
      ucr: UCR,
      dispute: 'd2',
      reason: 'my error',
    });
    const all = `{ shipment(ucr: "${UCR}") { disputes { nodes { disputant dispute status withdrawn { reason } } } } }`;
    expect(at(fine(await business.ask(all)), 'shipment.disputes.nodes')).to.deep.equal([
      { disputant: 'CARRIER', dispute: 'd2', status: 'withdrawn', withdrawn: { reason: 'my error' } },
      { disputant: 'KRIMP01', dispute: 'd1', status: 'upheld', withdrawn: null },
    ]);
    expect((await timeline(business))[0]).to.deep.equal([
      'ShipmentOpened',
      false,
      [{ dispute: 'd2', status: 'withdrawn' }],
    ]);
  });

  it('finds a dispute by its name, and hands refusals on', async () => {
    const query = (who: string): string =>
      `{ dispute(ucr: "${UCR}", disputant: "${who}", dispute: "d1") { ${disputeFields} } }`;
    expect(at(fine(await business.ask(query('KRIMP01'))), 'dispute.status')).to.equal('upheld');
    expect(fine(await business.ask(query('NOBODY')))).to.deep.equal({ dispute: null });
    const stranger: Caller = { ...importer, party: 'EXPORTER', role: 'exporter' };
    const input = { ucr: UCR, event: { statement: jws }, reason: 'no party' };
    expect(codeOf(await send(business, stranger, 'raiseDispute', input))).to.equal('NOT_NAMED');
  });
});
