import { imageHash, scanEvent } from '@passage/domain/testing';
import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, listAt, membersAt, nodesOf } from '../testing/read.js';
import { act, codeOf, fine, openShipment, record, registerDevice, registerParty } from '../testing/story.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

/** What inspections are asked for. */
interface Asked {
  readonly status: string;
  readonly turnaround: readonly {
    readonly step: string;
    readonly seconds: number;
    readonly sinceOrder: number;
  }[];
}

const unit = 'container:CSQU3054383';
const customsAdmin: Caller = { subject: 't', org: 'customs', admin: true };
const [officer, colleague] = ['OFFICER-7', 'OFFICER-8'].map((party): Caller => ({
  subject: 't',
  org: 'customs',
  party,
  role: 'customs_officer',
  admin: false,
})) as [Caller, Caller];

/** The carrier carries out what customs orders: one gateway for each, on one ledger. */
describe('inspections over GraphQL', () => {
  let business: TestGateway;
  let customs: TestGateway;

  before(async () => {
    business = await (await TestGateway.open()).start();
    customs = await (await TestGateway.open({ ledger: business.ledger, org: 'customs' })).start();
    await registerParty(business, importer.party ?? '', 'importer');
    await registerParty(business, carrier.party ?? '', 'carrier');
    fine(await openShipment(business));
    for (const partyId of ['OFFICER-7', 'OFFICER-8']) {
      const officerInput = { partyId, name: 'An officer', roles: ['customs_officer'] };
      await act(customs, customsAdmin, 'registerParty', officerInput, 'receipt { block }');
    }
  });
  after(async () => {
    await customs.remove();
    await business.remove();
  });

  const step = async (
    gateway: TestGateway,
    caller: Caller,
    name: string,
    input: object,
  ): Promise<unknown> => {
    const about = name === 'orderInspection' ? { ucr: UCR } : { ucr: UCR, inspection: 1 };
    const { inspection } = await act(gateway, caller, name, { ...about, ...input }, 'inspection { status }');
    return at(inspection, 'status');
  };
  const open = async (to?: string): Promise<readonly unknown[]> => {
    const query = `{ openInspections${to === undefined ? '' : `(to: "${to}")`} { nodes { ucr number deadline status } } }`;
    return listAt(fine(await customs.ask(query, officer)), 'openInspections.nodes');
  };

  it('go from order to disposition, and show each step', async () => {
    const scanner = await registerDevice(business, carrier, 'xray_scanner');
    const deadline = new Date(Date.now() + 86_400_000).toISOString();
    const order = { kind: 'scan', to: carrier.party, deadline, legalBasis: 'art. 188' };
    expect(await step(customs, officer, 'orderInspection', order)).to.equal('ordered');
    expect(await open()).to.deep.equal([{ ucr: UCR, number: 1, deadline, status: 'ordered' }]);
    expect(await open(importer.party)).to.deep.equal([]);
    expect(await step(business, carrier, 'answerInspection', { answer: 'acknowledged' })).to.equal(
      'acknowledged',
    );
    expect(await open(carrier.party)).to.have.length(1);
    expect(await step(customs, officer, 'chooseUnits', { units: [unit] })).to.equal('chosen');

    const { epcList, sensorElementList } = scanEvent();
    const statement = scanner.statement(UCR, { epcList, sensorElementList });
    const [id] = await record(business, [statement], carrier);
    expect(await step(business, carrier, 'anchorImage', { unit, statement })).to.equal('imaged');
    const model = { id: 'cargo-net', version: '4.1' };
    const reading = { image: imageHash, model, result: 'non_conforming' };
    expect(await step(customs, officer, 'recordReading', reading)).to.equal('read');
    const opinion = (result: string): object => ({ result, reason: 'density' });
    expect(await step(customs, officer, 'judgeInspection', opinion('conforming'))).to.equal('disputed');
    expect(await step(customs, colleague, 'reviewInspection', opinion('non_conforming'))).to.equal(
      'reviewed',
    );
    const hold = { ucr: UCR, legalBasis: 'art. 198' };
    await act(customs, officer, 'detainGoods', hold, 'hold { number }');
    const disposition = { disposition: 'detain', hold: 1 };
    expect(await step(customs, colleague, 'disposeInspection', disposition)).to.equal('disposed');
    expect(await open()).to.deep.equal([]);

    const fields = `number kind status to result ordered { response legalBasis }
      answer { answer by act { party } } choice { units } images { unit sha256 uff statement seq by }
      readings { image model { id version } result } verdict { result by } review { result by }
      outcome { disposition hold response by } turnaround { step by seconds sinceOrder }`;
    const query = `{ shipment(ucr: "${UCR}") { customs { finding } inspections { nodes { ${fields} } } } }`;
    const answer = fine(await customs.ask(query, officer));
    const { customs: standing, inspections } = membersAt(answer, 'shipment');
    expect(standing).to.deep.equal({ finding: 'non_conforming' });
    const [{ turnaround, ...inspection }] = listAt(inspections, 'nodes') as readonly [Asked];
    expect(inspection).to.deep.equal({
      number: 1,
      kind: 'scan',
      status: 'disposed',
      to: carrier.party,
      result: 'non_conforming',
      ordered: { response: '5', legalBasis: 'art. 188' },
      answer: { answer: 'acknowledged', by: carrier.party, act: { party: carrier.party } },
      choice: { units: [unit] },
      images: [{ unit, sha256: imageHash, uff: '2.0.0', statement: id, seq: 1, by: carrier.party }],
      readings: [{ image: imageHash, model, result: 'non_conforming' }],
      verdict: { result: 'conforming', by: 'OFFICER-7' },
      review: { result: 'non_conforming', by: 'OFFICER-8' },
      outcome: { disposition: 'detain', hold: 1, response: '7', by: 'OFFICER-8' },
    });
    const steps = ['ordered', 'acknowledged', 'chosen', 'imaged', 'read', 'judged', 'reviewed', 'disposed'];
    expect(turnaround.map((each) => each.step)).to.deep.equal(steps);
    expect(turnaround.every((each) => each.seconds >= 0 && each.sinceOrder >= each.seconds)).to.equal(true);
  });

  it('stand in the timeline, and the detention in the queue of holds', async () => {
    const query = `{
      trace(ucr: "${UCR}") { edges { node { ... on CustomsDecision { decision inspection { number } } } } }
      holdsInForce { nodes { ucr number kind } }
    }`;
    const { trace, holdsInForce } = fine(await customs.ask(query, officer));
    const decisions = nodesOf(trace)
      .filter((node) => 'decision' in Object(node))
      .map((node) => [at(node, 'decision'), at(node, 'inspection')]);
    expect(decisions).to.deep.equal([
      ['inspection_ordered', { number: 1 }],
      ['inspection_judged', { number: 1 }],
      ['inspection_reviewed', { number: 1 }],
      ['goods_detained', null],
      ['inspection_disposed', { number: 1 }],
    ]);
    expect(at(holdsInForce, 'nodes')).to.deep.equal([{ ucr: UCR, number: 1, kind: 'detention' }]);
    const answer = await customs.ask('{ holdsInForce(first: 101) { nodes { number } } }', officer);
    expect(codeOf(answer)).to.equal('BAD_ARGUMENT');
  });
});
