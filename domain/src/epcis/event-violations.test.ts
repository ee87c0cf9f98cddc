import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../json/value.js';
import { eventViolations } from './event-violations.js';

const epc = 'urn:epc:id:sscc:4012345.0000000111';
const time = { eventTime: '2026-01-31T12:00:00Z', eventTimeZoneOffset: '+09:00' };
const po = { type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:5200001000008:4711' };

const object: JsonObject = { type: 'ObjectEvent', ...time, action: 'OBSERVE', epcList: [epc] };
const aggregation: JsonObject = {
  type: 'AggregationEvent',
  ...time,
  action: 'ADD',
  parentID: epc,
  childEPCs: [epc],
};
const association: JsonObject = { ...aggregation, type: 'AssociationEvent' };
const transaction: JsonObject = {
  type: 'TransactionEvent',
  ...time,
  action: 'ADD',
  bizTransactionList: [po],
  epcList: [epc],
};
const transformation: JsonObject = {
  type: 'TransformationEvent',
  ...time,
  inputEPCList: [epc],
  outputEPCList: ['urn:epc:id:sscc:4012345.0000000222'],
};

function faults(event: JsonObject): string[] {
  return eventViolations(event).map(({ pointer, code }) => `${pointer} ${code}`);
}

function without(event: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));
}

const REPORT = '/sensorElementList/0/sensorReport/0';

/** What is said of an event, and the faults that are found in it. */
type Case = readonly [string, JsonObject, readonly string[]];

const cases: readonly Case[] = [
  ['an ObjectEvent', object, []],
  ['an AggregationEvent', aggregation, []],
  ['an AssociationEvent', association, []],
  ['a TransactionEvent', transaction, []],
  ['a TransformationEvent', transformation, []],
  ['an event of another type', { ...object, type: 'QuantityEvent' }, ['/type VALUE']],
  ['an event of no type', without(object, 'type'), ['/type VALUE']],
  ['no action', without(object, 'action'), ['/action MISSING']],
  ['an unknown action', { ...object, action: 'add' }, ['/action VALUE']],
  ['an action in a transformation', { ...transformation, action: 'ADD' }, ['/action UNKNOWN_FIELD']],
  ['a parent of an object', { ...object, parentID: epc }, ['/parentID UNKNOWN_FIELD']],
  ['nothing that an object event is about', { ...object, epcList: [] }, [' MISSING']],
  ['an EPC twice', { ...object, epcList: [epc, epc] }, ['/epcList/1 VALUE']],
  ['a child twice', { ...aggregation, childEPCs: [epc, epc] }, []],
  ['an aggregation without parent', without(aggregation, 'parentID'), ['/parentID MISSING']],
  [
    'children taken from no parent',
    { ...without(aggregation, 'parentID'), action: 'DELETE' },
    ['/parentID MISSING'],
  ],
  ['children seen without parent', { ...without(aggregation, 'parentID'), action: 'OBSERVE' }, []],
  ['a parent from which all is taken', { ...without(aggregation, 'childEPCs'), action: 'DELETE' }, []],
  ['a parent to which nothing is added', without(aggregation, 'childEPCs'), [' MISSING']],
  ['an association without parent', without(association, 'parentID'), ['/parentID MISSING']],
  [
    'a transaction without a document',
    without(transaction, 'bizTransactionList'),
    ['/bizTransactionList MISSING'],
  ],
  [
    'a transaction with no documents',
    { ...transaction, bizTransactionList: [] },
    ['/bizTransactionList VALUE'],
  ],
  ['a transaction about nothing', without(transaction, 'epcList'), [' MISSING']],
  ['a transaction that ends for all', { ...without(transaction, 'epcList'), action: 'DELETE' }, []],
  [
    'an empty list of documents',
    { ...object, bizTransactionList: [], sourceList: [], sensorElementList: [] },
    [],
  ],
  ['an input without output', without(transformation, 'outputEPCList'), [' MISSING']],
  [
    'an input with a transformationID',
    { ...without(transformation, 'outputEPCList'), transformationID: 'urn:x:1' },
    [],
  ],
  [
    'a transformationID alone',
    { ...without(transformation, 'outputEPCList', 'inputEPCList'), transformationID: 'urn:x:1' },
    [' MISSING'],
  ],
  ['ILMD where things come to be', { ...object, action: 'ADD', ilmd: { 'cbvmda:lotNumber': '1' } }, []],
  ['ILMD where things are seen', { ...object, ilmd: { 'cbvmda:lotNumber': '1' } }, ['/ilmd UNKNOWN_FIELD']],
  ['ILMD of a transformation', { ...transformation, ilmd: { 'cbvmda:lotNumber': { any: 'thing' } } }, []],
  ['ILMD without namespace', { ...transformation, ilmd: { lot: '1' } }, ['/ilmd/lot UNKNOWN_FIELD']],
  [
    'persistent dispositions everywhere',
    { ...transaction, persistentDisposition: { set: ['recalled'], unset: ['x'] } },
    ['/persistentDisposition/unset/0 VALUE'],
  ],
  ['a persistent disposition that is set', { ...object, persistentDisposition: { set: ['ex:seized'] } }, []],
  [
    'persistent dispositions of nothing',
    { ...object, persistentDisposition: {} },
    ['/persistentDisposition MISSING'],
  ],
  [
    'persistent dispositions twice, in an empty list, and with an extension',
    { ...object, persistentDisposition: { set: ['recalled', 'recalled'], unset: [], 'gs1:x': 1 } },
    [
      '/persistentDisposition/set/1 VALUE',
      '/persistentDisposition/unset VALUE',
      '/persistentDisposition/gs1:x UNKNOWN_FIELD',
    ],
  ],
  ['an EPC twice in a transaction', { ...transaction, epcList: [epc, epc] }, []],
  ['a time finer than nanoseconds', { ...object, eventTime: '2026-01-31T12:00:00.0123456789012Z' }, []],
  [
    'no bytes in hex',
    sensed({ type: 'Temperature', hexBinaryValue: '' }),
    [`${REPORT}/hexBinaryValue VALUE`],
  ],
  [
    'a context twice',
    { ...object, '@context': [{ ex: 'urn:x:' }, 'https://example.org/c', { ex: 'urn:x:' }] },
    ['/@context/2 VALUE'],
  ],
  ['a CBV word as a URI', { ...object, bizStep: 'https://ref.gs1.org/cbv/BizStep-loading' }, []],
  ['a CBV word of old', { ...object, bizStep: 'urn:epcglobal:cbv:bizstep:loading' }, ['/bizStep VALUE']],
  [
    'a source with an extension',
    { ...object, sourceList: [{ type: 'location', source: epc, 'gs1:x': 1 }] },
    ['/sourceList/0/gs1:x UNKNOWN_FIELD'],
  ],
  ['a place with an extension', { ...object, readPoint: { id: epc, 'gs1:x': 1 } }, []],
  [
    'a declared error',
    { ...object, errorDeclaration: { declarationTime: 'now', reason: 'oops' } },
    ['/errorDeclaration/declarationTime VALUE', '/errorDeclaration/reason VALUE'],
  ],
  [
    'an unknown measurement',
    sensed({ type: 'Latitude', value: 1 }),
    ['/sensorElementList/0/sensorReport/0/type VALUE'],
  ],
  [
    'a measurement of GS1 as a URI',
    sensed({ type: 'https://gs1.org/voc/Mass' }),
    ['/sensorElementList/0/sensorReport/0/type VALUE'],
  ],
  [
    'a measurement of somebody else',
    sensed({ type: 'https://example.org/Latitude', uom: '°', component: 'latitude' }),
    [],
  ],
];

