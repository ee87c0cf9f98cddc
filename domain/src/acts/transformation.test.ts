import { expect } from 'chai';
import type { JsonObject } from '../json/value.js';
import { keys } from '../state/keys.js';
import { actEvent, partyCaller, StatementStage, testUcr } from '../testing/index.js';

const seller = partyCaller('SELLER1');
const goods = { hs: '847130', hsEdition: '2017' };
const kilos = { uom: 'KGM', decimals: 3 };
const [lgtinA, lgtinB, lgtinC] = [
  'urn:epc:class:lgtin:4012345.012345.A',
  'https://id.gs1.org/01/04012345123456/10/B',
  'urn:epc:class:lgtin:4012345.054321.C',
];

const fromA = { epcClass: lgtinA, quantity: 0.25, uom: 'KGM' };
const fromB = { epcClass: lgtinB, quantity: 0.5, uom: 'KGM' };
const toC = { epcClass: lgtinC, quantity: 0.6, uom: 'KGM' };
const [isA, isB] = [
  { epcClass: lgtinA, lot: 'SELLER1:A' },
  { epcClass: lgtinB, lot: 'SELLER1:B' },
];
const isC = { epcClass: lgtinC, lot: 'SELLER1:C', ...goods, unit: kilos };
const lots = {
  transformation: 'SELLER1:T1',
  measure: 'KGM',
  inputs: [isB, isA],
  outputs: [isC],
};

/** The blend of 250 of A and 500 of B into 600 of C. */
function blend(changes: JsonObject = {}, said: JsonObject = {}, ...ucrs: readonly string[]): JsonObject {
  const event = {
    type: 'TransformationEvent',
    bizStep: 'commissioning',
    inputQuantityList: [fromB, fromA],
    outputQuantityList: [toC],
    'psg:transformation': { ...lots, ...said },
    ...changes,
  };
  return actEvent(event, ...ucrs);
}

/** The seller's lots: 1 kg of A from Vietnam, half a kilo of B from China. */
function withLots(): StatementStage {
  const stage = new StatementStage();
  for (const [number, origin, quantity] of [
    ['A', 'VN', 1000],
    ['B', 'CN', 500],
  ] as const) {
    const shares = [{ origin, quantity }];
    const lot = { requestId: `lot-${number}`, lot: `SELLER1:${number}`, ...goods, unit: kilos, shares };
    stage.world.play(seller, 'RegisterLot', lot);
  }
  return stage;
}

