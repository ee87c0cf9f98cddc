import type { ContainmentRecord } from './containment-record.js';

/** What a unit holds at some moment: goods of consignments, and units with what they hold. */
export interface Contents {
  readonly unit: string;
  /** By UCR; how many packages, where they were counted. */
  readonly goods: readonly { readonly ucr: string; readonly packages?: number }[];
  /** By name. */
  readonly units: readonly Contents[];
}

/**
 * What was inside a unit, from every record of containment that was written up to the moment: the later one of a unit and a
 * consignment counts. A unit stands inside another one as far as the consignments go that it was put there with; one whose
 * goods were all taken out is left out.
 *
 * @param history records in the ledger's order, up to the moment that is asked for.
 */
export function contentsOf(unit: string, history: readonly ContainmentRecord[]): Contents {
  const newest = new Map(history.map((record) => [`${record.unit}/${record.ucr}`, record]));
  return inside(unit, undefined, [...newest.values()]);
}

/** `ucrs`: the consignments that the unit travels with; all of them where nothing carries it. */
function inside(
  unit: string,
  ucrs: ReadonlySet<string> | undefined,
  records: readonly ContainmentRecord[],
): Contents {
  const isMeant = ({ ucr }: ContainmentRecord): boolean => ucrs?.has(ucr) ?? true;
  const goods = records
    .filter((record) => record.unit === unit && isMeant(record))
    .flatMap(({ ucr, goods }) => (goods === undefined ? [] : [{ ucr, ...goods }]));
  const carried = new Map<string, Set<string>>();
  for (const record of records.filter(({ within }) => within === unit).filter(isMeant)) {
    carried.set(record.unit, (carried.get(record.unit) ?? new Set()).add(record.ucr));
  }
  const units = [...carried]
    .map(([inner, travelling]) => inside(inner, travelling, records))
    .filter((contents) => contents.goods.length > 0 || contents.units.length > 0);
  return {
    unit,
    goods: goods.sort((one, other) => byName(one.ucr, other.ucr)),
    units: units.sort((one, other) => byName(one.unit, other.unit)),
  };
}

function byName(one: string, other: string): number {
  return one < other ? -1 : 1;
}
