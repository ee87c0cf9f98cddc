import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../../errors/passage-error.js';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import {
  certifier,
  partyCaller,
  registerCertifier,
  shipmentInput,
  testUcr,
  TestWorld,
} from '../../testing/index.js';
import { goods, lot } from '../../testing/lot-stage.js';
import { whileHeld } from '../../testing/held-goods.js';

const [importer, seller, body] = [partyCaller('IMPORTER1'), partyCaller('SELLER1'), certifier];
const id = 'CERTIFIER1:CO-1';
const finding = {
  origin: 'VN',
  criterion: 'wholly_obtained',
  rule: { name: 'RCEP, Annex 3A', version: '2022' },
};
const facts = {
  certificate: id,
  lot: 'SELLER1:A',
  quantity: 600,
  finding,
  validUntil: '2026-06-01T00:00:00.000Z',
};
const issue = { requestId: 'c1', ...facts };
const draw = { requestId: 'dd1', certificate: id, ucr: testUcr, quantity: 250 };
const change = { requestId: 'ch', certificate: id, reason: 'a doubt' };

/** The test shipment, and a lot of its seller's. */
function withLot(): TestWorld {
  const world = TestWorld.started();
  world.play(registerCertifier.caller, registerCertifier.name, registerCertifier.input);
  world.play(importer, 'OpenShipment', shipmentInput());
  world.play(seller, 'RegisterLot', lot('A'));
  return world;
}

function issued(changes: JsonObject = {}): TestWorld {
  const world = withLot();
  world.play(body, 'IssueCertificate', { ...issue, ...changes });
  return world;
}

describe('IssueCertificate', () => {
  it('records the finding, and how much of the lot is under certificates', () => {
    const world = withLot();
    const { writes } = world.play(body, 'IssueCertificate', issue);
    expect(writes).to.deep.equal([`certificate/${id}`, 'lot/SELLER1:A', 'request/CERTIFIER1/c1']);
    expect(world.get(keys.certificate(id))).to.deep.equal({
      v: 1,
      ...facts,
      ...goods,
      unit: { uom: 'KGM', decimals: 3 },
      remaining: 600,
      status: 'valid',
      issuedAt: world.now(),
    });
    expect(world.get(keys.lot('SELLER1:A'))).to.include({ certified: 600, remaining: 1000 });
  });

  it('is for certifying bodies, under numbers of their own', () => {
    const world = issued();
    expect(world.refusal(seller, 'IssueCertificate', issue).code).to.equal('ROLE_NOT_HELD');
    for (const [changes, code] of [
      [{ certificate: 'SELLER1:1' }, 'ID_NOT_YOURS'],
      [{}, 'CERTIFICATE_EXISTS'],
      [{ certificate: 'CERTIFIER1:2', lot: 'SELLER1:Z' }, 'LOT_UNKNOWN'],
      [{ certificate: 'CERTIFIER1:2', document: 'SELLER1:D' }, 'DOCUMENT_UNKNOWN'],
      [{ certificate: 'CERTIFIER1:2', validUntil: '2026-01-01T00:00:00.000Z' }, 'INVALID_FIELD'],
      [{ certificate: 'CERTIFIER1:2', quantity: 401 }, 'OVER_CLAIM'],
      [{ certificate: 'CERTIFIER1:2', quantity: 1, finding: { ...finding, origin: 'KR' } }, 'OVER_CLAIM'],
      [{ certificate: 'CERTIFIER1:2', finding: { ...finding, criterion: 'feeling' } }, 'INVALID_FIELD'],
    ] as const) {
      const refusal = world.refusal(body, 'IssueCertificate', { ...issue, requestId: 'c2', ...changes });
      expect(refusal.code, JSON.stringify(changes)).to.equal(code);
    }
  });

  it('finds by value on values that are committed to, and by tariff shift in a blend', () => {
    const world = withLot();
    const mixed = [
      { origin: 'VN', quantity: 10 },
      { origin: 'CN', quantity: 90 },
    ];
    world.play(seller, 'RegisterLot', lot('M', { shares: mixed }));
    const about = { ...issue, lot: 'SELLER1:M', quantity: 100 };
    expect(world.refusal(body, 'IssueCertificate', about).code).to.equal('OVER_CLAIM');
    const byValue = { ...about, finding: { ...finding, criterion: 'value' } };
    expect(world.refusal(body, 'IssueCertificate', byValue).code).to.equal('INVALID_FIELD');
    const commitments = [{ field: 'exWorksPrice', commitment: 'A'.repeat(43) }];
    world.play(body, 'IssueCertificate', { ...byValue, quantity: 40, commitments });
    expect(world.get(keys.certificate(id))?.commitments).to.deep.equal(commitments);
    const byShift = {
      ...about,
      requestId: 'c2',
      certificate: 'CERTIFIER1:CO-2',
      quantity: 60,
      finding: { ...finding, criterion: 'tariff_shift' },
    };
    expect(world.play(body, 'IssueCertificate', byShift).writes).to.have.length(3);
  });
});

