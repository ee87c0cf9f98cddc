import type { AcknowledgementRecord } from './acknowledgement-record.js';
import type { By, InspectionRecord } from './inspection-record.js';

export const turnaroundSteps = [
  'ordered',
  'acknowledged',
  'refused',
  'chosen',
  'imaged',
  'read',
  'judged',
  'reviewed',
  'disposed',
] as const;

/** A step of an inspection with its time, and how long it took: seconds since the step before it and since the order. */
export type Turnaround = By & {
  readonly step: (typeof turnaroundSteps)[number];
  readonly seconds: number;
  readonly sinceOrder: number;
};

/** Every step of an inspection by time, the first image and the first reading standing for all. */
export function turnaround(
  record: InspectionRecord,
  answer: AcknowledgementRecord | undefined,
): readonly Turnaround[] {
  const { ordered, choice, images, readings, verdict, review, outcome } = record;
  const steps: readonly (readonly [Turnaround['step'], By | undefined])[] = [
    ['ordered', ordered],
    [answer?.answer ?? 'acknowledged', answer],
    ['chosen', choice],
    ['imaged', images[0]],
    ['read', readings[0]],
    ['judged', verdict],
    ['reviewed', review],
    ['disposed', outcome],
  ];
  const taken = steps
    .flatMap(([step, who]) => (who ? [{ step, by: who.by, at: who.at }] : []))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return taken.map((each, index) => ({
    ...each,
    seconds: secondsBetween(taken[index - 1]?.at ?? each.at, each.at),
    sinceOrder: secondsBetween(ordered.at, each.at),
  }));
}

function secondsBetween(one: string, other: string): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / 1000);
}
