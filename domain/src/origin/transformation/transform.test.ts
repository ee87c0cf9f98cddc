import { expect } from 'chai';
import fc from 'fast-check';
import { PassageError } from '../../errors/passage-error.js';
import { newLot } from '../lot/lot.js';
import type { LotRecord } from '../lot/lot-record.js';
import { fullStock, type Share, type Stock } from '../stock.js';
import type { Unit } from '../unit.js';
import { defaultParameters } from '../../parameters/parameters.js';
import { transform as transformUnder, type Plan, type Transformed } from './transform.js';

const gram: Unit = { uom: 'KGM', decimals: 3 };
const at = '2026-01-01T00:00:00.000Z';

const transform = (plan: Plan): Transformed => transformUnder(plan, defaultParameters);

function lotOf(id: string, shares: Readonly<Record<string, number>>, unit = gram): LotRecord {
  const parts = Object.entries(shares).map(([origin, quantity]) => ({ origin, quantity }));
  const facts = { lot: id, holder: 'P', at, hs: '090111', hsEdition: '2022' } as const;
  return newLot(facts, fullStock(unit, parts), {});
}

function sharesOf({ shares }: Pick<Stock, 'shares'>): Readonly<Record<string, number>> {
  return Object.fromEntries(shares.map(({ origin, quantity }) => [origin, quantity]));
}

function codeOf(plan: Plan): string {
  try {
    transform(plan);
  } catch (error) {
    if (error instanceof PassageError) return error.code;
    throw error;
  }
  return 'none';
}

function output(lot: string, quantity: number, unit = gram): Plan['outputs'][number] {
  return { lot, quantity, unit };
}

const plain = { measure: 'KGM', conversions: [] };

