import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { bizSteps } from '../epcis/vocabulary.js';
import type { JsonObject } from '../json/value.js';
import { parseKey } from '../state/keys.js';
import { actEvent, StatementStage, testUcr } from '../testing/index.js';

const page = readFileSync(new URL('../../../docs/acts.md', import.meta.url), 'utf8');

interface Cell {
  readonly type: string;
  readonly action: string;
  readonly class: string;
  readonly who: string;
  readonly writes: readonly string[];
}

/** The rows of the table on the page. */
const cells: readonly Cell[] = page
  .split('\n')
  .filter((line) => /^\| [A-Z][a-z]+Event /.test(line))
  .map((line) => {
    const [type = '', action = '', , kind = '', who = '', keys = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const writes = [...keys.matchAll(/`([a-z]+)`/g)].map(([, key = '']) => key);
    return { type, action, class: kind, who, writes };
  });

const container = 'urn:epc:id:bic:CSQU3054383';
const things: Readonly<Record<string, JsonObject>> = {
  ObjectEvent: { epcList: ['urn:epc:id:sgtin:0614141.107346.2017'] },
  AggregationEvent: { parentID: container, childEPCs: [`urn:passage:ucr:${testUcr}`] },
  AssociationEvent: { parentID: container, childEPCs: ['urn:passage:seal:KR0012345'] },
  TransactionEvent: { epcList: ['urn:epc:id:sgtin:0614141.107346.2017'] },
  TransformationEvent: {
    inputEPCList: ['urn:epc:id:sgtin:0614141.107346.1'],
    outputEPCList: ['urn:epc:id:sgtin:0614141.107346.2'],
  },
};

/** An event of the cell that is about the test shipment and has all that it needs. */
function eventOf({ type, action }: Cell, bizStep?: string): JsonObject {
  const step = bizStep !== undefined && { bizStep };
  return actEvent({ type, ...(action !== '(none)' && { action }), ...step, ...things[type] }, testUcr);
}

/** What has to have happened before: what comes out was put in. */
function before({ type, action }: Cell): readonly JsonObject[] {
  const packed = actEvent({ type: 'AggregationEvent', action: 'ADD', ...things['AggregationEvent'] });
  if (type === 'AssociationEvent') return [packed, ...fittedBefore(action)];
  return action === 'DELETE'
    ? cells.filter((c) => c.type === type && c.action === 'ADD').map((c) => eventOf(c))
    : [];
}

function fittedBefore(action: string): readonly JsonObject[] {
  const fitting = { type: 'AssociationEvent', action: 'ADD', ...things['AssociationEvent'] };
  return action === 'DELETE' ? [actEvent(fitting, testUcr)] : [];
}

function writtenKinds(keys: readonly string[]): readonly string[] {
  const kinds = new Set(keys.map((key) => parseKey(key)?.kind ?? ''));
  return [...kinds].filter((kind) => kind !== 'statement');
}

describe('docs/acts.md', function () {
  this.timeout(30_000);

  it('has a row for every event type and action', () => {
    expect(cells).to.have.length(13);
  });

  for (const cell of cells) {
    const name = `${cell.type} ${cell.action}`;

    it(`${name}: ${cell.who} may, with any business step, and writes ${cell.writes.join(', ') || 'nothing besides'}`, () => {
      for (const bizStep of [undefined, 'https://example.org/step', ...bizSteps]) {
        const stage = new StatementStage();
        if (cell.who === 'nobody yet') {
          expect(stage.refused('CARRIER1', eventOf(cell, bizStep))).to.deep.equal([
            '0 NOT_AN_OBSERVATION /payload',
          ]);
          continue;
        }
        for (const event of before(cell)) stage.record('CARRIER1', event);
        const { writes } = stage.record('CARRIER1', eventOf(cell, bizStep));
        expect(writtenKinds(writes)).to.deep.equal(cell.writes);
      }
    });

    it(`${name}: who else may`, () => {
      const stage = new StatementStage();
      for (const event of before(cell)) stage.record('CARRIER1', event);
      if (cell.who === 'anyone') {
        expect(writtenKinds(stage.record('TERMINAL1', eventOf(cell)).writes)).to.deep.equal([]);
      } else {
        const [refusal = ''] = stage.refused('TERMINAL1', eventOf(cell));
        expect(refusal.split(' ')[1]).to.equal(
          cell.who === 'custodian' ? 'NOT_CUSTODIAN' : 'NOT_AN_OBSERVATION',
        );
      }
    });
  }

  it('lets anyone act on what the ledger keeps nothing of', () => {
    const stage = new StatementStage();
    for (const cell of cells.filter(({ who }) => who !== 'nobody yet')) {
      const children = cell.type === 'AggregationEvent' && {
        childEPCs: ['urn:epc:id:sgtin:0614141.107346.2017'],
      };
      const { bizTransactionList, ...event }: JsonObject = { ...eventOf(cell), ...children };
      expect(bizTransactionList).to.be.an('array');
      const papers = { bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1' }] };
      const needed = cell.type === 'TransactionEvent' ? papers : {};
      expect(writtenKinds(stage.record('TERMINAL1', { ...event, ...needed }).writes)).to.deep.equal([]);
    }
  });
});