describe('a TransformationEvent of lots', () => {
  it('writes what TransformLots writes, and names its statement', () => {
    const [stage, byCommand] = [withLots(), withLots().world];
    const { writes } = stage.record('SELLER1', blend());
    const { kid } = stage.device('SELLER1');
    expect(writes).to.deep.equal([
      'lot/SELLER1:A',
      'lot/SELLER1:B',
      'lot/SELLER1:C',
      `statement/${kid}/1`,
      'transformation/SELLER1:T1',
    ]);
    const command = {
      requestId: 't1',
      transformation: 'SELLER1:T1',
      measure: 'KGM',
      inputs: [
        { lot: 'SELLER1:B', quantity: 500 },
        { lot: 'SELLER1:A', quantity: 250 },
      ],
      outputs: [{ lot: 'SELLER1:C', ...goods, unit: kilos, quantity: 600 }],
    };
    byCommand.play(seller, 'TransformLots', command);
    for (const [one, other] of ['A', 'B', 'C'].map((number) => {
      const key = keys.lot(`SELLER1:${number}`);
      return [stage.world.get(key), byCommand.get(key)] as const;
    })) {
      expect({ ...one, createdAt: '' }).to.deep.equal({ ...other, createdAt: '' });
    }
    const key = keys.transformation('SELLER1:T1');
    const made = { ...byCommand.get(key), at: stage.world.now(), statement: { kid, seq: 1 } };
    expect(stage.world.get(key)).to.deep.equal(made);
  });

  it('reads exactly the lots that it names, and its own key', () => {
    const { reads } = withLots().record('SELLER1', blend());
    expect(reads.slice(4)).to.deep.equal([
      'transformation/SELLER1:T1',
      'lot/SELLER1:B',
      'lot/SELLER1:A',
      'lot/SELLER1:C',
    ]);
  });

  it('draws on what the statement before it in the batch has made', () => {
    const stage = withLots();
    const half = { epcClass: lgtinC, quantity: 0.3, uom: 'KGM' };
    const bags = { epcClass: 'urn:example:bag', quantity: 6 };
    const said = {
      transformation: 'SELLER1:T2',
      conversions: [{ uom: 'EA', numerator: 1, denominator: 20 }],
      inputs: [{ epcClass: lgtinC, lot: 'SELLER1:C' }],
      outputs: [
        { epcClass: 'urn:example:bag', lot: 'SELLER1:D', ...goods, unit: { uom: 'EA', decimals: 0 } },
      ],
    };
    const second = blend({ inputQuantityList: [half], outputQuantityList: [bags] }, said);
    stage.record('SELLER1', blend(), second);
    expect(stage.world.get(keys.lot('SELLER1:C'))).to.include({ quantity: 600, remaining: 300 });
    expect(stage.world.get(keys.lot('SELLER1:D'))?.shares).to.deep.equal([
      { origin: 'CN', quantity: 4, remaining: 4 },
      { origin: 'VN', quantity: 2, remaining: 2 },
    ]);
    const twice = withLots();
    const more = blend({}, { transformation: 'SELLER1:T2', outputs: [{ ...isC, lot: 'SELLER1:D' }] });
    expect(twice.refused('SELLER1', blend(), more)).to.deep.equal([
      '1 QUANTITY_EXCEEDED /payload/inputQuantityList/0',
    ]);
    expect(twice.world.get(keys.lot('SELLER1:C'))).to.equal(undefined);
  });

  for (const [why, event, refusal] of [
    [
      'more out than in',
      blend({ outputQuantityList: [{ ...toC, quantity: 0.751 }] }),
      'OUTPUT_EXCEEDS_INPUT /psg:transformation',
    ],
    [
      'more than is there',
      blend({ inputQuantityList: [fromB, { ...fromA, quantity: 1.001 }] }),
      'QUANTITY_EXCEEDED /inputQuantityList/1',
    ],
    [
      'a lot that is not there',
      blend({}, { inputs: [isB, { epcClass: lgtinA, lot: 'SELLER1:Z' }] }),
      'LOT_UNKNOWN /inputQuantityList/1',
    ],
    [
      'a lot that is there already',
      blend({}, { outputs: [{ ...isC, lot: 'SELLER1:A' }] }),
      'LOT_EXISTS /inputQuantityList/1',
    ],
    [
      "another's number",
      blend({}, { outputs: [{ ...isC, lot: 'IMPORTER1:C' }] }),
      'ID_NOT_YOURS /psg:transformation/outputs/0/lot',
    ],
    [
      "another's transformation",
      blend({}, { transformation: 'IMPORTER1:T' }),
      'ID_NOT_YOURS /psg:transformation/transformation',
    ],
    ['a measure without a factor', blend({}, { measure: 'LTR' }), 'UNIT_NOT_CONVERTIBLE /psg:transformation'],
    [
      'an input in another unit',
      blend({ inputQuantityList: [fromB, { ...fromA, uom: 'GRM' }] }),
      'INVALID_FIELD /inputQuantityList/1/uom',
    ],
    [
      'an input counted too finely',
      blend({ inputQuantityList: [fromB, { ...fromA, quantity: 0.0005 }] }),
      'INVALID_FIELD /inputQuantityList/1/quantity',
    ],
    [
      'an output in another unit',
      blend({ outputQuantityList: [{ ...toC, uom: 'GRM' }] }),
      'INVALID_FIELD /outputQuantityList/0/uom',
    ],
    [
      'a count without a unit',
      blend({ outputQuantityList: [{ epcClass: lgtinC, quantity: 1 }] }),
      'INVALID_FIELD /outputQuantityList/0/uom',
    ],
    [
      'an output counted too finely',
      blend({ outputQuantityList: [{ ...toC, quantity: 0.0001 }] }),
      'INVALID_FIELD /outputQuantityList/0/quantity',
    ],
    [
      'material that is no lot',
      blend({ inputQuantityList: [fromB, fromA, { epcClass: 'urn:example:water', quantity: 1 }] }),
      'INVALID_FIELD /inputQuantityList/2',
    ],
    [
      'a lot of no quantity',
      blend({ inputQuantityList: [fromB] }),
      'INVALID_FIELD /psg:transformation/inputs/1/epcClass',
    ],
    [
      'a quantity that is not stated',
      blend({ inputQuantityList: [fromB, { epcClass: lgtinA }] }),
      'INVALID_FIELD /psg:transformation/inputs/1/epcClass',
    ],
    [
      'single things',
      blend({ inputEPCList: ['urn:epc:id:sgtin:0614141.107346.1'] }),
      'INVALID_FIELD /inputEPCList',
    ],
    [
      'one lot twice',
      blend({}, { inputs: [isB, { epcClass: lgtinA, lot: 'SELLER1:B' }] }),
      'INVALID_FIELD /psg:transformation/inputs/1',
    ],
    [
      'one class twice',
      blend({ inputQuantityList: [fromB, fromB] }),
      'INVALID_FIELD /psg:transformation/inputs/0/epcClass',
    ],
    [
      'a factor for the measure',
      blend({}, { conversions: [{ uom: 'KGM', numerator: 1, denominator: 1 }] }),
      'INVALID_FIELD /psg:transformation/conversions/0',
    ],
    [
      'no goods code',
      blend({}, { outputs: [{ epcClass: lgtinC, lot: 'SELLER1:C', unit: kilos }] }),
      'INVALID_FIELD /psg:transformation/outputs/0/hs',
    ],
    [
      'the extension elsewhere',
      blend({ ilmd: { 'psg:transformation': lots } }),
      'INVALID_FIELD /ilmd/psg:transformation',
    ],
    [
      'the extension written out',
      { ...blend(), 'urn:passage:voc:transformation': lots },
      'INVALID_FIELD /urn:passage:voc:transformation',
    ],
    ['an action', blend({ action: 'ADD' }), 'INVALID_FIELD /action'],
  ] as const) {
    it(`refuses ${why}`, () => {
      const [code, pointer = ''] = refusal.split(' ');
      const stage = withLots();
      expect(stage.refused('SELLER1', event)).to.deep.equal([`0 ${String(code)} /payload${pointer}`]);
      expect(stage.world.get(keys.lot('SELLER1:A'))?.remaining).to.equal(1000);
    });
  }

  it('is judged by the owner of the device, and is done once', () => {
    const stage = withLots();
    expect(stage.refused('IMPORTER1', blend())).to.deep.equal(['0 NOT_HOLDER /payload/inputQuantityList/0']);
    stage.record('SELLER1', blend());
    const again = blend({}, { outputs: [{ ...isC, lot: 'SELLER1:D' }] });
    expect(stage.refused('SELLER1', again)).to.deep.equal([
      '0 TRANSFORMATION_EXISTS /payload/psg:transformation',
    ]);
  });

  it('leaves goods of a consignment alone unless it is in custody and not held', () => {
    const stage = withLots();
    expect(stage.refused('SELLER1', blend({}, {}, testUcr))).to.deep.equal([
      '0 NOT_CUSTODIAN /payload/bizTransactionList',
    ]);
    const things = { inputQuantityList: [fromA], outputQuantityList: [toC] };
    const plain = actEvent({ type: 'TransformationEvent', ...things }, testUcr);
    const { writes } = stage.record('CARRIER1', plain);
    expect(writes).to.deep.equal([`statement/${stage.device('CARRIER1').kid}/1`]);
    const hold = { requestId: 'hold', ucr: testUcr, legalBasis: 'art. 188' };
    stage.world.play(partyCaller('OFFICER1'), 'DetainGoods', hold);
    expect(stage.refused('CARRIER1', plain)).to.deep.equal(['0 GOODS_HELD /payload/bizTransactionList']);
  });

  it('that names no lots of the ledger is recorded as its device said it', () => {
    const stage = new StatementStage();
    const event = actEvent({
      type: 'TransformationEvent',
      transformationID: 'urn:example:t:1',
      inputQuantityList: [fromA],
    });
    const { writes } = stage.record('CARRIER1', event);
    expect(writes).to.deep.equal([`statement/${stage.device('CARRIER1').kid}/1`]);
  });
});
