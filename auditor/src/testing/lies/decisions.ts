import { keys } from '@passage/domain';
import { actEvent, people, TestDevice } from '@passage/domain/testing';
import type { Caller, JsonObject, JsonValue } from '@passage/domain';
import type { Told, WriteSet } from '@passage/evidence/testing';
import { textIn } from '../../custody/custody-transaction.js';
import { upTo } from './alteration.js';
import { carrier, change, holds, importer, law, officer, opens, terminal, told, ucr } from './story.js';
import type { Lie } from './lie.js';

const agency = people.find(({ partyId }) => partyId === 'AGENCY1') as Caller;
const decided = {
  by: 'OFFICER1',
  role: 'customs_officer',
  at: '2026-01-01T00:00:00.000Z',
  legalBasis: 'art. 188',
  response: '4',
};
const splits = (forge: (set: WriteSet) => void): Told => {
  const into = [4, 5].map((quantity, part) => ({
    ucr: `${ucr}-${String(part)}`,
    lines: [{ line: 0, quantity }],
  }));
  return told(importer, 'SplitShipment', { ucr, into }, { forge });
};
const container = 'container:CSQU3054383';
const packing = (action: string): JsonObject =>
  actEvent({
    type: 'AggregationEvent',
    action,
    parentID: 'urn:epc:id:bic:CSQU3054383',
    childEPCs: [`urn:passage:ucr:${ucr}`],
  });

/** The consignment goes into a container, and customs holds it there; then it is taken out. */
function unpacksHeldGoods(ledger: string): readonly Told[] {
  const device = new TestDevice(ledger, Buffer.alloc(32, 7));
  const claim = { owner: 'CARRIER1', kind: 'business_system' };
  const records = (event: JsonObject, lying: Pick<Told, 'believing'> = {}): Told =>
    told(terminal, 'RecordStatements', { statements: [device.next(event)] }, lying);
  return [
    opens(),
    told(carrier, 'RegisterDevice', { kind: claim.kind, proof: device.proof(claim) }),
    records(packing('ADD')),
    told(officer, 'PlaceHold', { ...law, response: '5', units: [container] }),
    records(packing('DELETE'), { believing: { [keys.customs(ucr)]: { inForce: [] } } }),
  ];
}

/** What stands in a member of a record when one transaction is told, put back into what a later one writes. */
function remembering(
  key: string,
  member: string,
): {
  readonly remember: (set: WriteSet) => void;
  readonly restore: (without?: readonly string[]) => (set: WriteSet) => void;
} {
  let kept: JsonValue = null;
  return {
    remember: ({ records }) => {
      kept = records.get(key)?.[member] ?? null;
    },
    restore: (without) => (set) => {
      change(key, { [member]: kept }, without)(set);
    },
  };
}

/** Goods of which an inspection did not conform are released, as if it had conformed. */
function releasesAlone(ledger: string): readonly Told[] {
  const before = upTo('ReviewInspection', 'customs', ledger);
  const inspected = textIn(before.at(-1)?.input ?? {}, 'ucr') ?? '';
  const finding = { inspection: 1, result: 'conforming', by: 'OFFICER2', at: '2026-01-01T00:00:00.000Z' };
  const key = keys.customs(inspected);
  const real = remembering(key, 'finding');
  return [
    ...before.slice(0, -1),
    ...before.slice(-1).map((each) => ({ ...each, forge: real.remember })),
    told(
      officer,
      'ReleaseGoods',
      { ucr: inspected, legalBasis: 'art. 194' },
      { believing: { [key]: { finding } }, forge: real.restore() },
    ),
  ];
}

export const decisions: readonly Lie[] = [
  {
    what: 'goods leave a unit in which they are held',
    story: unpacksHeldGoods,
    check: 'holds',
    expected: /stays as it is in container:CSQU3054383 while it is held/,
    found: /GOODS_HELD/,
  },
  {
    what: 'one officer releases goods that take two',
    story: releasesAlone,
    check: 'holds',
    expected: /two officers release/,
    found: /^OFFICER1 alone$/,
  },
  {
    what: 'a hold is placed in another officer’s name',
    story: () => [
      opens(),
      {
        ...holds,
        forge: (set) => {
          const placed = { ...decided, by: 'OFFICER2' };
          const latest = { kind: 'goods_held', hold: 1, decision: placed };
          change(keys.customs(ucr), { latest })(set);
          change(keys.hold(ucr, 1), { placed })(set);
        },
      },
    ],
    check: 'holds',
    expected: /by an officer, sent by OFFICER1/,
    found: /^OFFICER2 as customs_officer/,
  },
  {
    what: 'an agency lifts a hold of customs',
    story: () => {
      const [mine, its] = [
        remembering(keys.hold(ucr, 1), 'placed'),
        { ...decided, by: 'AGENCY1', role: 'permit_agency' },
      ];
      return [
        opens(),
        { ...holds, forge: mine.remember },
        told(
          agency,
          'ReleaseHold',
          { ...law, hold: 1, response: '4' },
          {
            believing: {
              [keys.hold(ucr, 1)]: { permit: 'CITES', placed: its },
            },
            forge: mine.restore(['permit']),
          },
        ),
      ];
    },
    check: 'holds',
    expected: /released by customs/,
    found: /^AGENCY1$/,
  },
  {
    what: 'a hold is answered, and not placed',
    story: () => [
      opens(),
      {
        ...holds,
        forge: ({ records, policies }) => {
          records.clear();
          policies.clear();
        },
      },
    ],
    check: 'outcome',
    expected: /PlaceHold writes custody/,
    found: /^nothing$/,
  },
  {
    what: 'parts of a consignment are born released',
    story: () => [opens(), splits(change(keys.customs(`${ucr}-0`), { release: decided }))],
    check: 'holds',
    expected: /stands as those before it stood/,
    found: /^otherwise$/,
  },
  {
    what: 'a standing changes when nobody has decided anything',
    story: () => [opens(), splits(change(keys.customs(ucr), { release: decided }))],
    check: 'act',
    expected: /SplitShipment does no more to customs/,
    found: /changed: release/,
  },
];
