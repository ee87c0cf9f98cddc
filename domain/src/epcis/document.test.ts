import { expect } from 'chai';
import type { JsonObject } from '../json/value.js';
import { documentViolations, eventsOf, isDocument } from './document.js';

const event: JsonObject = {
  type: 'ObjectEvent',
  eventTime: '2026-01-31T12:00:00Z',
  eventTimeZoneOffset: '+09:00',
  action: 'OBSERVE',
  epcList: ['urn:epc:id:sscc:4012345.0000000111'],
};
const document: JsonObject = {
  '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { ex: 'https://example.org/' }],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-31T12:00:00Z',
  epcisBody: { eventList: [event] },
};
const results: JsonObject = {
  '@context': document['@context'] ?? null,
  type: 'EPCISQueryDocument',
  epcisBody: { queryResults: { queryName: 'q', resultsBody: { eventList: [event] } } },
};

function faults(value: JsonObject): string[] {
  return documentViolations(value).map(({ pointer, code }) => `${pointer} ${code}`);
}

function withEvents(...eventList: JsonObject[]): JsonObject {
  return { ...document, epcisBody: { eventList } };
}

describe('documentViolations', () => {
  it('takes a document and a query document, also with nothing in them', () => {
    expect(isDocument(document) && isDocument(results)).to.equal(true);
    expect(faults(document)).to.deep.equal([]);
    expect(faults(results)).to.deep.equal([]);
    expect(faults(withEvents())).to.deep.equal([]);
  });

  it('wants what a document has to have', () => {
    expect(faults({ type: 'EPCISDocument' })).to.deep.equal([
      '/@context MISSING',
      '/schemaVersion MISSING',
      '/creationDate MISSING',
      '/epcisBody MISSING',
    ]);
    expect(faults({ ...document, schemaVersion: '2.', epcisBody: {} })).to.deep.equal([
      '/schemaVersion VALUE',
      '/epcisBody/eventList MISSING',
    ]);
    expect(faults({ ...results, epcisBody: { queryResults: { resultsBody: {} } } })).to.deep.equal([
      '/epcisBody/queryResults/queryName MISSING',
      '/epcisBody/queryResults/resultsBody/eventList MISSING',
    ]);
  });

  it('takes a schema version of numbers with dots between them', () => {
    for (const kind of [document, results]) {
      for (const good of ['2', '2.0', '2.0.1', '10.20'])
        expect(faults({ ...kind, schemaVersion: good }), good).to.deep.equal([]);
      for (const bad of ['', '2.', '.0', '2..0', 'v2.0', '2.0v', '2.x', ' 2.0', '2.0 ', '2.0\n', '2,0'])
        expect(faults({ ...kind, schemaVersion: bad }), JSON.stringify(bad)).to.deep.equal([
          '/schemaVersion VALUE',
        ]);
      expect(faults({ ...kind, schemaVersion: 2 })).to.deep.equal(['/schemaVersion TYPE']);
    }
  });

  it('takes master data in the header, and extensions whose prefix is declared', () => {
    const vocabulary = {
      type: 'urn:epcglobal:epcis:vtype:Location',
      vocabularyElementList: [
        {
          id: 'urn:x:1',
          attributes: [{ id: 'cbvmda:name', attribute: 'Gate', note: 1 }],
          children: ['urn:x:2'],
        },
      ],
    };
    const header = { epcisMasterData: { vocabularyList: [vocabulary] } };
    expect(faults({ ...document, epcisHeader: header, 'ex:mark': 1, sender: 'me' })).to.deep.equal([]);
    expect(
      faults({ ...document, epcisHeader: { epcisMasterData: { vocabularyList: [{}] } }, mark: 1 }),
    ).to.deep.equal(['/epcisHeader/epcisMasterData/vocabularyList/0/type MISSING', '/mark UNKNOWN_FIELD']);
  });

  it('judges each event by the prefixes of the document and its own', () => {
    const own = { ...event, 'own:a': 1, 'ex:b': 1, '@context': { own: 'https://own.example/' } };
    expect(faults(withEvents(own, { ...event, 'own:a': 1 }))).to.deep.equal([
      '/epcisBody/eventList/1/own:a UNKNOWN_FIELD',
    ]);
  });

  it('takes events of types of somebody else, and judges what all events have', () => {
    const extended = { ...event, type: 'ex:WeighEvent', action: 'WEIGH' };
    expect(faults(withEvents({ ...extended, 'ex:mass': 1 }))).to.deep.equal([]);
    expect(faults(withEvents({ ...extended, eventTime: 'now' }))).to.deep.equal([
      '/epcisBody/eventList/0/eventTime VALUE',
    ]);
    const list = { ...document, epcisBody: { eventList: [5, { ...event, type: 'epcis:ObjectEvent' }] } };
    expect(faults(list)).to.deep.equal(['/epcisBody/eventList/0 TYPE', '/epcisBody/eventList/1/type VALUE']);
  });
});

describe('eventsOf', () => {
  it('gives the events of both kinds of document with their places, and none where there is no list', () => {
    expect(eventsOf(document)).to.deep.equal([{ event, pointer: '/epcisBody/eventList/0' }]);
    expect(eventsOf(results)).to.deep.equal([
      { event, pointer: '/epcisBody/queryResults/resultsBody/eventList/0' },
    ]);
    expect(eventsOf({ epcisBody: { eventList: [1] } })).to.deep.equal([]);
    expect(eventsOf({ epcisBody: 'x' })).to.deep.equal([]);
  });
});
