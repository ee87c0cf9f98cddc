import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PassageError } from '../errors/passage-error.js';
import type { Violation } from '../errors/violations.js';
import { readJson } from '../json/read-json.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/value.js';
import { describeEvent } from './describe-event.js';
import { checkObservation, classifyEvent } from './observation.js';

function member(value: JsonValue | undefined, ...path: string[]): JsonValue | undefined {
  return path.reduce((at, name) => (isJsonObject(at) ? at[name] : undefined), value);
}

/** The events of a document, a query result or a bare event, each with the document's `@context`. */
function eventsOf(file: string): JsonObject[] {
  const document = readJson(readFileSync(file));
  const list = member(document, 'epcisBody', 'eventList') ??
    member(document, 'epcisBody', 'queryResults', 'resultsBody', 'eventList') ?? [document];
  const context = member(document, '@context');
  const events = isJsonArray(list) ? list.filter(isJsonObject) : [];
  return events.map((event) => ({ ...(context !== undefined && { '@context': context }), ...event }));
}

/** What an event is refused with: its code, or every violation as "pointer code"; empty where it is taken. */
function refusals(event: JsonObject): string[] {
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

describe('the EPCIS documents of OpenEPCIS', () => {
  it('that are valid pass if they hold observations; acts are left to a later issue', function () {
    const folder = needSharedData(this, 'epcis');
    const files = globSync(`${folder}valid/{Capture/**,Query}/*.json`);
    const count = { observation: 0, act: 0 };
    for (const event of files.flatMap(eventsOf)) {
      const kind = classifyEvent(event);
      expect(kind).not.to.equal(undefined);
      expect(refusals(event), JSON.stringify(event)).to.deep.equal(
        kind === 'act' ? ['NOT_AN_OBSERVATION'] : [],
      );
      count[kind ?? 'act'] += 1;
    }
    process.stdout.write(
      `      ${count.observation} observations taken, ${count.act} acts not covered yet\n`,
    );
    expect(count).to.deep.equal({ observation: 11, act: 20 });
  });

  /** What stands against each event of an invalid document once it is read as an observation. */
  const expected: Record<string, string[][]> = {
    Combination_of_events_with_missing_mandatory_fields: [
      ['/action MISSING'],
      ['/eventTimeZoneOffset MISSING', '/action MISSING'],
    ],
    Combination_of_multiple_invalid_fields: [
      ['/bizStep VALUE'],
      ['/disposition VALUE'],
      ['/sourceList/0/type VALUE'],
      ['/ilmd UNKNOWN_FIELD'],
      ['/eventTime VALUE', '/action VALUE'],
    ],
    ObjectEvent_with_invalid_certificationInfo: [['/certificationInfo/0 TYPE', '/certificationInfo/1 TYPE']],
    ObjectEvent_with_quantity_as_text: [['/quantityList/0/quantity TYPE']],
    ObjectEvent_without_identifier_list: [[' MISSING']],
  };

  for (const [name, faults] of Object.entries(expected)) {
    it(`that are invalid are refused for what is wrong with them: ${name}`, function () {
      const events = eventsOf(`${needSharedData(this, 'epcis')}invalid/Capture/${name}.json`);
      const observed = events.map((event) =>
        event['action'] === 'ADD' ? { ...event, action: 'OBSERVE' } : event,
      );
      expect(observed.map(refusals)).to.deep.equal(faults);
    });
  }

  it('that are invalid are otherwise documents and queries, which are not read here', function () {
    const folder = needSharedData(this, 'epcis');
    const rest = globSync(`${folder}invalid/**/*.json`)
      .map((file) => basename(file, '.json'))
      .filter((name) => !(name in expected));
    expect(rest.sort()).to.deep.equal([
      'EPCISDocument_without_context',
      'QueryDocument_with_invalid_eventType',
      'Query_with_invalid_values',
      'Query_with_unknown_parameter',
    ]);
  });

  it('are found by what they are about, CBV words in one spelling', function () {
    const folder = needSharedData(this, 'epcis');
    const [event = {}] = eventsOf(`${folder}valid/Capture/Documents/Combination_of_different_event.json`);
    expect(describeEvent(event)).to.deep.equal({
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
