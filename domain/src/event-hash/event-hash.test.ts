import { expect } from 'chai';
import fc from 'fast-check';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { eventHash } from './event-hash.js';
import { preHashString, surroundingsOf } from './pre-hash.js';

/** Everything in one event: each list has several entries, each object several members. */
const event: JsonObject = {
  '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { ex: 'https://ns.example.com/' }],
  type: 'ObjectEvent',
  eventTime: '2021-01-05T08:30:00.120+09:00',
  eventTimeZoneOffset: '+09:00',
  certificationInfo: ['https://c.example/1', 'https://c.example/2'],
  action: 'ADD',
  bizStep: 'inspecting',
  disposition: 'in_transit',
  persistentDisposition: { set: ['recalled', 'conformant'], unset: ['damaged'] },
  epcList: [
    'urn:epc:id:sgtin:0614141.107346.2017',
    'urn:epc:id:bic:CSQU3054383',
    'urn:epc:id:sscc:4012345.0000000111',
  ],
  quantityList: [
    { epcClass: 'urn:epc:class:lgtin:4054739.099914.1', quantity: 600, uom: 'KGM' },
    { epcClass: 'urn:epc:idpat:sgtin:4054739.099914.*', quantity: 2 },
  ],
  readPoint: { id: 'urn:epc:id:sgln:4012345.00011.987', 'ex:lane': '7' },
  bizTransactionList: [
    { type: 'po', bizTransaction: 'urn:epc:id:gdti:4012345.55555.98' },
    { bizTransaction: 'https://t.example/1' },
  ],
  sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00000' }],
  destinationList: [{ type: 'location', destination: 'urn:epc:id:sgln:4012345.00012.0' }],
  sensorElementList: [
    {
      sensorMetadata: {
        time: '2021-01-05T08:29:00+09:00',
        deviceID: 'urn:epc:id:giai:4000001.111',
        'ex:m': 1,
      },
      sensorReport: [
        { type: 'Temperature', value: 26.5, uom: 'CEL', 'ex:r': 'x' },
        { type: 'Dimensionless', exception: 'ALARM_CONDITION', booleanValue: true, component: 'x' },
      ],
    },
  ],
  ilmd: { 'cbvmda:lotNumber': 'A', 'ex:list': ['3', '1', { 'ex:deep': ['b', 'a'] }] },
  'ex:extension': { 'ex:b': '2', 'ex:a': ['1', { inner: 'y' }] },
  'ex:other': 'z',
};

/** The same value with members and list entries in another order. */
function shuffled(value: JsonValue, next: () => number): JsonValue {
  const mix = <T>(list: readonly T[]): T[] =>
    list
      .map((entry) => [next(), entry] as const)
      .sort(([a], [b]) => a - b)
      .map(([, entry]) => entry);
  if (isJsonArray(value)) return mix(value.map((entry) => shuffled(entry, next)));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    mix(Object.entries(value)).map(([name, member]) => [name, shuffled(member, next)]),
  );
}

function withMember(name: string, value: JsonValue): JsonObject {
  return { ...event, [name]: value };
}

describe('eventHash', () => {
  it('is the SHA-256 of the pre-hash string, in hex', () => {
    expect(eventHash(event)).to.match(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
  });

  it('does not change with the order of members and of list entries', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers: Iterator<number, number>) => {
        const mixed = shuffled(event, () => numbers.next().value) as JsonObject;
        expect(preHashString(mixed)).to.equal(preHashString(event));
      }),
      { numRuns: 50 },
    );
  });

  for (const [name, value] of [
    ['eventTime', '2021-01-04T23:30:00.1200Z'],
    ['bizStep', 'cbv:BizStep-inspecting'],
    ['bizStep', 'https://ref.gs1.org/cbv/BizStep-inspecting'],
    ['bizStep', 'urn:epcglobal:cbv:bizstep:inspecting'],
    ['disposition', 'urn:epcglobal:cbv:disp:in_transit'],
    ['recordTime', '2022-01-01T00:00:00Z'],
    ['eventID', 'urn:uuid:1'],
    ['errorDeclaration', { declarationTime: '2022-01-01T00:00:00Z' }],
    ['rdfs:comment', 'a remark'],
    ['parentID', []],
    ['readPoint', { id: 'https://other.example/gln/4012345000115/254/987', 'ex:lane': ' 07.0 ' }],
    ['sourceList', [{ type: 'cbv:SDT-owning_party', source: 'https://x.example/417/4012345000009' }]],
  ] as const) {
    it(`is the same where ${name} is ${JSON.stringify(value)}`, () => {
      expect(preHashString(withMember(name, value))).to.equal(preHashString(event));
    });
  }

  it('is the same whatever prefix a namespace has, and without one', () => {
    const context = { other: 'https://ns.example.com/' };
    const text = JSON.stringify({ ...event, '@context': context });
    expect(preHashString(JSON.parse(text.replaceAll('"ex:', '"other:')) as JsonObject)).to.equal(
      preHashString(event),
    );
    const written = JSON.stringify(event).replaceAll('"ex:', '"https://ns.example.com/');
    expect(preHashString(JSON.parse(written) as JsonObject)).to.equal(preHashString(event));
  });

  it('takes the context of the document around, and leaves out what the document ignores', () => {
    const { '@context': context, ...bare } = event;
    const document = surroundingsOf({ '@context': context ?? null, 'ex:ignoreFields': ['ex:mark'] });
    expect(preHashString({ ...bare, 'ex:mark': 'x' }, document)).to.equal(preHashString(event));
  });

  it('leaves out fields of EPCIS as well where the document says so', () => {
    const ignoring = surroundingsOf({ 'ex:ignoreFields': ['disposition', 'ilmd'] });
    const { disposition, ilmd, ...less } = event;
    expect([disposition, ilmd]).not.to.include(undefined);
    expect(preHashString(event, ignoring)).to.equal(preHashString(less));
  });

  it("writes GS1's own prefixes out in texts, and leaves other texts as they are", () => {
    const string = preHashString({
      ...event,
      'ex:other': ['ex:text', 'gs1:Text', 'cbv:Comp-x', 'Https://x'],
    });
    for (const text of [
      'ex:text',
      'https://gs1.org/voc/Text',
      'https://ref.gs1.org/cbv/Comp-x',
      'Https://x',
    ]) {
      expect(string).to.include(`{https://ns.example.com/}other=${text}`);
    }
  });

  it('changes with every value, every member and every entry', () => {
    const places = (value: JsonValue): ((change: JsonValue) => JsonValue)[] => {
      if (isJsonArray(value)) {
        return value.flatMap((entry, at) =>
          places(entry).map((put) => (x: JsonValue) => value.with(at, put(x))),
        );
      }
      if (!isJsonObject(value)) return [(change) => change];
      return Object.entries(value).flatMap(([name, member]) =>
        places(member).map((put) => (x: JsonValue) => ({ ...value, [name]: put(x) })),
      );
    };
    const { '@context': context, ...fields } = event;
    const puts = places(fields);
    expect(puts).to.have.length.above(45);
    const hash = eventHash(event);
    for (const put of puts) {
      const changed = { '@context': context ?? null, ...(put('urn:x:changed') as JsonObject) };
      expect(eventHash(changed), preHashString(changed)).not.to.equal(hash);
    }
  });

  it('never fails, whatever stands in an event', () => {
    const name = fc.constantFrom(...Object.keys(event), 'sensorReport', '__proto__', 'a:b', ':');
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue({ maxDepth: 4 })), (members) => {
        expect(eventHash(JSON.parse(JSON.stringify(members)) as JsonObject)).to.be.a('string');
      }),
    );
  });
});
