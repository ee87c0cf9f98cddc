import { expect } from 'chai';
import fc from 'fast-check';
import { traceOrigin, type OriginRecords, type OriginTrace, type TraceBounds } from './trace-origin.js';

/** Records of lots and from which each was made; none for a lot of the field. */
function recordsOf(made: Readonly<Record<string, readonly string[]>>): OriginRecords {
  const lots = Object.keys(made).map((lot): [string, { lot: string; transformation?: string }] => [
    lot,
    { lot, ...(made[lot]?.length !== 0 && { transformation: `T:${lot}` }) },
  ]);
  const transformations = Object.entries(made).map(([lot, from]) => ({
    transformation: `T:${lot}`,
    inputs: from.map((input) => ({ lot: input, quantity: 1, shares: [] })),
  }));
  return { lots: new Map(lots), transformations: new Map(transformations.map((t) => [t.transformation, t])) };
}

const bounds: TraceBounds = { depth: 10, lots: 100 };

/** What a caller with a ledger at hand does. */
function ask(start: string, all: OriginRecords, within = bounds): { trace: OriginTrace; rounds: number } {
  const known = { lots: new Map(), transformations: new Map() };
  for (let rounds = 1; ; rounds += 1) {
    const trace = traceOrigin(start, known, within);
    const { lots, transformations } = trace.missing;
    if (lots.length + transformations.length === 0) return { trace, rounds };
    for (const id of lots) known.lots.set(id, all.lots.get(id));
    for (const id of transformations) known.transformations.set(id, all.transformations.get(id));
  }
}

describe('traceOrigin', () => {
  const coffee = recordsOf({
    blend: ['roastA', 'roastB'],
    roastA: ['farm'],
    roastB: ['farm', 'other'],
    farm: [],
    other: [],
  });

  it('goes back to where each lot was registered, and names each lot once', () => {
    expect(ask('blend', coffee).trace).to.deep.equal({
      steps: [
        { lot: 'blend', depth: 0 },
        { lot: 'roastA', depth: 1 },
        { lot: 'roastB', depth: 1 },
        { lot: 'farm', depth: 2 },
        { lot: 'other', depth: 2 },
      ],
      missing: { lots: [], transformations: [] },
      cut: false,
    });
  });

  it('says what it does not know instead of guessing', () => {
    const nothing = { lots: new Map(), transformations: new Map() };
    expect(traceOrigin('blend', nothing, bounds).missing).to.deep.equal({
      lots: ['blend'],
      transformations: [],
    });
  });

  it('stops at its bounds and says so', () => {
    expect(ask('blend', coffee, { depth: 1, lots: 100 }).trace).to.deep.include({ cut: true });
    expect(ask('blend', coffee, { depth: 1, lots: 100 }).trace.steps).to.have.length(3);
    expect(ask('blend', coffee, { depth: 2, lots: 100 }).trace.cut).to.equal(false);
    expect(ask('blend', coffee, { depth: 2, lots: 5 }).trace.cut).to.equal(false);
    expect(ask('blend', coffee, { depth: 2, lots: 4 }).trace.cut).to.equal(true);
    const few = ask('blend', coffee, { depth: 10, lots: 2 }).trace;
    expect(few.steps.map(({ lot }) => lot)).to.deep.equal(['blend', 'roastA']);
    expect(few.cut).to.equal(true);
  });

  it('ends, whatever the records say: rings that no rule makes, too', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const any = fc.record(Object.fromEntries(names.map((name) => [name, fc.subarray(names)])));
    fc.assert(
      fc.property(any, (made) => {
        const { steps } = ask('a', recordsOf(made)).trace;
        expect(new Set(steps.map(({ lot }) => lot)).size).to.equal(steps.length);
      }),
    );
  });
});
