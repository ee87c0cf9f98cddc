import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { bizSteps } from '../epcis/vocabulary.js';
import type { JsonObject } from '../json/value.js';
import { parseKey } from '../state/keys.js';
import { actEvent, partyCaller, StatementStage, testUcr, type CastMember } from '../testing/index.js';

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

const [wheat, flour] = ['urn:epc:class:lgtin:4012345.012345.1', 'urn:epc:class:lgtin:4012345.054321.1'];
const goods = { hs: '847130', hsEdition: '2017', unit: { uom: 'KGM', decimals: 0 } };
const container = 'urn:epc:id:bic:CSQU3054383';
const things: Readonly<Record<string, JsonObject>> = {
  ObjectEvent: { epcList: ['urn:epc:id:sgtin:0614141.107346.2017'] },
  AggregationEvent: { parentID: container, childEPCs: [`urn:passage:ucr:${testUcr}`] },
  AssociationEvent: { parentID: container, childEPCs: ['urn:passage:seal:KR0012345'] },
  TransactionEvent: { epcList: ['urn:epc:id:sgtin:0614141.107346.2017'] },
  TransformationEvent: {
    inputQuantityList: [{ epcClass: wheat, quantity: 5, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: flour, quantity: 4, uom: 'KGM' }],
    'psg:transformation': {
      transformation: 'SELLER1:T',
      measure: 'KGM',
      inputs: [{ epcClass: wheat, lot: 'SELLER1:WHEAT' }],
      outputs: [{ epcClass: flour, lot: 'SELLER1:FLOUR', ...goods }],
    },
  },
};

/** An event of the cell that has all that it needs, about the test shipment, unless it is about lots. */
function eventOf({ type, action, who }: Cell, bizStep?: string): JsonObject {
  const step = bizStep !== undefined && { bizStep };
  const members = { type, ...(action !== '(none)' && { action }), ...step, ...things[type] };
  return who === 'holder' ? actEvent(members) : actEvent(members, testUcr);
}

/** Who may, as the page calls it: the party of the cast, and what everybody else is told. */
const may: Readonly<Record<string, { readonly party: CastMember; readonly others: string }>> = {
  anyone: { party: 'TERMINAL1', others: '' },
  custodian: { party: 'CARRIER1', others: 'NOT_CUSTODIAN' },
  holder: { party: 'SELLER1', others: 'NOT_HOLDER' },
};

/** A stage on which the seller holds a lot, and what has to have happened before was done. */
function stageFor(cell: Cell): StatementStage {
  const stage = new StatementStage();
  const lot = { requestId: 'lot', lot: 'SELLER1:WHEAT', ...goods, shares: [{ origin: 'KR', quantity: 5 }] };
  stage.world.play(partyCaller('SELLER1'), 'RegisterLot', lot);
  for (const event of before(cell)) stage.record('CARRIER1', event);
  return stage;
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
        const { writes } = stageFor(cell).record(may[cell.who]?.party ?? 'TERMINAL1', eventOf(cell, bizStep));
        expect(writtenKinds(writes)).to.deep.equal(cell.writes);
      }
    });

    it(`${name}: who else may`, () => {
      const stage = stageFor(cell);
      if (cell.who === 'anyone') {
        expect(writtenKinds(stage.record('TERMINAL1', eventOf(cell)).writes)).to.deep.equal([]);
      } else {
        const [refusal = ''] = stage.refused('TERMINAL1', eventOf(cell));
        expect(refusal.split(' ')[1]).to.equal(may[cell.who]?.others);
      }
    });
  }

  it('lets anyone act on what the ledger keeps nothing of', () => {
    const stage = new StatementStage();
    for (const cell of cells) {
      const children = cell.type === 'AggregationEvent' && {
        childEPCs: ['urn:epc:id:sgtin:0614141.107346.2017'],
      };
      const left = new Set(['bizTransactionList', 'psg:transformation']);
      const members = Object.entries({ ...eventOf(cell), ...children });
      const event = Object.fromEntries(members.filter(([name]) => !left.has(name)));
      const papers = { bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1' }] };
      const needed = cell.type === 'TransactionEvent' ? papers : {};
      expect(writtenKinds(stage.record('TERMINAL1', { ...event, ...needed }).writes)).to.deep.equal([]);
    }
  });
});
