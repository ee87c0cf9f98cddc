import { PassageError } from '../errors/passage-error.js';
import { type CustomsRecord, type DecisionKind, type HoldInForce } from './customs-record.js';
import type { Parameters } from '../parameters/parameter-table.js';
import type { Decision } from './decision.js';
import type { HoldKind, HoldRecord } from './hold-record.js';
import { maxHeldUnits } from './hold-record.js';
import { seconded } from './second-officer.js';

/** A shipment's standing and one of its holds, as they stand after a decision. */
export interface HoldStep {
  readonly customs: CustomsRecord;
  readonly hold: HoldRecord;
}

/**
 * Goods are held or detained: the whole consignment, or the units named. A release that was proposed has to be proposed anew.
 *
 * @throws PassageError TOO_MANY_HOLDS
 */
export function placeHold(
  customs: CustomsRecord,
  { holdsInForce }: Pick<Parameters, 'holdsInForce'>,
  about: {
    readonly kind: HoldKind;
    readonly placed: Decision;
    readonly units?: readonly string[];
    readonly carriedBy?: readonly string[];
    readonly permit?: string;
  },
): HoldStep {
  const { ucr, inForce } = customs;
  if (inForce.length >= holdsInForce) {
    const message = `${String(inForce.length)} holds of ${ucr} are in force`;
    throw new PassageError('TOO_MANY_HOLDS', message, { ucr, limit: holdsInForce });
  }
  const hold = customs.holds + 1;
  const { kind, placed, units, carriedBy, permit } = about;
  const what = { hold, kind, ...(units && { units }), ...(carriedBy && { carriedBy }) };
  return {
    customs: {
      ...withoutProposedRelease(customs),
      holds: hold,
      inForce: [...inForce, { ...what, released: [] }],
      latest: {
        kind: kind === 'hold' ? 'goods_held' : 'goods_detained',
        hold,
        decision: placed,
      },
    },
    hold: { v: 1, ucr, ...what, ...(permit !== undefined && { permit }), placed, partial: [] },
  };
}

/**
 * A hold is lifted, or the units named are released from it; a hold of which every unit is released is lifted. After an
 * inspection that did not conform, the first officer's release is a proposal, and another officer's the release.
 *
 * @throws PassageError HOLD_LIFTED, UNIT_NOT_HELD, SECOND_OFFICER
 */
export function liftHold(step: HoldStep, decision: Decision, units?: readonly string[]): HoldStep {
  const inForce = inForceOf(step);
  if (units !== undefined) requireHeld(inForce, units);
  const proposal = step.hold.proposed;
  const same = sameUnits(proposal?.units, units) ? proposal?.decision : undefined;
  const release = seconded(decision, step.customs.finding, same);
  const hold = withoutProposal(step.hold);
  if (release === undefined) {
    const proposed = { decision, ...(units && { units }) };
    return { customs: decided(step, 'release_proposed', decision), hold: { ...hold, proposed } };
  }
  if (units === undefined || leavesNothing(inForce, units)) {
    const rest = step.customs.inForce.filter((other) => other !== inForce);
    return {
      customs: { ...decided(step, 'hold_lifted', release), inForce: rest },
      hold: { ...hold, lifted: release },
    };
  }
  const released = { ...inForce, released: [...inForce.released, ...units] };
  return {
    customs: {
      ...decided(step, 'units_released', release),
      inForce: step.customs.inForce.map((other) => (other === inForce ? released : other)),
    },
    hold: { ...hold, partial: [...hold.partial, { units, decision: release }] },
  };
}

/**
 * The goods are released for home use: the lawful release. After an inspection that did not conform it takes two officers.
 *
 * @throws PassageError GOODS_HELD while a hold is in force; GOODS_RELEASED, SECOND_OFFICER
 */
export function releaseGoods(customs: CustomsRecord, decision: Decision): CustomsRecord {
  const { ucr, inForce, release } = customs;
  if (inForce.length > 0) throw goodsHeld(ucr, inForce);
  if (release !== undefined) {
    const details = { ucr, by: release.by, at: release.at };
    throw new PassageError('GOODS_RELEASED', `${ucr} was released before`, details);
  }
  const final = seconded(decision, customs.finding, customs.proposedRelease);
  if (final === undefined) {
    return { ...customs, proposedRelease: decision, latest: { kind: 'release_proposed', decision } };
  }
  return {
    ...withoutProposedRelease(customs),
    release: final,
    latest: { kind: 'goods_released', decision: final },
  };
}

/** The refusal of an act that would move held goods. */
export function goodsHeld(ucr: string, holds: readonly HoldInForce[]): PassageError {
  const numbers = holds.map(({ hold }) => hold);
  return new PassageError('GOODS_HELD', `${ucr} is held (${numbers.map(String).join(', ')})`, {
    ucr,
    holds: numbers,
  });
}

function inForceOf({ customs, hold: { ucr, hold } }: HoldStep): HoldInForce {
  const found = customs.inForce.find((other) => other.hold === hold);
  if (found !== undefined) return found;
  throw new PassageError('HOLD_LIFTED', `Hold ${String(hold)} of ${ucr} was lifted before`, { ucr, hold });
}

/** @throws PassageError UNIT_NOT_HELD */
function requireHeld({ hold, units, released }: HoldInForce, asked: readonly string[]): void {
  const free = asked.filter((unit) => released.includes(unit) || units?.includes(unit) === false);
  const full = released.length + asked.length > maxHeldUnits;
  if (free.length === 0 && !full) return;
  const message = full
    ? `Hold ${String(hold)} names at most ${String(maxHeldUnits)} units one by one: lift it`
    : `Hold ${String(hold)} does not keep ${free.join(', ')}`;
  throw new PassageError('UNIT_NOT_HELD', message, { hold, units: free, limit: maxHeldUnits });
}

function leavesNothing({ units, released }: HoldInForce, more: readonly string[]): boolean {
  return units?.every((unit) => released.includes(unit) || more.includes(unit)) ?? false;
}

function sameUnits(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return one.length === other.length && one.every((unit) => other.includes(unit));
}

function decided(
  { customs, hold: { hold } }: HoldStep,
  kind: DecisionKind,
  decision: Decision,
): CustomsRecord {
  return { ...customs, latest: { kind, hold, decision } };
}

function withoutProposal(hold: HoldRecord): HoldRecord {
  const copy: { -readonly [Member in keyof HoldRecord]: HoldRecord[Member] } = { ...hold };
  delete copy.proposed;
  return copy;
}

function withoutProposedRelease(customs: CustomsRecord): CustomsRecord {
  const copy: { -readonly [Member in keyof CustomsRecord]: CustomsRecord[Member] } = { ...customs };
  delete copy.proposedRelease;
  return copy;
}
