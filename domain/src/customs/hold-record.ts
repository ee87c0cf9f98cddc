import { transportUnit } from '../containment/containment-record.js';
import { list, object } from '../shape/composites.js';
import { ordinal } from '../shape/fields.js';
import { constant, line, oneOf } from '../shape/scalars.js';
import { ucr } from '../shipment/fields.js';
import { decision, type Decision } from './decision.js';

export const holdKinds = ['hold', 'detention'] as const;

export type HoldKind = (typeof holdKinds)[number];

/** Units of a hold that were released while it stays in force for the rest. */
export type PartialRelease = { readonly units: readonly string[]; readonly decision: Decision };

/** A release that waits for a second officer. */
export type ProposedRelease = { readonly decision: Decision; readonly units?: readonly string[] };

/** One hold or detention of a shipment, and how it ended. Key `hold/<ucr>/<number>`, numbers from 1. */
export type HoldRecord = {
  readonly v: 1;
  readonly ucr: string;
  readonly hold: number;
  readonly kind: HoldKind;
  /** The units that it is about; absent where it is about the whole consignment. */
  readonly units?: readonly string[];
  /** The units in which a consignment that is held as a whole lies, as far as whoever placed the hold has named them. */
  readonly carriedBy?: readonly string[];
  /** The permit that is missing, where another agency holds the goods. */
  readonly permit?: string;
  readonly placed: Decision;
  readonly partial: readonly PartialRelease[];
  readonly proposed?: ProposedRelease;
  readonly lifted?: Decision;
};

/** The most units that one hold names, and that are released from one one by one. */
export const maxHeldUnits = 50;

/** Transport units as records name them: `container:CSQU3054383`. */
export const units = list(transportUnit, { min: 1, max: maxHeldUnits, distinct: true });

/** The name of a permit that is missing. */
export const permit = line(100);

export const holdRecord = object<HoldRecord>(
  {
    v: constant(1),
    ucr,
    hold: ordinal,
    kind: oneOf(holdKinds),
    placed: decision,
    partial: list(object<PartialRelease>({ units, decision }, {}), { min: 0, max: maxHeldUnits }),
  },
  {
    units,
    carriedBy: units,
    permit,
    proposed: object<ProposedRelease>({ decision }, { units }),
    lifted: decision,
  },
);
