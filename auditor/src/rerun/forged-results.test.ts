import { keys } from '@passage/domain';
import { prologue, scenarios, scenesOf } from '@passage/domain/testing';
import { expect } from 'chai';
import { replayed } from '../testing/replayed.js';
import { builtPackage, Packages, type BuiltPackage } from './packages.js';
import type { Told, WriteSet } from '@passage/evidence/testing';
import type { ReplayReport } from '../report.js';

const today = new Date('2026-01-01T00:00:00.000Z');
/** The first scenario about handovers; those about holds follow. */
const HANDOVERS = scenarios.findIndex(({ title }) => title.startsWith('custody moves'));
const ucr = `6KRIMPORTER1-S${String(HANDOVERS + 1)}`;

/** What somebody lets three organisations sign that the chaincode has not done, and what running it again says of that. */
const lies: readonly {
  readonly what: string;
  readonly forge: (set: WriteSet) => void;
  readonly expected: RegExp;
  readonly found: RegExp;
  /** Whether nothing but running the chaincode again tells. */
  readonly alone: boolean;
}[] = [
  {
    what: 'writes another value',
    forge: ({ records }) => {
      const key = keys.handover(ucr, 1);
      records.set(key, { ...records.get(key), place: 'CNSHA' });
    },
    expected: /^write of "handover\/6KRIMPORTER1-S10\/1" in passage as /,
    found: /^as .*, endorsed by CustomsMSP, PortMSP, BusinessMSP$/,
    alone: false,
  },
  {
    what: 'writes a key less',
    forge: ({ records }) => void records.delete(keys.handover(ucr, 1)),
    expected: /^write of "handover\/6KRIMPORTER1-S10\/1" in passage as /,
    found: /^not there, endorsed by/,
    alone: false,
  },
  {
    what: 'has not read what it rests on, so that nobody notices that it changed',
    forge: ({ reads }) => void reads.delete(keys.custody(ucr)),
    expected: /^read of "custody\/6KRIMPORTER1-S10" in passage at block 14, transaction 0$/,
    found: /^not there, endorsed by/,
    alone: true,
  },
  {
    what: 'answers otherwise',
    forge: (set) => {
      set.answer = '{"handover":9}';
    },
    expected: /^the answer /,
    found: /^"\{\\"handover\\":9\}", endorsed by/,
    alone: true,
  },
  {
    what: 'tells listeners of another act',
    forge: (set) => {
      set.event = { command: 'ReleaseGoods' };
    },
    expected: /^the event /,
    found: /endorsed by CustomsMSP, PortMSP, BusinessMSP$/,
    alone: true,
  },
];

/** The scenes in which goods change hands, up to the first offer. */
function offers(ledger: string): readonly Told[] {
  const scenario = scenarios[HANDOVERS];
  if (scenario === undefined) throw new Error('no scenario of handovers');
  const scenes = scenesOf(scenario, ledger, today).filter(({ expect: { refused } }) => refused === undefined);
  const at = scenes.findIndex(({ name }) => name === 'OfferHandover');
  return [...prologue(ledger), ...scenes.slice(0, at + 1)];
}

describe('a chaincode that did something else than its code says, on a generated chain', function () {
  this.timeout(60_000);
  let built: BuiltPackage;

  before(async () => {
    built = await builtPackage();
  });

  const judged = (tell: (ledger: string) => readonly Told[], packages = true): Promise<ReplayReport> => {
    const rerun = { packages: new Packages([], packages ? built.folder : undefined) };
    return replayed(tell, { version: `1-${built.sha256}`, ownPackage: built.sha256, all: true, rerun });
  };

  it('is none where handovers and holds are told as they were: all comes to the same bytes', async () => {
    const told = (ledger: string): readonly Told[] => [
      ...prologue(ledger),
      ...scenarios
        .slice(HANDOVERS, HANDOVERS + 4)
        .flatMap((scenario) => scenesOf(scenario, ledger, today))
        .filter(({ expect: to, name }) => to.refused === undefined && !name.includes('Opening')),
    ];
    const { differences, rerun, transactions } = await judged(told);
    expect(differences).to.deep.equal([]);
    expect(rerun).to.deep.include({ byHashes: 0 });
    expect(rerun?.rerun).to.be.greaterThan(transactions - 10);
  });

  for (const { what, forge, expected, found, alone } of lies) {
    it(`is found where it ${what}`, async () => {
      const told = (ledger: string): readonly Told[] =>
        offers(ledger).map((each, index, { length }) => (index < length - 1 ? each : { ...each, forge }));
      const { differences, blocks, codes, transactions } = await judged(told);
      expect(codes).to.deep.equal({ VALID: transactions });
      const [difference, ...more] = differences.filter(({ check }) => check === 'rerun');
      expect(difference).to.deep.include({ block: blocks - 1, transaction: 0 });
      expect(difference?.expected).to.match(expected);
      expect(difference?.found).to.match(found);
      expect(more).to.deep.equal([]);
      expect(differences.length === 1).to.equal(alone);
    });
  }

  it('is not found without its package, and the report says that nothing was rerun', async () => {
    const told = (ledger: string): readonly Told[] =>
      offers(ledger).map((each, index, { length }) =>
        index < length - 1 ? each : { ...each, forge: (set: WriteSet) => void (set.answer = '{}') },
      );
    const { differences, rerun } = await judged(told, false);
    expect(differences).to.deep.equal([]);
    expect(rerun?.rerun).to.equal(0);
    expect(Object.keys(rerun?.notRerun ?? {})).to.include(
      `no package given for passage, sequence 1, version 1-${built.sha256}`,
    );
  });
});
