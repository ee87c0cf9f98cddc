import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { at, membersAt } from '../testing/read.js';
import {
  act,
  fine,
  openShipment,
  record,
  recordStatements,
  registerDevice,
  registerParty,
  send,
} from '../testing/story.js';
import type { Answer } from '../testing/answer.js';
import { TestGateway, UCR, carrier, importer } from '../testing/test-gateway.js';

const body: Caller = { subject: 't', org: 'business', party: 'BODY', role: 'certifying_body', admin: false };
const unit = { uom: 'KGM', decimals: 3 };
const goods = { hs: '850760', hsEdition: '2022' };

describe('origin over GraphQL', () => {
  let gateway: TestGateway;
  let witness: string;

  const lot = (number: string, origin: string, quantity: number, more = {}): object => ({
    lot: `KRIMP01:${number}`,
    ...goods,
    unit,
    shares: [{ origin, quantity }],
    ...more,
  });

  before(async () => {
    gateway = await (await TestGateway.open()).start();
    await registerParty(gateway, 'KRIMP01', 'importer');
    await registerParty(gateway, 'CARRIER', 'carrier');
    await registerParty(gateway, 'BODY', 'certifying_body');
    const device = await registerDevice(gateway, carrier, 'weighbridge');
    fine(await openShipment(gateway));
    [witness = ''] = await record(gateway, [device.statement(UCR)]);
    const witnesses = [{ kid: device.kid, seq: 1 }];
    await act(gateway, importer, 'registerLot', lot('A', 'CN', 300, { witnesses }), 'lot { id }');
    await act(gateway, importer, 'registerLot', lot('B', 'VN', 100), 'lot { id }');
  });
  after(() => gateway.remove());

  it('answers where a lot comes from: shares, certificate, and the events that it rests on', async () => {
    const transformation = {
      transformation: 'KRIMP01:T',
      measure: 'KGM',
      inputs: [
        { lot: 'KRIMP01:A', quantity: 300 },
        { lot: 'KRIMP01:B', quantity: 100 },
      ],
      outputs: [{ lot: 'KRIMP01:C', ...goods, unit, quantity: 200 }],
    };
    const made = await act(
      gateway,
      importer,
      'transformLots',
      transformation,
      'transformation { inputs { lot { id remaining } shares { origin quantity of } } outputs { id } }',
    );
    expect(made['transformation']).to.deep.equal({
      inputs: [
        { lot: { id: 'KRIMP01:A', remaining: 0 }, shares: [{ origin: 'CN', quantity: 300, of: 300 }] },
        { lot: { id: 'KRIMP01:B', remaining: 0 }, shares: [{ origin: 'VN', quantity: 100, of: 100 }] },
      ],
      outputs: [{ id: 'KRIMP01:C' }],
    });
    const certificate = {
      certificate: 'BODY:CO-1',
      lot: 'KRIMP01:C',
      quantity: 150,
      finding: { origin: 'CN', criterion: 'tariff_shift', rule: { name: 'RCEP, Annex 3A', version: '2022' } },
      validUntil: '2999-01-01T00:00:00.000Z',
    };
    await act(gateway, body, 'issueCertificate', certificate, 'certificate { id }');
    const query = `{ lot(id: "KRIMP01:C") {
      shares { origin quantity of fraction remaining }
      origin {
        steps { depth lot { id witnesses } } certificates { id issuer status finding { origin criterion } }
        events complete
      }
    } }`;
    const { lot } = fine(await gateway.ask(query));
    expect(at(lot, 'shares')).to.deep.equal([
      { origin: 'CN', quantity: 150, of: 200, fraction: 0.75, remaining: 150 },
      { origin: 'VN', quantity: 50, of: 200, fraction: 0.25, remaining: 50 },
    ]);
    const { steps, certificates, events, complete } = membersAt(lot, 'origin');
    expect(steps).to.deep.equal([
      { depth: 0, lot: { id: 'KRIMP01:C', witnesses: [] } },
      { depth: 1, lot: { id: 'KRIMP01:A', witnesses: [witness] } },
      { depth: 1, lot: { id: 'KRIMP01:B', witnesses: [] } },
    ]);
    expect(certificates).to.deep.equal([
      {
        id: 'BODY:CO-1',
        issuer: 'BODY',
        status: 'valid',
        finding: { origin: 'CN', criterion: 'tariff_shift' },
      },
    ]);
    // Two lots were registered, one was made by the transformation, and one certificate was issued.
    expect(events).to.have.length(5);
    expect(events).to.include(witness);
    expect(complete).to.equal(true);
  });

  it('takes a transformation from a device of the holder, and rests the answer on its statement', async () => {
    await act(gateway, importer, 'registerLot', lot('W', 'KR', 80), 'lot { id }');
    const [wheat, flour] = ['urn:epc:class:lgtin:4012345.012345.W', 'urn:epc:class:lgtin:4012345.054321.F'];
    const plant = await registerDevice(gateway, importer, 'business_system');
    const event = {
      type: 'TransformationEvent',
      action: undefined,
      epcList: undefined,
      bizTransactionList: undefined,
      inputQuantityList: [{ epcClass: wheat, quantity: 0.08, uom: 'KGM' }],
      outputQuantityList: [{ epcClass: flour, quantity: 0.06, uom: 'KGM' }],
      'psg:transformation': {
        transformation: 'KRIMP01:T-W',
        measure: 'KGM',
        inputs: [{ epcClass: wheat, lot: 'KRIMP01:W' }],
        outputs: [{ epcClass: flour, lot: 'KRIMP01:F', ...goods, unit }],
      },
    };
    const [id] = await record(gateway, [plant.statement(UCR, event)]);
    const query = `{ lot(id: "KRIMP01:F") {
      quantity shares { origin quantity } transformation { statement inputs { lot { remaining } } }
      origin { events complete }
    } }`;
    const { lot: made } = fine(await gateway.ask(query));
    expect(made).to.deep.include({
      quantity: 60,
      shares: [{ origin: 'KR', quantity: 60 }],
      transformation: { statement: id, inputs: [{ lot: { remaining: 0 } }] },
    });
    // The registration of the wheat, and the statement.
    expect(at(made, 'origin.events')).to.have.length(2).and.to.include(id);
    const again = plant.statement(UCR, event);
    const second = await recordStatements(gateway, [again]);
    expect(at(second, 'refused.0')).to.include({
      code: 'TRANSFORMATION_EXISTS',
      pointer: '/payload/psg:transformation',
    });
  });

  it('says when the way back goes on beyond the depth that was asked for', async () => {
    const ask = async (depth: number): Promise<Answer> =>
      gateway.ask(
        `{ lot(id: "KRIMP01:C") { origin(depth: ${String(depth)}) { steps { depth } complete } } }`,
      );
    expect(at(fine(await ask(0)), 'lot.origin')).to.deep.equal({ steps: [{ depth: 0 }], complete: false });
    expect((await ask(51)).errors?.[0]?.extensions).to.include({ code: 'BAD_ARGUMENT' });
  });

  it("shows of a shipment what went with it, under which certificate, and stops a suspended one's draw-down", async () => {
    const draw = { certificate: 'BODY:CO-1', ucr: UCR, quantity: 40 };
    await act(gateway, importer, 'drawDownCertificate', draw, 'drawdown { number }');
    const change = { certificate: 'BODY:CO-1', reason: 'compromised device' };
    const suspended = await act(
      gateway,
      body,
      'suspendCertificate',
      change,
      'certificate { status remaining changed { reason } }',
    );
    expect(suspended['certificate']).to.deep.equal({
      status: 'suspended',
      remaining: 110,
      changed: { reason: 'compromised device' },
    });
    const { errors } = await send(gateway, importer, 'drawDownCertificate', draw, 'drawdown { number }');
    expect(errors?.[0]?.extensions).to.include({ code: 'CERTIFICATE_NOT_VALID' });
    await act(gateway, body, 'resumeCertificate', change, 'certificate { status }');
    await act(
      gateway,
      importer,
      'shipLot',
      { lot: 'KRIMP01:C', ucr: UCR, quantity: 10 },
      'drawdown { number }',
    );
    const query = `{ shipment(ucr: "${UCR}") { drawdowns { nodes {
      number quantity shares { origin quantity } lot { id remaining } certificate { id remaining }
    } } } }`;
    const { shipment } = fine(await gateway.ask(query));
    expect(at(shipment, 'drawdowns.nodes')).to.deep.equal([
      {
        number: 1,
        quantity: 40,
        shares: [
          { origin: 'CN', quantity: 30 },
          { origin: 'VN', quantity: 10 },
        ],
        lot: { id: 'KRIMP01:C', remaining: 150 },
        certificate: { id: 'BODY:CO-1', remaining: 110 },
      },
      {
        number: 2,
        quantity: 10,
        shares: [
          { origin: 'CN', quantity: 8 },
          { origin: 'VN', quantity: 2 },
        ],
        lot: { id: 'KRIMP01:C', remaining: 150 },
        certificate: null,
      },
    ]);
    const withdrawn = await act(
      gateway,
      body,
      'withdrawCertificate',
      change,
      'certificate { status lot { certified } }',
    );
    expect(withdrawn['certificate']).to.deep.equal({ status: 'withdrawn', lot: { certified: 40 } });
  });

  it('passes a lot on once the other has accepted it, and shows the offer', async () => {
    await act(gateway, importer, 'registerLot', lot('G', 'KR', 10), 'lot { id }');
    const offer = { lot: 'KRIMP01:G', to: 'CARRIER' };
    const open = await act(
      gateway,
      importer,
      'offerLot',
      offer,
      'lot { holder offer { to status closedAt } }',
    );
    expect(open['lot']).to.deep.equal({
      holder: 'KRIMP01',
      offer: { to: 'CARRIER', status: 'open', closedAt: null },
    });
    const rejected = await act(
      gateway,
      carrier,
      'rejectLot',
      { lot: 'KRIMP01:G', reason: 'not mine' },
      'lot { holder offer { status reason } }',
    );
    expect(rejected['lot']).to.deep.equal({
      holder: 'KRIMP01',
      offer: { status: 'rejected', reason: 'not mine' },
    });
    await act(gateway, importer, 'offerLot', offer, 'lot { id }');
    const taken = await act(
      gateway,
      carrier,
      'acceptLot',
      { lot: 'KRIMP01:G' },
      'lot { holder offer { status } }',
    );
    expect(taken['lot']).to.deep.equal({ holder: 'CARRIER', offer: { status: 'accepted' } });
  });

  it('carries out draw-downs of one certificate that are asked for at once, one after another', async () => {
    const certificate = {
      certificate: 'BODY:CO-2',
      lot: 'KRIMP01:C',
      quantity: 90,
      finding: { origin: 'CN', criterion: 'tariff_shift', rule: { name: 'RCEP, Annex 3A', version: '2022' } },
      validUntil: '2999-01-01T00:00:00.000Z',
    };
    await act(gateway, body, 'issueCertificate', certificate, 'certificate { id }');
    const draw = { certificate: 'BODY:CO-2', ucr: UCR, quantity: 20 };
    const answers = await Promise.all(
      [1, 2, 3].map(() => send(gateway, importer, 'drawDownCertificate', draw, 'drawdown { number }')),
    );
    expect(answers.map(({ errors }) => errors)).to.deep.equal([undefined, undefined, undefined]);
    expect(
      answers.map((answer) => Number(at(fine(answer), 'drawDownCertificate.drawdown.number'))).sort(),
    ).to.deep.equal([3, 4, 5]);
    const left = fine(await gateway.ask('{ certificate(id: "BODY:CO-2") { remaining } }'));
    expect(at(left, 'certificate.remaining')).to.equal(30);
  });
});
