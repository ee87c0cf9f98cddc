import { inspectionStatus, turnaround, turnaroundSteps } from '@passage/domain';
import type { AcknowledgementRecord, InspectionRecord } from '@passage/domain';

import { periodOf } from './period.js';
import type { Period } from './period.js';

/** An inspection with what was answered to it. */
export interface AnsweredOrder {
  readonly inspection: InspectionRecord;
  readonly answer?: AcknowledgementRecord;
}

type Step = (typeof turnaroundSteps)[number];

/** How long a step was in coming, counted from the order, over several inspections: whole seconds. */
export interface StepFigures {
  readonly step: Step;
  readonly count: number;
  readonly medianSeconds: number;
  readonly percentile90Seconds: number;
}

/** The inspections that somebody was ordered to carry out in one period. */
export interface TurnaroundFigures {
  readonly to: string;
  /** The period's first moment and the next one's, ISO 8601 UTC. */
  readonly from: string;
  readonly until: string;
  readonly ordered: number;
  /** Neither disposed of nor refused. */
  readonly open: number;
  /** Open, and past their deadline. */
  readonly overdue: number;
  readonly steps: readonly StepFigures[];
}

/** Whether an inspection waits for something still. */
export function isOpen({ inspection, answer }: AnsweredOrder): boolean {
  const status = inspectionStatus(inspection, answer);
  return status !== 'disposed' && status !== 'refused';
}

/**
 * Figures by whoever was to carry inspections out, and by the period in which they were ordered (UTC), in this order. Percentiles are
 * by the nearest rank: each is the time of an inspection that was.
 *
 * @param now the ledger's time in milliseconds: deadlines are held against it.
 */
export function turnaroundReport(
  orders: readonly AnsweredOrder[],
  period: Period,
  now: number,
): readonly TurnaroundFigures[] {
  const groups = new Map<string, AnsweredOrder[]>();
  for (const order of orders) {
    const { to, ordered } = order.inspection;
    const key = JSON.stringify([to, periodOf(period, ordered.at).from]);
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  return [...groups.values()]
    .flatMap((group) => figuresOf(group, period, now))
    .sort((one, other) => compare([one.to, one.from], [other.to, other.from]));
}

function figuresOf(
  group: readonly AnsweredOrder[],
  period: Period,
  now: number,
): readonly TurnaroundFigures[] {
  const [first] = group;
  if (!first) return [];
  const { to, ordered } = first.inspection;
  const open = group.filter(isOpen);
  const overdue = open.filter(({ inspection }) => Date.parse(inspection.deadline) < now);
  return [
    {
      to,
      ...periodOf(period, ordered.at),
      ordered: group.length,
      open: open.length,
      overdue: overdue.length,
      steps: stepsOf(group),
    },
  ];
}

function stepsOf(group: readonly AnsweredOrder[]): readonly StepFigures[] {
  const taken = group.flatMap(({ inspection, answer }) => turnaround(inspection, answer));
  return turnaroundSteps
    .filter((step) => step !== 'ordered')
    .flatMap((step) => {
      const seconds = taken.filter((each) => each.step === step).map(({ sinceOrder }) => sinceOrder);
      return seconds.length === 0 ? [] : [{ step, count: seconds.length, ...figures(seconds) }];
    });
}

function figures(seconds: readonly number[]): Pick<StepFigures, 'medianSeconds' | 'percentile90Seconds'> {
  const sorted = [...seconds].sort((one, other) => one - other);
  const nearestRank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { medianSeconds: nearestRank(0.5), percentile90Seconds: nearestRank(0.9) };
}

function compare(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