describe('transform', () => {
  it('blends in proportion, and says what was used up', () => {
    const lots = [lotOf('P:1', { BR: 60, CO: 40 }), lotOf('P:2', { VN: 100 })];
    const inputs = lots.map((lot) => ({ lot, quantity: 50 }));
    const { consumed, made, lots: after } = transform({ ...plain, inputs, outputs: [output('P:3', 100)] });
    expect(sharesOf(made.get('P:3') as Stock)).to.deep.equal({ BR: 30, CO: 20, VN: 50 });
    expect(consumed[0]).to.deep.equal({
      lot: 'P:1',
      quantity: 50,
      shares: [
        { origin: 'BR', quantity: 30 },
        { origin: 'CO', quantity: 20 },
      ],
    });
    expect(after.map(({ remaining }) => remaining)).to.deep.equal([50, 50]);
    expect(after[0]?.shares).to.deep.equal([
      { origin: 'BR', quantity: 60, remaining: 30 },
      { origin: 'CO', quantity: 40, remaining: 20 },
    ]);
  });

  it('weighs units against each other by the factors that were declared', () => {
    const bag: Unit = { uom: 'BG', decimals: 0 };
    const bags = { lot: lotOf('P:1', { BR: 2 }, bag), quantity: 2 };
    const loose = { lot: lotOf('P:2', { VN: 100_000 }), quantity: 100_000 };
    const conversions = [{ uom: 'BG', numerator: 50, denominator: 1 }];
    const plan = { measure: 'KGM', conversions, inputs: [bags, loose] };
    const tonne: Unit = { uom: 'KGM', decimals: 0 };
    const { made } = transform({ ...plan, outputs: [output('P:3', 200, tonne)] });
    expect(sharesOf(made.get('P:3') as Stock)).to.deep.equal({ BR: 100, VN: 100 });
    expect(codeOf({ ...plan, outputs: [output('P:3', 201, tonne)] })).to.equal('OUTPUT_EXCEEDS_INPUT');
    expect(codeOf({ ...plan, outputs: [output('P:3', 4, bag)] })).to.equal('none');
    expect(codeOf({ ...plan, outputs: [output('P:3', 5, bag)] })).to.equal('OUTPUT_EXCEEDS_INPUT');
    const bare = { ...plan, conversions: [], outputs: [output('P:3', 1)] };
    expect(codeOf(bare)).to.equal('UNIT_NOT_CONVERTIBLE');
  });

  it('balances factors that are no finite decimals without rounding', () => {
    const third = [{ uom: 'LBR', numerator: 1, denominator: 3 }];
    const pounds: Unit = { uom: 'LBR', decimals: 0 };
    const inputs = [{ lot: lotOf('P:1', { US: 3 }, pounds), quantity: 3 }];
    const plan = { measure: 'KGM', conversions: third, inputs };
    expect(codeOf({ ...plan, outputs: [output('P:2', 1000)] })).to.equal('none');
    expect(codeOf({ ...plan, outputs: [output('P:2', 1001)] })).to.equal('OUTPUT_EXCEEDS_INPUT');
  });

  it('refuses more than a lot has left, and a blend of too many origins', () => {
    const lot = lotOf('P:1', { BR: 10 });
    const tooMuch = { ...plain, inputs: [{ lot, quantity: 11 }], outputs: [output('P:2', 1)] };
    expect(codeOf(tooMuch)).to.equal('QUANTITY_EXCEEDED');
    const origins = (first: number): Readonly<Record<string, number>> =>
      Object.fromEntries(
        Array.from({ length: 11 }, (_, index) => [`${String.fromCharCode(65 + first + index)}A`, 1]),
      );
    const many = [lotOf('P:1', origins(0)), lotOf('P:2', origins(11))];
    const inputs = many.map((each) => ({ lot: each, quantity: 11 }));
    expect(codeOf({ ...plain, inputs, outputs: [output('P:3', 1)] })).to.equal('TOO_MANY_ORIGINS');
    const under = (originsPerLot: number) => (): Transformed =>
      transformUnder({ ...plain, inputs, outputs: [output('P:3', 1)] }, { originsPerLot });
    expect(under(22)).not.to.throw();
    expect(under(21)).to.throw('22 origins');
  });

  /** Lots, what is taken of each, and outputs that together claim no more. */
  const plans = fc
    .array(
      fc.record({
        shares: fc.dictionary(
          fc.constantFrom('BR', 'CO', 'ET', 'KR', 'VN'),
          fc.integer({ min: 1, max: 1e12 }),
          {
            minKeys: 1,
          },
        ),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .chain((rows) => {
      const inputs = rows.map(({ shares, part }, index) => {
        const lot = lotOf(`P:${String(index)}`, shares);
        return { lot, quantity: Math.max(1, Math.floor(lot.quantity * part)) };
      });
      const total = inputs.reduce((sum, { quantity }) => sum + quantity, 0);
      const cuts = fc.uniqueArray(fc.integer({ min: 1, max: total }), { minLength: 1, maxLength: 5 });
      return fc.tuple(
        fc.constant(inputs),
        cuts.map((all) => [...all].sort((a, b) => a - b)),
      );
    })
    .map(([inputs, cuts]) => ({
      ...plain,
      inputs,
      outputs: cuts.map((cut, index) => output(`Q:${String(index)}`, cut - (cuts[index - 1] ?? 0))),
    }));

  function byOrigin(all: readonly (readonly Share[])[]): ReadonlyMap<string, bigint> {
    const sums = new Map<string, bigint>();
    for (const { origin, quantity } of all.flat())
      sums.set(origin, (sums.get(origin) ?? 0n) + BigInt(quantity));
    return sums;
  }

  it('conserves every origin: what is left and what was taken add up, and no more comes out than went in', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { lots, consumed, made } = transform(plan);
        for (const [index, { lot }] of plan.inputs.entries()) {
          const left = lots[index]?.shares.map((s) => ({ origin: s.origin, quantity: s.remaining })) ?? [];
          expect(byOrigin([left, consumed[index]?.shares ?? []])).to.deep.equal(byOrigin([lot.shares]));
        }
        const outputs = [...made.values()];
        for (const { lot, quantity } of plan.outputs) {
          const stock = made.get(lot);
          expect(stock?.quantity).to.equal(quantity);
          expect(stock?.shares.reduce((sum, s) => sum + s.quantity, 0)).to.equal(quantity);
        }
        const taken = byOrigin(consumed.map(({ shares }) => shares));
        for (const [origin, out] of byOrigin(outputs.map(({ shares }) => shares)))
          expect(out <= (taken.get(origin) ?? 0n), origin).to.equal(true);
      }),
    );
  });

  it('gives the same shares whatever the order of inputs and outputs', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const turned = {
          ...plan,
          inputs: [...plan.inputs].reverse(),
          outputs: [...plan.outputs].reverse(),
        };
        expect(new Map(transform(turned).made)).to.deep.equal(new Map(transform(plan).made));
      }),
    );
  });
});
