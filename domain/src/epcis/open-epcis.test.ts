import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { readJson } from '../json/read-json.js';
import { isJsonObject, type JsonObject } from '../json/value.js';
import { describeEvent } from './describe-event.js';
import { documentViolations, eventsOf, isDocument } from './document.js';
import { eventViolations } from './event-violations.js';
import { isQuery, queryViolations } from './query.js';

function read(file: string): JsonObject {
  const value = readJson(readFileSync(file));
  return isJsonObject(value) ? value : {};
}

/** What stands against a file, as "pointer code". */
function faults(value: JsonObject): string[] {
  const judge = isDocument(value) ? documentViolations : isQuery(value) ? queryViolations : eventViolations;
  return judge(value).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('the EPCIS documents of OpenEPCIS', () => {
  it('that are valid pass: documents, bare events, query documents and queries', function () {
    const files = globSync(`${needSharedData(this, 'epcis')}valid/**/*.json`);
    expect(files).to.have.length.above(20);
    for (const file of files) expect(faults(read(file)), file).to.deep.equal([]);
  });

  const events = '/epcisBody/eventList';
  const details = '/certificationInfo/1/gs1:CertificationDetails';

  /** What the README says is wrong with each file, as we say it. */
  const expected: Record<string, string[]> = {
    'Capture/Combination_of_events_with_missing_mandatory_fields': [
      `${events}/0/action MISSING`,
      `${events}/1/eventTimeZoneOffset MISSING`,
      `${events}/1/action MISSING`,
    ],
    'Capture/Combination_of_multiple_invalid_fields': [
      `${events}/0/bizStep VALUE`,
      `${events}/1/disposition VALUE`,
      `${events}/2/sourceList/0/type VALUE`,
      `${events}/3/ilmd/materialType UNKNOWN_FIELD`,
      `${events}/4/eventTime VALUE`,
      `${events}/4/action VALUE`,
    ],
    'Capture/EPCISDocument_without_context': ['/@context MISSING'],
    'Capture/ObjectEvent_with_invalid_certificationInfo': [
      `${events}/0${details}/gs1:certificationAgency MISSING`,
      `${events}/0${details}/gs1:certificationAuditDate VALUE`,
    ],
    'Capture/ObjectEvent_with_quantity_as_text': [`${events}/0/quantityList/0/quantity TYPE`],
    'Capture/ObjectEvent_without_identifier_list': [`${events}/0 MISSING`],
    'Query/QueryDocument_with_invalid_eventType': [
      '/epcisBody/queryResults/resultsBody/eventList/0/type VALUE',
    ],
    'Query/Queries/Query_with_invalid_values': [
      '/GE_eventTime VALUE',
      '/EQ_action/0 VALUE',
      '/orderDirection VALUE',
    ],
    'Query/Queries/Query_with_unknown_parameter': ['/GE_eventDate UNKNOWN_FIELD'],
  };

  for (const [name, list] of Object.entries(expected)) {
    it(`that are invalid are refused for what is wrong with them: ${name}`, function () {
      expect(faults(read(`${needSharedData(this, 'epcis')}invalid/${name}.json`))).to.deep.equal(list);
    });
  }

  it('are found by what they are about, CBV words in one spelling', function () {
    const folder = needSharedData(this, 'epcis');
    const document = read(`${folder}valid/Capture/Documents/Combination_of_different_event.json`);
    const [first] = eventsOf(document);
    expect(describeEvent(first?.event ?? {})).to.deep.equal({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventTime: '2021-05-27T14:00:00+01:00',
      eventTimeZoneOffset: '+01:00',
      bizStep: 'sensor_reporting',
      readPoint: 'https://id.example.com/414/4012345000054',
      epcs: ['https://id.example.com/8003/030013450007718765'],
      ucrs: [],
    });
  });
});
