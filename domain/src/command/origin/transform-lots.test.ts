import { expect } from 'chai';
import { keys } from '../../state/keys.js';
import { partyCaller } from '../../testing/index.js';
import { blend, fromA, fromB, toC, withLots } from '../../testing/lot-stage.js';

const seller = partyCaller('SELLER1');

describe('TransformLots', () => {
  it('writes the transformation, what it drew on and what it made', () => {
    const world = withLots();
    const { writes } = world.play(seller, 'TransformLots', blend);
    expect(writes).to.deep.equal([
      'lot/SELLER1:A',
      'lot/SELLER1:B',
      'lot/SELLER1:C',
      'request/SELLER1/t1',
      'transformation/SELLER1:T1',
    ]);
    expect(world.get(keys.lot('SELLER1:C'))).to.deep.include({
      holder: 'SELLER1',
      quantity: 600,
      transformation: 'SELLER1:T1',
      shares: [
        { origin: 'CN', quantity: 400, remaining: 400 },
        { origin: 'VN', quantity: 200, remaining: 200 },
      ],
    });
    expect(world.get(keys.lot('SELLER1:B'))?.remaining).to.equal(0);
    expect(world.get(keys.lot('SELLER1:A'))?.remaining).to.equal(750);
    expect(world.get(keys.transformation('SELLER1:T1'))).to.deep.equal({
      v: 1,
      transformation: 'SELLER1:T1',
      by: 'SELLER1',
      measure: 'KGM',
      conversions: [],
      inputs: [
        { lot: 'SELLER1:B', quantity: 500, shares: [{ origin: 'CN', quantity: 500 }] },
        { lot: 'SELLER1:A', quantity: 250, shares: [{ origin: 'VN', quantity: 250 }] },
      ],
      outputs: ['SELLER1:C'],
      at: world.now(),
    });
  });

  it('refuses what would make goods out of nothing, or out of what is not there', () => {
    const world = withLots();
    for (const [changes, code] of [
      [{ outputs: [{ ...toC, quantity: 751 }] }, 'OUTPUT_EXCEEDS_INPUT'],
      [{ inputs: [fromB, { ...fromA, quantity: 1001 }] }, 'QUANTITY_EXCEEDED'],
      [{ inputs: [fromB, fromB] }, 'INVALID_FIELD'],
      [{ outputs: [toC, toC] }, 'INVALID_FIELD'],
      [{ conversions: [{ uom: 'KGM', numerator: 2, denominator: 1 }] }, 'INVALID_FIELD'],
      [{ inputs: [{ lot: 'SELLER1:Z', quantity: 1 }] }, 'LOT_UNKNOWN'],
      [{ outputs: [{ ...toC, lot: 'SELLER1:A' }] }, 'LOT_EXISTS'],
      [{ outputs: [{ ...toC, lot: 'IMPORTER1:A' }] }, 'ID_NOT_YOURS'],
      [{ transformation: 'IMPORTER1:T' }, 'ID_NOT_YOURS'],
      [{ measure: 'LTR' }, 'UNIT_NOT_CONVERTIBLE'],
      [{ inputs: [] }, 'INVALID_FIELD'],
    ] as const) {
      const refusal = world.refusal(seller, 'TransformLots', { ...blend, ...changes });
      expect(refusal.code, JSON.stringify(changes)).to.equal(code);
    }
    world.play(seller, 'TransformLots', blend);
    const again = { ...blend, requestId: 't2', outputs: [{ ...toC, lot: 'SELLER1:D' }] };
    expect(world.refusal(seller, 'TransformLots', again).code).to.equal('TRANSFORMATION_EXISTS');
    const more = { ...again, transformation: 'SELLER1:T2' };
    expect(world.refusal(seller, 'TransformLots', more).code).to.equal('QUANTITY_EXCEEDED');
  });
});