describe('DrawDownCertificate', () => {
  it('takes goods out of certificate and lot, and ties them to the consignment', () => {
    const world = issued();
    const { writes, reads, response } = world.play(seller, 'DrawDownCertificate', draw);
    expect(writes).to.deep.equal([
      `certificate/${id}`,
      'drawdown/SELLER1:A/1',
      'lot/SELLER1:A',
      'request/SELLER1/dd1',
    ]);
    expect(reads).to.include('lot/SELLER1:A');
    expect(response['result']).to.deep.equal({
      lot: 'SELLER1:A',
      number: 1,
      certificate: id,
      ucr: testUcr,
    });
    expect(world.get(keys.certificate(id))?.remaining).to.equal(350);
    expect(world.get(keys.lot('SELLER1:A'))).to.include({ remaining: 750, shipped: 1, certified: 600 });
    expect(world.get(keys.drawdown('SELLER1:A', 1))).to.deep.include({ certificate: id, quantity: 250 });
  });

  it('is refused while the consignment is held, and goes on when the hold is lifted', () => {
    const world = issued();
    const refusal = whileHeld(world, () => world.refusal(seller, 'DrawDownCertificate', draw));
    expect(refusal.code).to.equal('GOODS_HELD');
    world.play(seller, 'DrawDownCertificate', draw);
  });

  it('is refused beyond what certificate or lot has left, and to others than the holder', () => {
    const world = issued();
    const whole = issued();
    whole.play(seller, 'DrawDownCertificate', { ...draw, quantity: 600 });
    expect(whole.get(keys.certificate(id))?.remaining).to.equal(0);
    const tooMuch = world.refusal(seller, 'DrawDownCertificate', { ...draw, quantity: 601 });
    expect(tooMuch.code).to.equal('QUANTITY_EXCEEDED');
    expect(tooMuch.details).to.deep.equal({ id, remaining: 600, asked: 601 });
    expect(world.refusal(importer, 'DrawDownCertificate', draw).code).to.equal('NOT_HOLDER');
    const unknown = { ...draw, certificate: 'CERTIFIER1:NONE' };
    expect(world.refusal(seller, 'DrawDownCertificate', unknown).code).to.equal('CERTIFICATE_UNKNOWN');
    const shipping = { requestId: 's', lot: 'SELLER1:A', ucr: testUcr, quantity: 800 };
    world.play(seller, 'ShipLot', shipping);
    const gone = world.refusal(seller, 'DrawDownCertificate', draw);
    expect(gone.details).to.deep.equal({ id: 'SELLER1:A', remaining: 200, asked: 250 });
  });

  it('is refused while suspended, after withdrawal, and after the last day', () => {
    const world = issued();
    world.play(body, 'SuspendCertificate', change);
    expect(world.refusal(seller, 'DrawDownCertificate', draw).details).to.include({ status: 'suspended' });
    world.play(body, 'ResumeCertificate', { ...change, requestId: 'ch2' });
    world.play(seller, 'DrawDownCertificate', draw);
    world.play(body, 'WithdrawCertificate', { ...change, requestId: 'ch3' });
    const again = { ...draw, requestId: 'dd2' };
    expect(world.refusal(seller, 'DrawDownCertificate', again).details).to.include({ status: 'withdrawn' });
    const short = issued({ validUntil: '2026-01-01T00:15:00.000Z' });
    while (short.now() < '2026-01-01T00:14:00.000Z') short.play(body, 'GetLedger', {});
    const late = short.refusal(seller, 'DrawDownCertificate', draw);
    expect(late.code).to.equal('CERTIFICATE_NOT_VALID');
    expect(late.details).to.include({ status: 'expired' });
  });
});

