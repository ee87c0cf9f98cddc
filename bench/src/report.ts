import type { Machine, Moment } from './machine.js';
import type { Spread } from './statistics.js';

/** One figure of ours, with the comparator's of the same rounds where there is one. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: Spread;
  readonly theirs?: Spread;
  /** Ours divided by theirs, round by round. */
  readonly ratio?: Spread;
  /** What is promised of the figure. */
  readonly goal?: Goal;
}

/** A promise, kept or not by the median: of our figure itself, or of its ratio to the comparator's. */
export interface Goal {
  readonly of: 'ours' | 'ratio';
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Figures that were taken together. */
export interface Measurement {
  readonly title: string;
  /** What each column is. */
  readonly ours: string;
  readonly theirs: string;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

/** Everything that one run of the benchmark says. */
export interface Report {
  readonly format: 'passage-bench-1';
  readonly machine: Machine;
  readonly began: Moment;
  readonly ended: Moment;
  readonly measurements: readonly Measurement[];
}

/** A measurement as lines for people. */
export function tableOf({ title, ours, theirs, rows, notes }: Measurement): string {
  const header = ['', 'unit', ours, theirs, 'ours / theirs', 'goal'];
  const cells = rows.map((row) => [
    row.what,
    row.unit,
    show(row.ours),
    row.theirs === undefined ? '' : show(row.theirs),
    row.ratio === undefined ? '' : show(row.ratio),
    row.goal === undefined ? '' : judged(row, row.goal),
  ]);
  const widths = header.map((text, column) =>
    Math.max(text.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `  ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [title, line(header), ...cells.map(line), ...notes.map((note) => `  (${note})`)].join('\n');
}

function judged(row: Row, { of, atMost = Infinity, atLeast = -Infinity }: Goal): string {
  const { median } = row[of] ?? { median: Number.NaN };
  const wanted = Number.isFinite(atMost) ? `≤ ${String(atMost)}` : `≥ ${String(atLeast)}`;
  return `${wanted}: ${median <= atMost && median >= atLeast ? 'met' : 'missed'}`;
}

function show({ median, least, most, rounds }: Spread): string {
  return rounds === 1 ? figure(median) : `${figure(median)} (${figure(least)}–${figure(most)})`;
}

/** Three digits are what such measurements can say. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.001))));
  return value.toFixed(Math.min(digits, 3));
}
