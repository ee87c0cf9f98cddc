import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../errors/passage-error.js';
import type { Violation } from '../errors/violations.js';
import type { JsonObject, JsonValue } from '../json/value.js';
import { describeEvent } from './describe-event.js';
import { classifyEvent } from './event-classes.js';
import { checkObservation } from './observation.js';
import { psgContext } from './psg.js';

const commitment = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0';

/** A truck with a container passes a gate: what a plate reader signs. */
const gate: JsonObject = {
  '@context': psgContext,
  type: 'ObjectEvent',
  eventTime: '2021-01-05T08:30:00.000+09:00',
  eventTimeZoneOffset: '+09:00',
  action: 'OBSERVE',
  bizStep: 'arriving',
  disposition: 'in_transit',
  epcList: ['urn:epc:id:bic:CSQU3054383'],
  readPoint: { id: 'urn:epc:id:sgln:4012345.00011.987' },
  bizTransactionList: [{ type: 'psg:ucr', bizTransaction: 'urn:passage:ucr:1KRSHHZGSL-56839011' }],
  'psg:licencePlateCommitment': commitment,
};

/** A seal reports where it is and that it was opened. */
const seal: JsonObject = {
  type: 'AssociationEvent',
  eventTime: '2021-01-05T08:30:00Z',
  eventTimeZoneOffset: '+09:00',
  action: 'OBSERVE',
  bizStep: 'sensor_reporting',
  parentID: 'urn:epc:id:bic:CSQU3054383',
  childEPCs: ['urn:epc:id:giai:4000001.12345'],
  sensorElementList: [
    {
      sensorMetadata: { time: '2021-01-05T08:29:58Z', deviceID: 'urn:epc:id:giai:4000001.12345' },
      sensorReport: [
        { type: 'Angle', component: 'latitude', value: 35.1 },
        { type: 'Dimensionless', exception: 'ALARM_CONDITION', booleanValue: true },
      ],
    },
  ],
};

function faults(event: JsonObject): string[] {
  try {
    checkObservation(event);
    return [];
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    if (error.code !== 'INVALID_FIELD') return [error.code];
    const violations = error.details['violations'] as unknown as Violation[];
    return violations.map(({ pointer, code }) => `${pointer} ${code}`);
  }
}

function without(event: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));
}

describe('classifyEvent', () => {
  for (const [type, action, expected] of [
    ['ObjectEvent', 'OBSERVE', 'observation'],
    ['AggregationEvent', 'OBSERVE', 'observation'],
    ['AssociationEvent', 'OBSERVE', 'observation'],
    ['ObjectEvent', 'ADD', 'act'],
    ['ObjectEvent', 'DELETE', 'act'],
    ['AggregationEvent', 'ADD', 'act'],
    ['AssociationEvent', 'DELETE', 'act'],
    ['TransactionEvent', 'OBSERVE', 'act'],
    ['TransactionEvent', 'ADD', 'act'],
    ['TransformationEvent', undefined, 'act'],
    ['ObjectEvent', 'observe', 'observation'],
    ['SomethingElse', 'OBSERVE', undefined],
    ['toString', 'OBSERVE', undefined],
  ] as const) {
    it(`calls ${type} ${action ?? 'without action'} ${expected ?? 'nothing'}`, () => {
      expect(classifyEvent(action === undefined ? { type } : { type, action })).to.equal(expected);
    });
  }
});

