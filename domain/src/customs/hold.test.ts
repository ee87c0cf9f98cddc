import { expect } from 'chai';
import { PassageError } from '../errors/passage-error.js';
import { defaultParameters } from '../parameters/parameters.js';
import { openedCustoms, type CustomsRecord } from './customs-record.js';
import type { Decision } from './decision.js';
import { liftHold, placeHold, releaseGoods, type HoldStep } from './hold.js';
import { maxHeldUnits, type HoldRecord } from './hold-record.js';

const ucr = '6KRIMPORTER1-1';
const units = ['container:CSQU3054383', 'container:MWCU6059784'];

function by(officer: string, minute = 0): Decision {
  const at = `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
  return { by: officer, role: 'customs_officer', at, legalBasis: 'art. 188', response: '9' };
}

/** A consignment after these holds, each of units or of the whole. */
function held(...holds: readonly (readonly string[] | undefined)[]): {
  readonly customs: CustomsRecord;
  readonly records: readonly HoldRecord[];
} {
  let customs = openedCustoms(ucr, 'CustomsMSP');
  const records = holds.map((units) => {
    const step = placeHold(customs, defaultParameters, {
      kind: 'hold',
      placed: by('O1'),
      ...(units && { units }),
    });
    ({ customs } = step);
    return step.hold;
  });
  return { customs, records };
}

function lift(
  { customs, records }: { readonly customs: CustomsRecord; readonly records: readonly HoldRecord[] },
  number: number,
  decision = by('O1'),
  units?: readonly string[],
): HoldStep {
  const hold = records[number - 1];
  if (hold === undefined) throw new Error(`no hold ${String(number)}`);
  return liftHold({ customs, hold }, decision, units);
}

/** Details of a refusal, with its code. */
function refusal(act: () => unknown): object {
  try {
    act();
  } catch (error) {
    if (error instanceof PassageError) return { code: error.code, ...error.details };
    throw error;
  }
  throw new Error('not refused');
}

const nonConforming = { result: 'non_conforming', by: 'O9', at: by('O9').at } as const;

describe('a hold among others', () => {
  it('says in the standing whether goods were held or detained', () => {
    const before = openedCustoms(ucr, 'CustomsMSP');
    const kindAfter = (kind: 'hold' | 'detention'): unknown =>
      placeHold(before, defaultParameters, { kind, placed: by('O1') }).customs.latest?.kind;
    expect([kindAfter('hold'), kindAfter('detention')]).to.deep.equal(['goods_held', 'goods_detained']);
  });

  it('is lifted by its number, and the others stay', () => {
    const { customs } = lift(held(units, undefined, units), 2);
    expect(customs.inForce.map(({ hold }) => hold)).to.deep.equal([1, 3]);
  });

  it('frees units of itself alone', () => {
    const { customs } = lift(held(units, units), 2, by('O1'), units.slice(0, 1));
    expect(customs.inForce.map(({ released }) => released)).to.deep.equal([[], units.slice(0, 1)]);
  });

  it('names as many units one by one as a record bears, and no more', () => {
    const many = Array.from({ length: maxHeldUnits }, (_, index) => `pallet:${String(index)}`);
    const { customs, hold } = lift(held(undefined), 1, by('O1'), many);
    expect(customs.inForce[0]?.released).to.have.length(maxHeldUnits);
    const details = { code: 'UNIT_NOT_HELD', hold: 1, units: [], limit: maxHeldUnits };
    expect(refusal(() => liftHold({ customs, hold }, by('O1'), ['pallet:one more']))).to.deep.equal(details);
  });

  it('tells which hold was lifted before, and which units it does not keep', () => {
    const { customs, hold } = lift(held(units), 1);
    expect(refusal(() => liftHold({ customs, hold }, by('O1')))).to.deep.equal({
      code: 'HOLD_LIFTED',
      ucr,
      hold: 1,
    });
    const others = ['container:TCLU1234568'];
    expect(refusal(() => lift(held(units), 1, by('O1'), others))).to.deep.equal({
      code: 'UNIT_NOT_HELD',
      hold: 1,
      units: others,
      limit: maxHeldUnits,
    });
  });
});

describe('a release that takes two officers', () => {
  const proposedBy = (units?: readonly string[]): HoldStep & { readonly records: readonly HoldRecord[] } => {
    const { customs, records } = held(undefined);
    const step = lift({ customs: { ...customs, finding: nonConforming }, records }, 1, by('O1'), units);
    return { ...step, records: [step.hold] };
  };

  it('is a proposal of exactly these units, or of the whole', () => {
    expect(proposedBy().hold.proposed).to.deep.equal({ decision: by('O1') });
    expect(proposedBy(units).hold.proposed).to.deep.equal({ decision: by('O1'), units });
  });

  it('is carried out by another officer for the same units in any order', () => {
    const { customs } = lift(proposedBy(units), 1, by('O2', 1), [...units].reverse());
    expect(customs.inForce[0]?.released).to.have.members(units);
  });

  it('is another proposal where it is for other units, or for the whole', () => {
    for (const [first, second] of [
      [units, units.slice(0, 1)],
      [units.slice(0, 1), units.slice(1)],
      [units, undefined],
      [undefined, units],
    ]) {
      const { customs, hold } = lift(proposedBy(first), 1, by('O2', 1), second);
      expect(customs.latest?.kind).to.equal('release_proposed');
      expect(hold.proposed?.decision.by).to.equal('O2');
    }
  });

  it('is not for the officer who proposed it', () => {
    expect(refusal(() => lift(proposedBy(), 1, by('O1', 1)))).to.deep.equal({
      code: 'SECOND_OFFICER',
      proposedBy: 'O1',
      proposedAt: by('O1').at,
    });
  });
});

describe('the release of the goods', () => {
  it('says who released them before', () => {
    const released = releaseGoods(openedCustoms(ucr, 'CustomsMSP'), by('O1'));
    expect(refusal(() => releaseGoods(released, by('O2', 1)))).to.deep.equal({
      code: 'GOODS_RELEASED',
      ucr,
      by: 'O1',
      at: by('O1').at,
    });
  });

  it('names every hold that stands against it', () => {
    expect(refusal(() => releaseGoods(held(units, undefined).customs, by('O1')))).to.deep.equal({
      code: 'GOODS_HELD',
      ucr,
      holds: [1, 2],
    });
  });
});
