import type { AcknowledgementRecord, InspectionRecord } from '@passage/domain';
import { expect } from 'chai';

import { periodOf, periods } from './period.js';
import { turnaroundReport } from './turnaround-report.js';
import type { AnsweredOrder } from './turnaround-report.js';

const decision = { role: 'customs_officer', legalBasis: 'art. 188', response: '5' } as const;
const start = Date.UTC(2026, 2, 31, 23, 0);
const after = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

/** An order to a terminal at a second of the story, answered so many seconds later, and disposed of. */
function order(at: number, took: { answered?: number; disposed?: number } = {}, to = 'T1'): AnsweredOrder {
  const { answered, disposed } = took;
  const by = { by: 'T1' };
  return {
    inspection: {
      v: 1,
      ucr: 'U',
      inspection: 1,
      kind: 'scan',
      to,
      deadline: after(at + 3600),
      ordered: { by: 'O1', at: after(at), ...decision },
      images: [],
      readings: [],
      ...(disposed !== undefined && {
        outcome: { by: 'O1', at: after(at + disposed), disposition: 'release_recommended' },
      }),
    } as unknown as InspectionRecord,
    ...(answered !== undefined && {
      answer: {
        ...by,
        v: 1,
        at: after(at + answered),
        answer: 'acknowledged',
      } as unknown as AcknowledgementRecord,
    }),
  };
}

describe('turnaround of inspections', () => {
  it('counts, and gives median and 90th percentile of each step since the order, by nearest rank', () => {
    const orders = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => order(n, { answered: n, disposed: 100 * n }));
    const [figures, ...others] = turnaroundReport(orders, 'year', start);
    expect(others).to.deep.equal([]);
    expect(figures).to.deep.equal({
      to: 'T1',
      from: '2026-01-01T00:00:00.000Z',
      until: '2027-01-01T00:00:00.000Z',
      ordered: 10,
      open: 0,
      overdue: 0,
      steps: [
        { step: 'acknowledged', count: 10, medianSeconds: 5, percentile90Seconds: 9 },
        { step: 'disposed', count: 10, medianSeconds: 500, percentile90Seconds: 900 },
      ],
    });
  });

  it('parts whoever carries out, and the period of the order in UTC', () => {
    // Two hours later it is April.
    const orders = [order(7200), order(0), order(0, {}, 'T0')];
    const report = turnaroundReport(orders, 'month', start);
    expect(report.map(({ to, from, ordered }) => [to, from.slice(0, 7), ordered])).to.deep.equal([
      ['T0', '2026-03', 1],
      ['T1', '2026-03', 1],
      ['T1', '2026-04', 1],
    ]);
  });

  it('tells what is open, and what is late, by the ledger', () => {
    const orders = [order(0), order(10), order(0, { disposed: 5 })];
    const [figures] = turnaroundReport(orders, 'year', start + 3_605_000);
    expect(figures).to.include({ ordered: 3, open: 2, overdue: 1 });
  });

  it('counts weeks from Monday to Monday', () => {
    const sunday = '2026-03-01T23:59:59.999Z';
    const spans = periods.map((period) => periodOf(period, sunday)).map(({ from, until }) => [from, until]);
    expect(spans.map((span) => span.map((time) => time.slice(0, 10)))).to.deep.equal([
      ['2026-03-01', '2026-03-02'],
      ['2026-02-23', '2026-03-02'],
      ['2026-03-01', '2026-04-01'],
      ['2026-01-01', '2027-01-01'],
    ]);
  });
});
