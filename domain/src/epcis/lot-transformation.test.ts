import { expect } from 'chai';
import { bareEventViolations } from './event-violations.js';
import { countIn, quantitiesIn, readLotTransformation } from './lot-transformation.js';
import { psgContext } from './psg.js';
import type { JsonObject, JsonValue } from '../json/value.js';

const goods = { hs: '847130', hsEdition: '2017', unit: { uom: 'KGM', decimals: 3 } };
const classOf = (lot: string): string => `urn:epc:class:lgtin:4012345.012345.${lot}`;
const input = (lot: string): JsonObject => ({ epcClass: classOf(lot), lot: `SELLER1:${lot}` });
const output = (lot: string): JsonObject => ({ ...input(lot), ...goods });
const quantity = (lot: string): JsonObject => ({ epcClass: classOf(lot), quantity: 1.5, uom: 'KGM' });

/** An event by which `inputs` become `outputs`, changed by `changes`. */
function event(inputs: readonly string[], outputs: readonly string[], changes: JsonObject = {}): JsonObject {
  return {
    '@context': psgContext,
    type: 'TransformationEvent',
    eventTime: '2026-01-31T12:00:00Z',
    eventTimeZoneOffset: '+09:00',
    inputQuantityList: inputs.map(quantity),
    outputQuantityList: outputs.map(quantity),
    'psg:transformation': {
      transformation: 'SELLER1:T1',
      measure: 'KGM',
      inputs: inputs.map(input),
      outputs: outputs.map(output),
    },
    ...changes,
  };
}

const faults = (value: JsonObject): readonly string[] =>
  bareEventViolations(value).map(({ pointer, message }) => `${pointer} ${message}`);

const LOTS = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `L${String(index)}`);
const SIDE = '/psg:transformation';

