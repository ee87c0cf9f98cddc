import { traceOrigin } from '@passage/domain';
import type { LotRecord, OriginTrace, TransformationRecord } from '@passage/domain';

import type { OriginReader } from './origin-reader.js';
import type { LotTable, TransformationTable } from './tables/index.js';

/** A row and the record in it; `row` is undefined where the index has none under that id. */
export interface Found<Row, RecordOf> {
  readonly row: Row;
  readonly record: RecordOf;
}

/** The way back from a lot, with the rows that it rests on. */
export interface TracedOrigin {
  readonly trace: OriginTrace;
  readonly lots: ReadonlyMap<string, Found<LotTable, LotRecord>>;
  readonly transformations: ReadonlyMap<string, Found<TransformationTable, TransformationRecord>>;
}

/** The most lots in one answer. */
const MOST_LOTS = 500;

/** Walks back from a lot, level by level, until the domain's rule knows all it needs or meets a bound. */
export async function tracedOrigin(origin: OriginReader, lot: string, depth: number): Promise<TracedOrigin> {
  const lots = new Map<string, Found<LotTable, LotRecord>>();
  const transformations = new Map<string, Found<TransformationTable, TransformationRecord>>();
  const known = {
    lots: new Map<string, LotRecord | undefined>(),
    transformations: new Map<string, TransformationRecord | undefined>(),
  };
  for (;;) {
    const trace = traceOrigin(lot, known, { depth, lots: MOST_LOTS });
    const { missing } = trace;
    if (missing.lots.length + missing.transformations.length === 0) return { trace, lots, transformations };
    for (const id of missing.lots) known.lots.set(id, undefined);
    for (const id of missing.transformations) known.transformations.set(id, undefined);
    for (const row of await origin.lots(missing.lots)) {
      const record = JSON.parse(row.record) as LotRecord;
      lots.set(row.lot, { row, record });
      known.lots.set(row.lot, record);
    }
    for (const row of await origin.transformations(missing.transformations)) {
      const record = JSON.parse(row.record) as TransformationRecord;
      transformations.set(row.transformation, { row, record });
      known.transformations.set(row.transformation, record);
    }
  }
}