describe('checkObservation', () => {
  it('takes what devices see', () => {
    expect(faults(gate)).to.deep.equal([]);
    expect(faults(seal)).to.deep.equal([]);
    const loading = { ...without(seal, 'parentID'), type: 'AggregationEvent', bizStep: 'loading' };
    expect(faults(loading)).to.deep.equal([]);
  });

  it('takes a strange time, a strange place and a container number that was read wrongly: they are facts', () => {
    expect(faults({ ...gate, eventTime: '1970-01-01T00:00:00Z' })).to.deep.equal([]);
    expect(faults({ ...gate, eventTime: '9999-12-31T23:59:59.999999999-14:00' })).to.deep.equal([]);
    expect(faults({ ...gate, epcList: ['urn:epc:id:bic:CSQU3054384'] })).to.deep.equal([]);
    expect(faults({ ...gate, readPoint: { id: 'https://example.org/nowhere' } })).to.deep.equal([]);
  });

  it('refuses acts with a code of their own', () => {
    expect(faults({ ...gate, action: 'ADD' })).to.deep.equal(['NOT_AN_OBSERVATION']);
    expect(faults({ type: 'TransformationEvent' })).to.deep.equal(['NOT_AN_OBSERVATION']);
  });

  it('lists every violation with its place', () => {
    const event = {
      ...without(gate, 'eventTimeZoneOffset'),
      eventTime: '2021-02-29T08:30:00Z',
      bizStep: 'arrived',
      epcList: ['urn:epc:id:bic:CSQU3054383', 'no uri', 7],
      readPoint: { name: 'gate 1' },
      quantityList: [{ quantity: -1, uom: 'kg' }],
      sensorElementList: [{ sensorReport: [{ type: 'Speed', value: '3', component: 'w', note: 'x' }] }],
      plate: '12가3456',
    };
    expect(faults(event)).to.have.members([
      '/eventTimeZoneOffset MISSING',
      '/eventTime VALUE',
      '/bizStep VALUE',
      '/epcList/1 VALUE',
      '/epcList/2 TYPE',
      '/readPoint/id MISSING',
      '/readPoint/name UNKNOWN_FIELD',
      '/quantityList/0/epcClass MISSING',
      '/quantityList/0/quantity VALUE',
      '/quantityList/0/uom VALUE',
      '/sensorElementList/0/sensorReport/0/value TYPE',
      '/sensorElementList/0/sensorReport/0/component VALUE',
      '/sensorElementList/0/sensorReport/0/note UNKNOWN_FIELD',
      '/plate UNKNOWN_FIELD',
    ]);
  });

  it('wants to know what an event is about', () => {
    expect(faults(without(gate, 'epcList'))).to.deep.equal([' MISSING']);
    expect(faults({ ...gate, epcList: [] })).to.deep.equal([' MISSING']);
    expect(faults(without(seal, 'childEPCs'))).to.deep.equal([' MISSING']);
    expect(faults(without(seal, 'parentID'))).to.deep.equal(['/parentID MISSING']);
    const weather = { ...without(gate, 'epcList'), sensorElementList: seal['sensorElementList'] ?? [] };
    expect(faults(weather)).to.deep.equal([]);
    expect(faults(without(weather, 'readPoint'))).to.deep.equal([' MISSING']);
    expect(
      faults({ ...gate, epcList: [], quantityList: [{ epcClass: 'urn:epc:class:lgtin:1.2.3' }] }),
    ).to.deep.equal([]);
  });

  it('takes a plate as a commitment and never in clear', () => {
    for (const value of ['12가3456', '12GA3456', '', null, { plate: 'x' }] as JsonValue[]) {
      expect(faults({ ...gate, 'psg:licencePlateCommitment': value })).to.have.length(1);
    }
    expect(faults({ ...gate, 'urn:passage:voc:licencePlateCommitment': '12GA3456' })).to.have.length(1);
  });

  it('takes a vehicle by a commitment to its plate alone, wherever it is named', () => {
    const vehicle = (id: string): JsonObject => ({ ...gate, epcList: [`urn:passage:vehicle:${id}`] });
    expect(faults(vehicle(commitment))).to.deep.equal([]);
    expect(faults(vehicle('12GA3456'))).to.deep.equal(['/epcList/0 VALUE']);
    expect(faults({ ...seal, parentID: 'urn:passage:vehicle:12GA3456' })).to.deep.equal(['/parentID VALUE']);
  });

  it('takes a consignment only by a UCR', () => {
    for (const bizTransaction of ['urn:passage:ucr:1KR', 'urn:uuid:x', '1KRA-1']) {
      const event = { ...gate, bizTransactionList: [{ type: 'psg:ucr', bizTransaction }] };
      expect(faults(event), bizTransaction).to.include('/bizTransactionList/0/bizTransaction VALUE');
    }
  });

  it('takes extensions whose prefix is known or declared, or whose name is a URI', () => {
    const declared = { ...gate, '@context': [{ rail: 'urn:gs1:epcisapp:rail:' }] };
    expect(
      faults({ ...declared, 'rail:axles': '12', 'https://example.org/x': { free: 'form' } }),
    ).to.deep.equal([]);
    expect(faults({ ...gate, 'rail:axles': '12', ':x': 1, 'psg:': 1, plain: 1 })).to.deep.equal([
      '/rail:axles UNKNOWN_FIELD',
      '/:x UNKNOWN_FIELD',
      '/psg: UNKNOWN_FIELD',
      '/plain UNKNOWN_FIELD',
    ]);
    const hostile = JSON.parse(JSON.stringify(gate).replace('{', '{"__proto__":{},')) as JsonObject;
    expect(faults(hostile)).to.deep.equal(['/__proto__ UNKNOWN_FIELD']);
  });

  it('lets nobody give our prefix another meaning, or our namespace another prefix', () => {
    expect(faults({ ...gate, '@context': [{ psg: 'urn:other:' }] })).to.deep.equal(['/@context/0/psg VALUE']);
    expect(faults({ ...gate, '@context': { psg: 'urn:other:' } })).to.deep.equal(['/@context/psg VALUE']);
    expect(faults({ ...gate, '@context': [{ p: 'urn:passage:voc:' }] })).to.deep.equal([
      '/@context/0/p VALUE',
    ]);
    expect(faults({ ...gate, '@context': [1, 'x'] })).to.deep.equal([
      '/@context/0 TYPE',
      '/@context/1 VALUE',
    ]);
  });

  for (const time of [
    '2021-01-05T08:30:00',
    '2021-01-05 08:30:00Z',
    '2021-13-05T08:30:00Z',
    '2021-04-31T08:30:00Z',
    '1900-02-29T08:30:00Z',
    '2021-01-05T24:00:00Z',
    '2021-01-05T08:60:00Z',
    '2021-01-05T08:30:60Z',
    '2021-01-05T08:30:00.Z',
    '2021-01-05T08:30:00+14:01',
    '2021-01-05T08:30:00Z\n',
    '2021-01-05',
  ]) {
    it(`refuses the time ${JSON.stringify(time)}`, () => {
      expect(faults({ ...gate, eventTime: time })).to.deep.equal(['/eventTime VALUE']);
    });
  }

  it('takes the leap days that exist and an offset to the minute', () => {
    for (const time of ['2024-02-29T00:00:00Z', '2000-02-29T23:59:59.1+05:45', '2021-01-05T08:30:00-14:00']) {
      expect(faults({ ...gate, eventTime: time }), time).to.deep.equal([]);
    }
  });

  it('never throws anything but a PassageError, whatever the payload', () => {
    const name = fc.constantFrom(...Object.keys(gate), ...Object.keys(seal), 'ilmd', 'psg:x', '__proto__');
    const type = fc.constantFrom('ObjectEvent', 'AggregationEvent', 'AssociationEvent', 'X');
    const event = fc.tuple(type, fc.dictionary(name, fc.jsonValue({ maxDepth: 4 })));
    fc.assert(
      fc.property(event, ([kind, members]) => {
        const payload = JSON.parse(
          JSON.stringify({ action: 'OBSERVE', ...members, type: kind }),
        ) as JsonObject;
        if (faults(payload).length === 0) describeEvent(payload);
        describeEvent(payload);
      }),
    );
  });

  it('reads hostile texts in time that grows with their length alone', () => {
    const long = [
      'urn:' + 'a:'.repeat(50_000),
      '2021-01-05T08:30:00.' + '0'.repeat(100_000),
      'ab'.repeat(50_000) + 'g',
    ];
    for (const text of long) {
      expect(faults({ ...gate, epcList: [text], eventTime: text, bizStep: text })).to.have.length.above(1);
    }
  });
});