describe('a transformation of lots, as an event says it', () => {
  it('has 1 to 20 lots on each side', () => {
    for (const [inputs, outputs] of [
      [1, 1],
      [20, 20],
    ] as const)
      expect(faults(event(LOTS(inputs), LOTS(outputs)))).to.deep.equal([]);
    for (const [inputs, outputs, side] of [
      [21, 1, 'inputs'],
      [1, 21, 'outputs'],
    ] as const)
      expect(faults(event(LOTS(inputs), LOTS(outputs))).map((fault) => fault.split(' ')[0])).to.deep.equal([
        `${SIDE}/${side}`,
      ]);
    const none = event(['A'], ['B'], {
      'psg:transformation': { transformation: 'SELLER1:T1', measure: 'KGM', inputs: [], outputs: [] },
    });
    expect(faults(none).map((fault) => fault.split(' ')[0])).to.deep.equal([
      `${SIDE}/inputs`,
      `${SIDE}/outputs`,
    ]);
  });

  it('is read where it is in good form, and is none elsewhere', () => {
    const good = event(['A'], ['B']);
    const { 'psg:transformation': stated, ...plain } = good;
    expect(readLotTransformation(good)).to.deep.equal(stated);
    expect(readLotTransformation(plain)).to.equal(undefined);
    for (const bad of [{}, [], null, 'T1', { ...(stated as JsonObject), more: 1 }])
      expect(readLotTransformation({ ...plain, 'psg:transformation': bad })).to.equal(undefined);
    const noUri = { inputs: [{ epcClass: 'no uri', lot: 'SELLER1:A' }] };
    expect(
      readLotTransformation({
        ...plain,
        'psg:transformation': { ...(stated as JsonObject), ...noUri },
      }),
    ).to.equal(undefined);
  });

  it('names no single things, coming in or going out', () => {
    for (const name of ['inputEPCList', 'outputEPCList']) {
      expect(faults(event(['A'], ['B'], { [name]: ['urn:epc:id:sgtin:0614141.107346.1'] }))).to.deep.equal([
        `/${name} names single things: a transformation of lots has none`,
      ]);
      expect(
        faults(event(['A'], ['B'], { [name]: [] })).filter((fault) => fault.includes('single')),
      ).to.deep.equal([]);
    }
  });

  it('has one quantity for each lot, on its own side', () => {
    const missing = (name: string, side: string, index: number): string =>
      `${SIDE}/${side}/${String(index)}/epcClass must stand once there, and once with a quantity in ${name}`;
    const strange = (name: string, side: string, index: number): string =>
      `/${name}/${String(index)} stands for no lot of ${SIDE}/${side}`;
    for (const [name, side, others] of [
      ['inputQuantityList', 'inputs', ['A', 'B']],
      ['outputQuantityList', 'outputs', ['C', 'D']],
    ] as const) {
      const [one, other] = others;
      const withQuantities = (...lots: readonly string[]): readonly string[] =>
        faults(event(['A', 'B'], ['C', 'D'], { [name]: lots.map(quantity) }));
      expect(withQuantities(other, one)).to.deep.equal([]);
      expect(withQuantities(one)).to.deep.equal([missing(name, side, 1)]);
      expect(withQuantities(one, one, other)).to.deep.equal([missing(name, side, 0)]);
      expect(withQuantities(one, other, 'X')).to.deep.equal([strange(name, side, 2)]);
    }
    const twice = {
      transformation: 'SELLER1:T1',
      measure: 'KGM',
      inputs: [input('A'), { ...input('A'), lot: 'SELLER1:Z' }],
      outputs: [output('B')],
    };
    expect(faults(event(['A'], ['B'], { 'psg:transformation': twice }))).to.deep.equal([
      missing('inputQuantityList', 'inputs', 0),
      missing('inputQuantityList', 'inputs', 1),
    ]);
  });

  it('counts each lot that it makes in a unit of its own', () => {
    const pieces = { uom: 'C62', decimals: 0 };
    const stated = {
      transformation: 'SELLER1:T1',
      measure: 'KGM',
      inputs: [input('A')],
      outputs: [output('B'), { ...output('C'), unit: pieces }],
    };
    const outputQuantityList = [quantity('B'), { epcClass: classOf('C'), quantity: 4 }];
    expect(faults(event(['A'], [], { outputQuantityList, 'psg:transformation': stated }))).to.deep.equal([]);
  });

  it('counts what it makes in the unit of the lot, as finely as that', () => {
    const made = (changes: JsonObject): readonly string[] =>
      faults(event(['A'], ['B'], { outputQuantityList: [{ ...quantity('B'), ...changes }] }));
    expect(made({ quantity: 0.001 })).to.deep.equal([]);
    expect(made({ quantity: 0.0011 })).to.deep.equal([
      '/outputQuantityList/0/quantity must have at most 3 decimals, as the lot is counted',
    ]);
    expect(made({ uom: 'GRM' })).to.deep.equal([
      '/outputQuantityList/0/uom must be KGM, as the lot is counted',
    ]);
  });
});

describe('quantitiesIn', () => {
  it('gives the quantities that are stated, with their places', () => {
    const list: JsonValue = [
      quantity('A'),
      5,
      { epcClass: classOf('B') },
      { quantity: 1 },
      { epcClass: classOf('C'), quantity: '1' },
      { epcClass: classOf('D'), quantity: 2, uom: 7 },
    ];
    expect(quantitiesIn({ list }, 'list')).to.deep.equal([
      { ...quantity('A'), pointer: '/list/0' },
      { epcClass: classOf('D'), quantity: 2, pointer: '/list/5' },
    ]);
    for (const none of [{}, { list: 'x' }, { list: {} }])
      expect(quantitiesIn(none, 'list')).to.deep.equal([]);
  });

  it('are counted in the smallest unit of a lot', () => {
    const stated = { epcClass: classOf('A'), quantity: 1.5, uom: 'KGM', pointer: '/p' };
    expect(countIn(stated, goods.unit)).to.equal(1500);
    expect(countIn({ ...stated, uom: 'GRM' }, goods.unit)).to.deep.include({
      pointer: '/p/uom',
      code: 'VALUE',
    });
    expect(countIn({ ...stated, quantity: 0.0001 }, goods.unit)).to.deep.include({
      pointer: '/p/quantity',
      code: 'VALUE',
    });
  });
});