describe('the life of a certificate', () => {
  it('follows its states, by the word of the body that issued it', () => {
    const world = issued();
    const step = (name: string, requestId: string): string => {
      try {
        world.play(body, `${name}Certificate`, { ...change, requestId });
        return world.get(keys.certificate(id))?.status ?? '';
      } catch (error) {
        return error instanceof PassageError ? error.code : String(error);
      }
    };
    expect(step('Resume', '1')).to.equal('CERTIFICATE_STATUS');
    expect(step('Suspend', '2')).to.equal('suspended');
    expect(step('Suspend', '3')).to.equal('CERTIFICATE_STATUS');
    expect(step('Resume', '4')).to.equal('valid');
    expect(step('Withdraw', '5')).to.equal('withdrawn');
    for (const name of ['Suspend', 'Resume', 'Withdraw'])
      expect(step(name, `6-${name}`)).to.equal('CERTIFICATE_STATUS');
    expect(world.get(keys.certificate(id))?.changed).to.include({ by: 'CERTIFIER1', reason: 'a doubt' });
    const unknown = { ...change, certificate: 'CERTIFIER1:NONE' };
    expect(world.refusal(body, 'SuspendCertificate', unknown).code).to.equal('CERTIFICATE_UNKNOWN');
    const stranger = { ...change, certificate: 'SELLER1:1' };
    expect(world.refusal(body, 'WithdrawCertificate', stranger).code).to.equal('ID_NOT_YOURS');
  });

  it('frees what was not drawn down when it is withdrawn, and no more', () => {
    const world = issued();
    world.play(seller, 'DrawDownCertificate', draw);
    const { writes } = world.play(body, 'WithdrawCertificate', change);
    expect(writes).to.deep.equal([`certificate/${id}`, 'lot/SELLER1:A', 'request/CERTIFIER1/ch']);
    expect(world.get(keys.lot('SELLER1:A'))?.certified).to.equal(250);
    const next = { ...issue, requestId: 'c2', certificate: 'CERTIFIER1:CO-2', quantity: 751 };
    expect(world.refusal(body, 'IssueCertificate', next).code).to.equal('OVER_CLAIM');
    expect(world.play(body, 'IssueCertificate', { ...next, quantity: 750 }).writes).to.have.length(3);
  });
});

describe('lots and certificates together', () => {
  it('never claim, use up or ship more than there was, whatever is asked in whatever order', () => {
    const quantity = fc.integer({ min: 1, max: 700 });
    const asked = fc.array(
      fc.oneof(
        fc.record({ name: fc.constant('ShipLot'), lot: fc.constant('SELLER1:A'), quantity }),
        fc.record({
          name: fc.constant('IssueCertificate'),
          number: fc.integer({ min: 1, max: 3 }),
          quantity,
        }),
        fc.record({
          name: fc.constantFrom('DrawDownCertificate', 'WithdrawCertificate', 'SuspendCertificate'),
          number: fc.integer({ min: 1, max: 3 }),
          quantity,
        }),
      ),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(asked, (all) => {
        const world = withLot();
        let [shipped, drawn] = [0, 0];
        for (const [index, one] of all.entries()) {
          const certificate = `CERTIFIER1:${'number' in one ? String(one.number) : ''}`;
          const requestId = `r${String(index)}`;
          const inputs: Readonly<Record<string, JsonObject>> = {
            ShipLot: { requestId, lot: 'SELLER1:A', ucr: testUcr, quantity: one.quantity },
            IssueCertificate: { ...issue, requestId, certificate, quantity: one.quantity },
            DrawDownCertificate: { requestId, certificate, ucr: testUcr, quantity: one.quantity },
          };
          const input = inputs[one.name] ?? { requestId, certificate, reason: 'x' };
          const caller = ['ShipLot', 'DrawDownCertificate'].includes(one.name) ? seller : body;
          try {
            world.play(caller, one.name, input);
          } catch (error) {
            if (error instanceof PassageError) continue;
            throw error;
          }
          if (caller === seller) shipped += one.quantity;
          if (one.name === 'DrawDownCertificate') drawn += one.quantity;
        }
        const record = world.get(keys.lot('SELLER1:A'));
        expect(record?.remaining).to.equal(1000 - shipped);
        expect(record?.certified).to.be.within(drawn, 1000);
      }),
      { numRuns: 60 },
    );
  });
});
