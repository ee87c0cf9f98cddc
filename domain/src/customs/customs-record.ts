import { transportUnit } from '../containment/containment-record.js';
import { list, object } from '../shape/composites.js';
import { mspId, ordinal, partyId, timestamp } from '../shape/fields.js';
import { constant, integer, oneOf } from '../shape/scalars.js';
import { ending, type Ending } from '../shipment/ending.js';
import { ucr } from '../shipment/fields.js';
import { decision, type Decision } from './decision.js';
import { regime, type Regime } from './regime-record.js';
import { holdKinds, units, type HoldKind } from './hold-record.js';

/** A hold that is in force: what it holds, without its story. */
export type HoldInForce = {
  readonly hold: number;
  readonly kind: HoldKind;
  /** The units that it is about; absent where it is about the whole consignment. */
  readonly units?: readonly string[];
  /** The units in which a consignment that is held as a whole lies, as far as they were named. */
  readonly carriedBy?: readonly string[];
  /** The units that were released from it. */
  readonly released: readonly string[];
};

export const decisionKinds = [
  'goods_held',
  'goods_detained',
  'units_released',
  'release_proposed',
  'hold_lifted',
  'goods_released',
  'placed_under_procedure',
  'inspection_ordered',
  'inspection_judged',
  'inspection_reviewed',
  'inspection_disposed',
] as const;

export type DecisionKind = (typeof decisionKinds)[number];

/** The newest decision on a shipment, and the hold or the inspection that it is about. */
export type LatestDecision = {
  readonly kind: DecisionKind;
  readonly hold?: number;
  readonly inspection?: number;
  readonly decision: Decision;
};

/** What came of inspections, as far as releases depend on it: see `inspection/finding.ts`. */
export type Finding = {
  readonly result: 'conforming' | 'non_conforming';
  /** Party id of the officer. */
  readonly by: string;
  readonly at: string;
  /** The inspection's number. */
  readonly inspection?: number;
};

/**
 * Where a shipment stands with customs. Key `customs/<ucr>`: made when the shipment is opened, changed by every decision and
 * never deleted, so that its key policy keeps every decision customs' own.
 */
export type CustomsRecord = {
  readonly v: 1;
  readonly ucr: string;
  /** MSP id of the competent customs. */
  readonly customs: string;
  /** How many holds were placed so far: the number of the latest. */
  readonly holds: number;
  readonly inForce: readonly HoldInForce[];
  readonly latest?: LatestDecision;
  /** The lawful release of the goods, for home use. */
  readonly release?: Decision;
  /** That release, while it waits for a second officer. */
  readonly proposedRelease?: Decision;
  readonly finding?: Finding;
  /** The procedure that the goods are under. */
  readonly regime?: Regime;
  /** How many inspections were ordered so far, where any were: the number of the latest. */
  readonly inspections?: number;
  /** There once the consignment goes on in others. */
  readonly ended?: Ending;
};

/** The most holds that may be in force on one shipment. */
export const maxHoldsInForce = 10;

export const customsStatuses = ['undecided', 'held', 'detained', 'released'] as const;

export type CustomsStatus = (typeof customsStatuses)[number];

/** A shipment's standing in one word. Goods that are held again after their release are held. */
export function customsStatus({ inForce, release }: CustomsRecord): CustomsStatus {
  if (inForce.some(({ kind }) => kind === 'detention')) return 'detained';
  if (inForce.length > 0) return 'held';
  return release === undefined ? 'undecided' : 'released';
}

const holdInForce = object<HoldInForce>(
  {
    hold: ordinal,
    kind: oneOf(holdKinds),
    released: list(transportUnit, { min: 0, max: 50, distinct: true }),
  },
  { units, carriedBy: units },
);

export const customsRecord = object<CustomsRecord>(
  {
    v: constant(1),
    ucr,
    customs: mspId,
    holds: integer(0),
    inForce: list(holdInForce, { min: 0, max: maxHoldsInForce }),
  },
  {
    latest: object<LatestDecision>(
      { kind: oneOf(decisionKinds), decision },
      { hold: ordinal, inspection: ordinal },
    ),
    inspections: ordinal,
    release: decision,
    proposedRelease: decision,
    finding: object<Finding>(
      { result: oneOf(['conforming', 'non_conforming']), by: partyId, at: timestamp },
      { inspection: ordinal },
    ),
    ended: ending,
    regime,
  },
);

/** The record that opening a shipment makes. */
export function openedCustoms(reference: string, customs: string): CustomsRecord {
  return { v: 1, ucr: reference, customs, holds: 0, inForce: [] };
}
