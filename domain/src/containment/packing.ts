import { PassageError } from '../errors/passage-error.js';
import { canCarry } from '../identifiers/transport-unit.js';
import type { ContainmentRecord } from './containment-record.js';

/** Who did it and when: what each step leaves in the record. */
export type Step = { readonly at: string; readonly by: string };

/** A consignment, or so many packages of it, and the unit it goes into or comes out of. */
export type Portion = { readonly unit: string; readonly ucr: string; readonly packages?: number };

/**
 * Goods go into a unit. Counted packages add up; a consignment that lies in the unit as a whole, or uncounted, cannot go in again.
 *
 * @param before what the ledger has of this unit and consignment.
 * @throws PassageError ALREADY_INSIDE
 */
export function pack(before: ContainmentRecord | undefined, portion: Portion, step: Step): ContainmentRecord {
  const { unit, ucr, packages } = portion;
  const inside = before?.goods;
  if (inside !== undefined && (inside.packages === undefined || packages === undefined)) {
    throw new PassageError('ALREADY_INSIDE', `${ucr} lies in ${unit} already`, { unit, ucr });
  }
  const goods = packages === undefined ? {} : { packages: packages + (inside?.packages ?? 0) };
  return record(portion, step, { ...before, goods });
}

/**
 * Goods come out of a unit: so many packages, or all that lie in it.
 *
 * @throws PassageError NOT_INSIDE where they, or so many, are not in it.
 */
export function unpack(
  before: ContainmentRecord | undefined,
  portion: Portion,
  step: Step,
): ContainmentRecord {
  const { unit, ucr, packages } = portion;
  const inside = before?.goods;
  if (inside === undefined) throw notInside(unit, ucr);
  const { packages: counted } = inside;
  if (packages === undefined || packages === counted)
    return record(portion, step, { ...before, goods: undefined });
  if (counted !== undefined && packages < counted) {
    return record(portion, step, { ...before, goods: { packages: counted - packages } });
  }
  const many = counted === undefined ? 'an uncounted number of' : String(counted);
  const details = { unit, ucr, packages: counted ?? null };
  throw new PassageError('NOT_INSIDE', `${unit} holds ${many} packages of ${ucr}`, details);
}

/**
 * A unit that has to do with a consignment is put into another unit.
 *
 * @param inner the record of the unit that is put.
 * @throws PassageError NOT_INSIDE where the unit has nothing of the consignment, ALREADY_INSIDE where it is in a unit,
 *   UNIT_CANNOT_CARRY
 */
export function put(
  inner: ContainmentRecord | undefined,
  { unit, ucr, into }: { readonly unit: string; readonly ucr: string; readonly into: string },
  step: Step,
): ContainmentRecord {
  if (!canCarry(into, unit)) {
    throw new PassageError('UNIT_CANNOT_CARRY', `${into} cannot carry ${unit}`, { unit, into });
  }
  if (!holds(inner)) throw notInside(unit, ucr);
  if (inner.within !== undefined) {
    const { within } = inner;
    throw new PassageError('ALREADY_INSIDE', `${unit} is in ${within} with ${ucr}`, { unit, ucr, within });
  }
  return record({ unit, ucr }, step, { ...inner, within: into });
}

/** A unit is taken out of the one that carries it. @throws PassageError NOT_INSIDE */
export function takeOut(
  inner: ContainmentRecord | undefined,
  { unit, ucr, from }: { readonly unit: string; readonly ucr: string; readonly from: string },
  step: Step,
): ContainmentRecord {
  if (inner?.within !== from) {
    throw new PassageError('NOT_INSIDE', `${unit} is not in ${from} with ${ucr}`, { unit, ucr, from });
  }
  return record({ unit, ucr }, step, { ...inner, within: undefined });
}

/** The outer unit's record, once a unit with goods of the consignment is in it; undefined where it says so already. */
export function carrying(
  before: ContainmentRecord | undefined,
  outer: { readonly unit: string; readonly ucr: string },
  step: Step,
): ContainmentRecord | undefined {
  return before?.carries === true ? undefined : record(outer, step, { ...before, carries: true });
}

/** Whether a unit has anything of the consignment: goods, or units that were put inside with some. */
export function holds(record: ContainmentRecord | undefined): record is ContainmentRecord {
  return record?.goods !== undefined || record?.carries === true;
}

/** What a record says besides whose it is; what is undefined is left out. */
type Inside = { readonly [Member in 'goods' | 'carries' | 'within']?: ContainmentRecord[Member] | undefined };

function record(
  { unit, ucr }: { readonly unit: string; readonly ucr: string },
  { at, by }: Step,
  { goods, carries, within }: Inside,
): ContainmentRecord {
  return {
    v: 1,
    unit,
    ucr,
    ...(goods && { goods }),
    ...(carries && { carries }),
    ...(within !== undefined && { within }),
    at,
    by,
  };
}

function notInside(unit: string, ucr: string): PassageError {
  return new PassageError('NOT_INSIDE', `${unit} has nothing of ${ucr} in it`, { unit, ucr });
}
