import { expect } from 'chai';
import type { JsonValue } from '../json/value.js';
import { fixedParameters } from './query-parameters.js';
import { queryViolations } from './query.js';

/** Where the value of a parameter is wrong; the parameter itself where its name is none. */
const faults = (name: string, value: JsonValue): readonly string[] =>
  queryViolations({ [name]: value }).map(({ pointer, code }) => `${pointer.slice(name.length + 1)} ${code}`);

const TIME = '2026-01-31T12:00:00Z';

/** What a kind of value takes, and what it does not. */
const KINDS: Readonly<Record<string, readonly [good: readonly JsonValue[], bad: readonly JsonValue[]]>> = {
  uris: [
    [[], ['urn:x:1', 'https://a.example/b']],
    ['urn:x:1', ['no uri'], [1], null],
  ],
  texts: [
    [[], ['a', 'b c']],
    ['a', [1], [null]],
  ],
  numbers: [
    [[], [1, -2.5]],
    [1, ['1'], [null]],
  ],
  number: [
    [0, -2.5],
    ['1', [1], null],
  ],
  time: [
    [TIME, '2026-01-31T12:00:00.5+09:00'],
    ['2026-01-31', '2026-01-31T12:00:00', 5, [TIME]],
  ],
  count: [
    [1, 1000],
    [0, -1, 1.5, '1', null],
  ],
  mark: [
    [null, 0, 1, -1],
    [1.5, '', 'true', true, []],
  ],
  boolean: [
    [true, false],
    [1, 'true', null],
  ],
  bound: [
    [0, -2.5, TIME],
    ['2026-01-31', 'x', [1], null, true],
  ],
  equal: [
    [[], ['a'], 7, TIME],
    [[1], 'a', null, true],
  ],
};

const TIMES = [
  'eventTime',
  'recordTime',
  'time',
  'startTime',
  'endTime',
  'errorDeclaration_Time',
  'errorDeclarationTime',
];
const WORDS = [
  'EQ_bizStep',
  'EQ_disposition',
  'EQ_persistentDisposition_set',
  'EQ_persistentDisposition_unset',
  'EQ_errorReason',
  'EQ_type',
];

/** The fixed parameters by what their value is; those of words and of closed lists stand below. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  count: ['eventCountLimit', 'maxEventCount'],
  mark: ['EXISTS_errorDeclaration', 'EXISTS_sensorElementList'],
  boolean: ['EQ_booleanValue'],
  time: TIMES.flatMap((time) => [`GE_${time}`, `LT_${time}`]),
  uris: [
    ...['readPoint', 'bizLocation'].flatMap((place) => [`EQ_${place}`, `WD_${place}`]),
    ...['epc', 'parentID', 'inputEPC', 'outputEPC', 'anyEPC'].map((name) => `MATCH_${name}`),
    ...['epcClass', 'inputEPCClass', 'outputEPCClass', 'anyEPCClass'].map((name) => `MATCH_${name}`),
    ...['transformationID', 'eventID', 'correctiveEventID', 'deviceID', 'dataProcessingMethod'].map(
      (name) => `EQ_${name}`,
    ),
    ...['microorganism', 'chemicalSubstance', 'bizRules', 'uriValue'].map((name) => `EQ_${name}`),
  ],
  texts: ['EQ_stringValue', 'EQ_hexBinaryValue'],
  numbers: ['EQ_quantity'],
  number: ['quantity', 'percRank'].flatMap((name) =>
    ['GT', 'GE', 'LT', 'LE'].map((than) => `${than}_${name}`),
  ),
};

/** Parameters whose names are built, by what their value is. */
const BUILT: Readonly<Record<string, readonly string[]>> = {
  uris: ['EQ_bizTransaction_po', 'EQ_source_owning_party', 'EQ_destination_urn:x:y'],
  numbers: ['EQ_value_CE', 'EQ_value_CEL', 'EQ_value_KGM1', 'EQ_quantity_K6'],
  number: ['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percValue', 'quantity'].flatMap((name) =>
    ['GT', 'GE', 'LT', 'LE'].map((than) => `${than}_${name}_CEL`),
  ),
  equal: [
    'EQ_ATTR_readPoint_name',
    'EQ_ex:a',
    'EQ_INNER_ex:a',
    ...[
      'ILMD',
      'ERROR_DECLARATION',
      'SENSORELEMENT',
      'SENSORMETADATA',
      'SENSORREPORT',
      'readPoint',
      'bizLocation',
    ].flatMap((where) => [`EQ_${where}_ex:a`, `EQ_INNER_${where}_ex:a`]),
  ],
  bound: ['GT_ex:a', 'GE_ILMD_ex:a', 'LT_INNER_readPoint_ex:a', 'LE_INNER_SENSORREPORT_ex:a'],
  mark: ['EXISTS_ex:a', 'EXISTS_ILMD_ex:a', 'EXISTS_INNER_bizLocation_ex:a'],
  texts: ['HASATTR_ex:a'],
};

