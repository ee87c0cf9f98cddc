/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- a test reads the members it has just asked for */
import { imageHash, scanEvent } from '@passage/domain/testing';
import { expect } from 'chai';

import type { Caller } from './auth/caller.js';
import {
  fine,
  openShipment,
  recordStatements,
  registerDevice,
  registerParty,
  settled,
} from './testing/story.js';
import { TestGateway, UCR, carrier, importer } from './testing/test-gateway.js';

/** What inspections are asked for. */
interface Asked {
  readonly status: string;
  readonly turnaround: readonly {
    readonly step: string;
    readonly seconds: number;
    readonly sinceOrder: number;
  }[];
}

/** What the timeline is asked for. */
interface Story {
  readonly trace: {
    readonly edges: readonly {
      readonly node: { readonly decision?: string; readonly inspection?: { readonly number: number } | null };
    }[];
  };
  readonly holdsInForce: readonly unknown[];
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
  let requests = 0;

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

  const act = async (
    gateway: TestGateway,
    caller: Caller,
    name: string,
    input: object,
    fields: string,
  ): Promise<{ readonly inspection?: Asked }> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    requests += 1;
    const full = { requestId: `i-${String(requests)}`, ...input };
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
    return fine(await gateway.ask(query, caller, { input: full }))[name] as { readonly inspection?: Asked };
  };
  const step = async (
    gateway: TestGateway,
    caller: Caller,
    name: string,
    input: object,
  ): Promise<unknown> => {
    const about = name === 'orderInspection' ? { ucr: UCR } : { ucr: UCR, inspection: 1 };
    const { inspection } = await act(gateway, caller, name, { ...about, ...input }, 'inspection { status }');
    return inspection?.status;
  };
  const open = async (to?: string): Promise<readonly unknown[]> => {
    const query = `{ openInspections${to === undefined ? '' : `(to: "${to}")`} { ucr number deadline status } }`;
    return fine(await customs.ask(query, officer)).openInspections as readonly unknown[];
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
    const { accepted } = fine(await recordStatements(business, [statement], carrier))['recordStatements'];
    const id = String(accepted[0].id);
    await settled(business, id);
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
    const query = `{ shipment(ucr: "${UCR}") { customs { finding } inspections { ${fields} } } }`;
    const { customs: standing, inspections } = fine(await customs.ask(query, officer)).shipment;
    expect(standing).to.deep.equal({ finding: 'non_conforming' });
    const [{ turnaround, ...inspection }] = inspections as readonly [Asked];
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
      holdsInForce { ucr number kind }
    }`;
    const { trace, holdsInForce }: Story = fine(await customs.ask(query, officer));
    const decisions = trace.edges
      .map(({ node }) => node)
      .filter(({ decision }) => decision !== undefined)
      .map(({ decision, inspection }) => [decision, inspection?.number]);
    expect(decisions).to.deep.equal([
      ['inspection_ordered', 1],
      ['inspection_judged', 1],
      ['inspection_reviewed', 1],
      ['goods_detained', undefined],
      ['inspection_disposed', 1],
    ]);
    expect(holdsInForce).to.deep.equal([{ ucr: UCR, number: 1, kind: 'detention' }]);
    const { errors } = await customs.ask('{ holdsInForce(first: 101) { number } }', officer);
    expect(errors?.[0]?.extensions).to.deep.include({ code: 'BAD_ARGUMENT' });
  });
});