function sensed(report: JsonObject): JsonObject {
  return { ...object, sensorElementList: [{ sensorReport: [report], 'gs1:x': 1 }] };
}

describe('eventViolations', () => {
  for (const [what, event, expected] of cases) {
    it(`${expected.length === 0 ? 'takes' : 'refuses'} ${what}`, () => {
      expect(faults(event)).to.deep.equal(expected);
    });
  }

  for (const [element, expected] of [
    [{ quantity: 0.5, uom: 'KGM' }, []],
    [{ quantity: 3 }, []],
    [{}, []],
    [{ quantity: 0.5 }, ['/quantity VALUE']],
    [{ quantity: 0 }, ['/quantity VALUE']],
    [{ quantity: -1, uom: 'KGM' }, ['/quantity VALUE']],
    [{ uom: 'KGM' }, ['/quantity MISSING']],
    [{ quantity: 1, uom: 'kg' }, ['/uom VALUE']],
    [{ quantity: 1, 'gs1:x': 1 }, ['/gs1:x UNKNOWN_FIELD']],
  ] as const) {
    it(`${expected.length === 0 ? 'takes' : 'refuses'} the quantity ${JSON.stringify(element)}`, () => {
      const event = { ...object, quantityList: [{ epcClass: 'urn:epc:class:lgtin:1.2.3', ...element }] };
      expect(faults(event)).to.deep.equal(expected.map((fault) => `/quantityList/0${fault}`));
    });
  }

  it('takes certificates as addresses or spelt out, and refuses what is neither', () => {
    const details = {
      'gs1:CertificationDetails': {
        'gs1:certificationAgency': 'A',
        'gs1:certificationAuditDate': '2026-02-28',
      },
    };
    for (const certificationInfo of [
      'https://c.example/1',
      ['https://c.example/1', details],
      details,
      [],
    ] as JsonValue[]) {
      expect(faults({ ...object, certificationInfo })).to.deep.equal([]);
    }
    for (const certificationInfo of ['c', 1, {}, ['c'], { 'gs1:CertificationDetails': {} }] as JsonValue[]) {
      expect(faults({ ...object, certificationInfo }), JSON.stringify(certificationInfo)).to.have.length(1);
    }
  });

  it('lets any prefix through where an address stands as context, because nothing is loaded', () => {
    const own = { ...object, 'own:field': 1 };
    const gs1 = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
    expect(faults({ ...own, '@context': gs1 })).to.deep.equal(['/own:field UNKNOWN_FIELD']);
    expect(faults({ ...own, '@context': [gs1, 'https://example.org/context.jsonld'] })).to.deep.equal([]);
    expect(faults({ ...own, '@context': [gs1, { own: 'https://example.org/' }] })).to.deep.equal([]);
    expect(faults({ ...object, 'https://example.org/field': 1, '@context': gs1 })).to.deep.equal([]);
  });

  it('points at a value that is there, or at a member that is missing', () => {
    const name = fc.constantFrom(
      ...Object.keys({ ...object, ...aggregation, ...transformation }),
      'ilmd',
      'x~/y',
    );
    const type = fc.constantFrom(
      'ObjectEvent',
      'TransactionEvent',
      'TransformationEvent',
      'AssociationEvent',
    );
    fc.assert(
      fc.property(type, fc.dictionary(name, fc.jsonValue({ maxDepth: 4 })), (kind, members) => {
        const event = JSON.parse(JSON.stringify({ ...members, type: kind })) as JsonObject;
        for (const { pointer, code } of eventViolations(event)) {
          const path = pointer
            .split('/')
            .slice(1)
            .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
          const last = code === 'MISSING' && pointer !== '' ? path.slice(0, -1) : path;
          const found = last.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], event);
          expect(found, `${pointer} ${code}`).not.to.equal(undefined);
        }
      }),
    );
  });
});
