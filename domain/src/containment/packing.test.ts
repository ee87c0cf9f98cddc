import { expect } from 'chai';
import { PassageError } from '../errors/passage-error.js';
import { contentsOf } from './contents.js';
import type { ContainmentRecord } from './containment-record.js';
import { carrying, pack, unpack } from './packing.js';

const step = { at: '2026-01-01T00:00:00.000Z', by: 'P' };
const [unit, ucr] = ['container:CSQU3054383', '6KRIMPORTER1-A'];

function packed(packages?: number, before?: ContainmentRecord): ContainmentRecord {
  return pack(before, { unit, ucr, ...(packages !== undefined && { packages }) }, step);
}

function taken(before: ContainmentRecord, packages?: number): ContainmentRecord {
  return unpack(before, { unit, ucr, ...(packages !== undefined && { packages }) }, step);
}

function refusal(act: () => unknown): object {
  try {
    act();
  } catch (error) {
    if (error instanceof PassageError) return { code: error.code, message: error.message, ...error.details };
    throw error;
  }
  throw new Error('not refused');
}

describe('packing', () => {
  it('adds up what is counted, and takes nothing uncounted twice', () => {
    expect(packed(3, packed(2)).goods).to.deep.equal({ packages: 5 });
    for (const [first, second] of [
      [undefined, undefined],
      [undefined, 1],
      [1, undefined],
    ]) {
      expect(refusal(() => packed(second, packed(first)))).to.include({ code: 'ALREADY_INSIDE', unit, ucr });
    }
  });

  it('takes out part of what is counted, or all of it', () => {
    expect(taken(packed(5), 2).goods).to.deep.equal({ packages: 3 });
    expect(taken(packed(5), 5).goods).to.equal(undefined);
    expect(taken(packed(5)).goods).to.equal(undefined);
    expect(taken(packed()).goods).to.equal(undefined);
  });

  it('says how many there are where more are to come out', () => {
    const counted = refusal(() => taken(packed(5), 6));
    expect(counted).to.include({ code: 'NOT_INSIDE', packages: 5 });
    expect(counted).to.have.property('message').that.includes('holds 5 packages');
    const uncounted = refusal(() => taken(packed(), 1));
    expect(uncounted).to.include({ code: 'NOT_INSIDE', packages: null });
    expect(uncounted).to.have.property('message').that.includes('an uncounted number');
  });

  it('marks the outer unit once', () => {
    const outer = { unit: 'ship:9176187', ucr };
    const marked = carrying(undefined, outer, step);
    expect(marked?.carries).to.equal(true);
    expect(carrying(marked, outer, step)).to.equal(undefined);
  });
});

describe('contentsOf', () => {
  it('lists consignments and units by name, and units without goods not at all', () => {
    const record = (unit: string, ucr: string, more: object): ContainmentRecord => ({
      v: 1,
      unit,
      ucr,
      ...step,
      ...more,
    });
    const ship = 'ship:9176187';
    const boxes = ['container:TCLU4265727', 'container:CSQU3054383'];
    const history = [
      record(ship, 'B', { goods: { packages: 2 }, carries: true }),
      record(ship, 'A', { goods: {}, carries: true }),
      ...boxes.map((box) => record(box, 'A', { goods: {}, within: ship })),
      record('container:MWCU6059784', 'A', { within: ship }),
    ];
    expect(contentsOf(ship, history)).to.deep.equal({
      unit: ship,
      goods: [{ ucr: 'A' }, { ucr: 'B', packages: 2 }],
      units: [...boxes].reverse().map((box) => ({ unit: box, goods: [{ ucr: 'A' }], units: [] })),
    });
  });
});