describe('the parameters of an EPCIS query', () => {
  for (const [table, what] of [
    [FIXED, 'fixed'],
    [BUILT, 'built'],
  ] as const)
    for (const [kind, names] of Object.entries(table)) {
      const [good = [], bad = []] = KINDS[kind] ?? [];
      it(`take values of the kind ${kind} where their name is ${what}: ${String(names.length)} names`, () => {
        for (const name of names) {
          for (const value of good)
            expect(faults(name, value), `${name} ${JSON.stringify(value)}`).to.deep.equal([]);
          for (const value of bad) {
            const found = faults(name, value);
            expect(found, `${name} ${JSON.stringify(value)}`).to.have.length(1);
            expect(found[0]).not.to.contain('UNKNOWN_FIELD');
          }
        }
      });
    }

  it('are all here', () => {
    const others = ['eventType', 'EQ_action', 'orderBy', 'orderDirection', ...WORDS];
    expect([...Object.values(FIXED).flat(), ...others].sort()).to.deep.equal(
      [...fixedParameters.keys()].sort(),
    );
  });

  it('compare words of the standard, bare or as URIs', () => {
    for (const [name, word] of [
      ['EQ_bizStep', 'shipping'],
      ['EQ_disposition', 'in_transit'],
      ['EQ_persistentDisposition_set', 'in_transit'],
      ['EQ_persistentDisposition_unset', 'in_transit'],
      ['EQ_errorReason', 'incorrect_data'],
      ['EQ_type', 'Temperature'],
    ] as const) {
      expect(faults(name, [word, 'https://a.example/own']), name).to.deep.equal([]);
      expect(faults(name, []), name).to.deep.equal([]);
      expect(faults(name, [`${word}s`]), name).to.deep.equal(['/0 VALUE']);
      expect(faults(name, word), name).to.deep.equal([' TYPE']);
    }
  });

  it('name actions, an order and a direction', () => {
    expect(faults('EQ_action', ['OBSERVE', 'ADD', 'DELETE'])).to.deep.equal([]);
    expect(faults('EQ_action', [])).to.deep.equal([]);
    expect(faults('EQ_action', ['add'])).to.deep.equal(['/0 VALUE']);
    for (const order of ['eventTime', 'recordTime', 'ex:a'])
      expect(faults('orderBy', order)).to.deep.equal([]);
    expect(faults('orderBy', 'bizStep')).to.deep.equal([' VALUE']);
    for (const direction of ['ASC', 'DESC']) expect(faults('orderDirection', direction)).to.deep.equal([]);
    expect(faults('orderDirection', 'asc')).to.deep.equal([' VALUE']);
    expect(faults('eventType', ['ObjectEvent', 'ex:OwnEvent'])).to.deep.equal([]);
    expect(faults('eventType', [])).to.deep.equal([]);
  });

  for (const name of [
    'xEQ_bizTransaction_po',
    'EQ_bizTransaction_',
    'EQ_bizTransaction_a b',
    'EQ_source_a\n',
    'EQ_value_C',
    'EQ_value_CELSI',
    'EQ_value_cel',
    'xEQ_value_CEL',
    'EQ_value_CEL_',
    'EQ_minValue_CEL',
    'GT_value_C',
    'xGT_value_CEL',
    'GT_value_CELSI',
    'GT_variance_CEL',
    'EQ_ATTR_a',
    'xEQ_ATTR_a_b',
    'EQ_ATTR_a_b c',
    'xEQ_ex:a',
    'EQ_1x:a',
    'EQ_ex:',
    'EQ_ex:a b',
    'EQ_:a',
    'NE_ex:a',
    'xGT_ex:a',
    'xEXISTS_ex:a',
    'EXISTS_ex:a ',
    'xHASATTR_ex:a',
    'HASATTR_a',
    'HASATTR_ex:a b',
  ])
    it(`have no such name: ${JSON.stringify(name)}`, () => {
      for (const value of [null, 1, ['urn:x:1'], [1], TIME])
        expect(queryViolations({ [name]: value }).map(({ code }) => code)).to.deep.equal(['UNKNOWN_FIELD']);
    });
});