describe('describeEvent', () => {
  it('names what an index needs', () => {
    expect(describeEvent({ ...gate, eventID: 'urn:uuid:1' })).to.deep.equal({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventTime: '2021-01-05T08:30:00.000+09:00',
      eventTimeZoneOffset: '+09:00',
      bizStep: 'arriving',
      disposition: 'in_transit',
      readPoint: 'urn:epc:id:sgln:4012345.00011.987',
      epcs: ['urn:epc:id:bic:CSQU3054383'],
      ucrs: ['1KRSHHZGSL-56839011'],
      eventID: 'urn:uuid:1',
    });
  });

  it('names the parent first and each thing and consignment once', () => {
    const transaction = { type: 'urn:passage:voc:ucr', bizTransaction: 'urn:passage:ucr:1KRA-1' };
    const event = describeEvent({
      ...seal,
      childEPCs: ['urn:x:b', 'urn:epc:id:bic:CSQU3054383', 'urn:x:b'],
      bizTransactionList: [
        transaction,
        transaction,
        { type: 'po', bizTransaction: 'urn:passage:ucr:1KRA-2' },
      ],
    });
    expect(event.epcs).to.deep.equal(['urn:epc:id:bic:CSQU3054383', 'urn:x:b']);
    expect(event.ucrs).to.deep.equal(['1KRA-1']);
  });

  it('gives CBV words bare however they are spelt, and leaves others as they are', () => {
    for (const bizStep of [
      'inspecting',
      'cbv:BizStep-inspecting',
      'https://ref.gs1.org/cbv/BizStep-inspecting',
      'urn:epcglobal:cbv:bizstep:inspecting',
    ]) {
      expect(describeEvent({ ...gate, bizStep }).bizStep).to.equal('inspecting');
    }
    expect(describeEvent({ ...gate, bizStep: 'cbv:BizStep-x' }).bizStep).to.equal('cbv:BizStep-x');
    expect(describeEvent({ ...gate, disposition: 'cbv:Disp-stolen' }).disposition).to.equal('stolen');
  });
});
