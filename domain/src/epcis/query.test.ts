import { expect } from 'chai';
import type { JsonObject, JsonValue } from '../json/value.js';
import { fixedParameters } from './query-parameters.js';
import { isQuery, queryViolations } from './query.js';

function faults(query: JsonObject): string[] {
  return queryViolations(query).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('queryViolations', () => {
  it('knows all 59 fixed parameters and the two limits, and refuses a null in each but the EXISTS', () => {
    // The error declaration's time is there in both spellings that GS1 published, which makes two more.
    expect(fixedParameters.size).to.equal(62);
    for (const name of fixedParameters.keys()) {
      const expected = name.startsWith('EXISTS_') ? 0 : 1;
      expect(faults({ [name]: null }), name).to.have.length(expected);
    }
  });

  for (const [name, value] of [
    ['EQ_bizTransaction_po', ['urn:x:1']],
    ['EQ_source_owning_party', ['urn:x:1']],
    ['EQ_value_CEL', [1, 2.5]],
    ['GE_minValue_CEL', 1],
    ['LT_quantity_KGM', 5],
    ['EQ_example:field', ['a', 'b']],
    ['GT_ILMD_example:expiry', '2026-01-01T00:00:00Z'],
    ['LE_INNER_SENSORREPORT_example:x', 5],
    ['EXISTS_INNER_ILMD_example:x', null],
    ['EQ_readPoint_example:lane', ['1']],
    ['EQ_https://example.org/x', 7],
    ['HASATTR_example:x', ['a']],
    ['EQ_type', ['Temperature']],
    ['EQ_bizStep', ['shipping', 'https://ref.gs1.org/cbv/BizStep-shipping']],
    ['orderBy', 'example:field'],
    ['eventType', ['ObjectEvent', 'example:OwnEvent']],
  ] as readonly (readonly [string, JsonValue])[]) {
    it(`takes ${name}, and refuses it with an object`, () => {
      expect(faults({ [name]: value })).to.deep.equal([]);
      expect(faults({ [name]: {} })).to.have.length(1);
    });
  }

  it('refuses what is no parameter, and values that are none', () => {
    expect(
      faults({
        GE_eventDate: '2026-01-01T00:00:00Z',
        EQ_: [],
        'XX_a:b': 1,
        eventType: ['Object'],
        eventCountLimit: 0,
        GE_eventTime: '2026-01-01',
        MATCH_epc: 'urn:x:1',
        EQ_bizStep: ['shiping', 'urn:epcglobal:cbv:bizstep:shipping'],
        EQ_type: ['Latitude'],
        orderBy: 'size',
      }),
    ).to.deep.equal([
      '/GE_eventDate UNKNOWN_FIELD',
      '/EQ_ UNKNOWN_FIELD',
      '/XX_a:b UNKNOWN_FIELD',
      '/eventType/0 VALUE',
      '/eventCountLimit VALUE',
      '/GE_eventTime VALUE',
      '/MATCH_epc TYPE',
      '/EQ_bizStep/0 VALUE',
      '/EQ_type/0 VALUE',
      '/orderBy VALUE',
    ]);
    expect(faults({ eventCountLimit: 5, maxEventCount: 5 })).to.deep.equal(['/maxEventCount VALUE']);
  });

  it('takes a query under a name', () => {
    const query = { EQ_action: ['ADD'] };
    expect(faults({ name: 'mine', query })).to.deep.equal([]);
    expect(faults({ query: { EQ_action: ['x'] }, colour: 1 })).to.deep.equal([
      '/name MISSING',
      '/query/EQ_action/0 VALUE',
      '/colour UNKNOWN_FIELD',
    ]);
  });

  it('is asked for what looks like a query and has no type', () => {
    expect(isQuery({ EQ_x: 1 })).to.equal(true);
    expect(isQuery({ eventType: [] })).to.equal(true);
    expect(isQuery({ query: {} })).to.equal(true);
    expect(isQuery({ type: 'ObjectEvent', EQ_x: 1 })).to.equal(false);
    expect(isQuery({ '@context': 'https://example.org/' })).to.equal(false);
  });

  it('reads hostile names in time that grows with their length alone', () => {
    for (const part of ['INNER_', 'a_', 'a:', ':', '_']) {
      const name = `EQ_${part.repeat(100_000 / part.length)}`;
      expect(faults({ [name]: 1, [name.slice(0, 1000)]: {} })).to.have.length.above(0);
    }
  });
});
