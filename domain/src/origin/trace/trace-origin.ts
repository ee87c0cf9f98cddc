import type { LotRecord } from '../lot/lot-record.js';
import type { TransformationRecord } from '../transformation/transformation-record.js';

/** What is known of lots and transformations, by id; undefined for one that was looked for and is not there. */
export interface OriginRecords {
  readonly lots: ReadonlyMap<string, Pick<LotRecord, 'lot' | 'transformation'> | undefined>;
  readonly transformations: ReadonlyMap<
    string,
    Pick<TransformationRecord, 'transformation' | 'inputs'> | undefined
  >;
}

/** How far a question about origin goes. */
export interface TraceBounds {
  /** Most transformations in a row. */
  readonly depth: number;
  /** Most lots in the answer. */
  readonly lots: number;
}

/** A lot on the way back, and how many transformations lie between. */
export interface OriginStep {
  readonly lot: string;
  readonly depth: number;
}

/** The way back from a lot, as far as the records that are known go. */
export interface OriginTrace {
  /** Each lot once, the nearest first, and those of one depth by id. */
  readonly steps: readonly OriginStep[];
  /** Records that have to be looked up before the answer is whole; none when it is. */
  readonly missing: { readonly lots: readonly string[]; readonly transformations: readonly string[] };
  /** Whether the bounds cut something off. */
  readonly cut: boolean;
}

/**
 * From which lots a lot was made, breadth first. Pure: where it meets a record that it does not know, it says so in `missing`,
 * and whoever asks looks it up, adds it and asks again; each round goes one step further back, and the bounds end it.
 */
export function traceOrigin(start: string, known: OriginRecords, bounds: TraceBounds): OriginTrace {
  const steps: OriginStep[] = [];
  const missing = { lots: new Set<string>(), transformations: new Set<string>() };
  const seen = new Set([start]);
  let cut = false;
  let level: readonly string[] = [start];
  for (let depth = 0; level.length > 0; depth += 1) {
    const room = bounds.lots - steps.length;
    if (level.length > room || depth > bounds.depth) cut = true;
    if (depth > bounds.depth) break;
    const taken = level.slice(0, room);
    steps.push(...taken.map((lot) => ({ lot, depth })));
    level = inputsOf(taken, known, missing).filter((lot) => !seen.has(lot));
    for (const lot of level) seen.add(lot);
  }
  return { steps, missing: { lots: [...missing.lots], transformations: [...missing.transformations] }, cut };
}

/** The lots from which some lots were made, each once, by id. */
function inputsOf(
  lots: readonly string[],
  known: OriginRecords,
  missing: { readonly lots: Set<string>; readonly transformations: Set<string> },
): readonly string[] {
  const inputs = new Set<string>();
  for (const lot of lots) {
    if (!known.lots.has(lot)) missing.lots.add(lot);
    const id = known.lots.get(lot)?.transformation;
    if (id === undefined) continue;
    if (!known.transformations.has(id)) missing.transformations.add(id);
    for (const input of known.transformations.get(id)?.inputs ?? []) inputs.add(input.lot);
  }
  return [...inputs].sort();
}
