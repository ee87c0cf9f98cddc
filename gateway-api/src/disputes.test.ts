/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- a test reads the members it has just asked for */
import { readStatement } from '@passage/domain';
import { expect } from 'chai';

import type { Caller } from './auth/caller.js';
import { fine, prepared, recordStatements, registerParty, settled } from './testing/story.js';
import { TestGateway, UCR, carrier, importer } from './testing/test-gateway.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what it has just asked for
type Data = any;

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
    ({ statementId } = readStatement(jws));
    fine(await recordStatements(business, [jws]));
    await settled(business, statementId);
    customs = await (await TestGateway.open({ ledger: business.ledger, org: 'customs' })).start();
    const input = { requestId: 'o', partyId: 'OFFICER-7', name: 'Officer 7', roles: ['customs_officer'] };
    const mutation =
      'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { party { id } } }';
    fine(await customs.ask(mutation, customsAdmin, { input }));
    await registerParty(business, 'EXPORTER', 'exporter');
  });
  after(async () => {
    await customs.remove();
    await business.remove();
  });

  const act = async (gateway: TestGateway, caller: Caller, name: string, input: object): Promise<Data> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { dispute { ${disputeFields} } } }`;
    return fine(await gateway.ask(query, caller, { input }))[name].dispute;
  };

  /** Of each event of the timeline: its type, whether it is disputed, and by which disputes. */
  const timeline = async (gateway: TestGateway): Promise<Data> => {
    const query = `{ trace(ucr: "${UCR}") { edges { node { __typename id disputed disputes { dispute status } } } } }`;
    const { edges } = fine(await gateway.ask(query)).trace;
    return edges.map(({ node }: Data) => [node.__typename, node.disputed, node.disputes]);
  };

  const raised = { ucr: UCR, disputant: 'KRIMP01', dispute: 'd1' };

  it('shows a disputed statement, its dispute, and the answer of the custodian', async () => {
    const raising = { requestId: 'd1', ucr: UCR, event: { statement: jws }, reason: 'another container' };
    expect(await act(business, importer, 'raiseDispute', raising)).to.deep.equal({
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
    const answered = await act(business, carrier, 'answerDispute', answer);
    expect(answered.status).to.equal('dismissed');
    expect(answered.answer).to.deep.equal({ finding: 'dismissed', by: 'CARRIER', text: 'looked again' });
    expect((await timeline(business))[1]).to.deep.equal([
      'Observation',
      false,
      [{ dispute: 'd1', status: 'dismissed' }],
    ]);
  });

  it("lets customs' word count before the custodian's", async () => {
    const ruling = { requestId: 'r1', ...raised, finding: 'upheld', text: 'the scan shows another' };
    const ruled = await act(customs, officer, 'ruleOnDispute', ruling);
    expect(ruled.status).to.equal('upheld');
    expect(ruled.answer.finding).to.equal('dismissed');
    expect(ruled.ruling).to.deep.equal({
      finding: 'upheld',
      by: 'OFFICER-7',
      role: 'customs_officer',
      text: 'the scan shows another',
      act: { mspId: 'CustomsMSP' },
    });
    expect((await timeline(customs))[1].slice(1)).to.deep.equal([
      true,
      [{ dispute: 'd1', status: 'upheld' }],
    ]);
  });

  it('names an act as its event does, and shows a dispute that was withdrawn', async () => {
    const query = `{ shipment(ucr: "${UCR}") { act { party requestId } } }`;
    const { party, requestId } = fine(await business.ask(query)).shipment.act;
    const raising = {
      requestId: 'd2',
      ucr: UCR,
      event: { act: { by: party, requestId } },
      reason: 'not mine',
    };
    const dispute = await act(business, carrier, 'raiseDispute', raising);
    expect(dispute.disputedAct).to.deep.equal({ by: 'KRIMP01', requestId, command: 'OpenShipment' });
    const { edges } = fine(
      await business.ask(`{ trace(ucr: "${UCR}") { edges { node { id disputed } } } }`),
    ).trace;
    expect(edges[0].node).to.deep.equal({ id: dispute.eventId, disputed: true });
    await act(business, carrier, 'withdrawDispute', {
      requestId: 'w',
      ucr: UCR,
      dispute: 'd2',
      reason: 'my error',
    });
    const all = `{ shipment(ucr: "${UCR}") { disputes { disputant dispute status withdrawn { reason } } } }`;
    const { disputes } = fine(await business.ask(all)).shipment;
    expect(disputes).to.deep.equal([
      { disputant: 'CARRIER', dispute: 'd2', status: 'withdrawn', withdrawn: { reason: 'my error' } },
      { disputant: 'KRIMP01', dispute: 'd1', status: 'upheld', withdrawn: null },
    ]);
    expect((await timeline(business))[0].slice(1)).to.deep.equal([
      false,
      [{ dispute: 'd2', status: 'withdrawn' }],
    ]);
  });

  it('finds a dispute by its name, and hands refusals on', async () => {
    const query = (who: string): string =>
      `{ dispute(ucr: "${UCR}", disputant: "${who}", dispute: "d1") { ${disputeFields} } }`;
    expect(fine(await business.ask(query('KRIMP01'))).dispute.status).to.equal('upheld');
    expect(fine(await business.ask(query('NOBODY'))).dispute).to.equal(null);
    const stranger: Caller = { ...importer, party: 'EXPORTER', role: 'exporter' };
    const input = { requestId: 'x', ucr: UCR, event: { statement: jws }, reason: 'no party' };
    const mutation =
      'mutation ($input: RaiseDisputeInput!) { raiseDispute(input: $input) { receipt { block } } }';
    const { errors } = await business.ask(mutation, stranger, { input });
    expect(errors?.[0]?.extensions['code']).to.equal('NOT_NAMED');
  });
});
