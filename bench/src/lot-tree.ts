import { keys, type LotRecord, type StateRecords, type TransformationRecord } from '@passage/domain';

const PARTY = 'BENCHMAKER';
const AT = '2026-01-01T00:00:00.000Z';

/** A record of the tree, under its key on the ledger. */
export type TreeEntry =
  | { readonly key: string; readonly record: LotRecord; readonly kind: 'lot' }
  | { readonly key: string; readonly record: TransformationRecord; readonly kind: 'transformation' };

/** The lot that stands at a place of the tree, its root being 1. */
export function lotAt(place: number): string {
  return `${PARTY}:L${String(place)}`;
}

/**
 * Lots that were made of two lots each, so many steps deep: 2^(depth+1) - 1 of them, of which the one at place 1 was made last. The leaves
 * come first, as on a ledger.
 */
export function* lotTree(depth: number): Generator<readonly TreeEntry[]> {
  const last = 2 ** (depth + 1) - 1;
  for (let place = last; place >= 1; place--) {
    const isMade = 2 * place <= last;
    const made = `${PARTY}:T${String(place)}`;
    yield [lotEntry(place, isMade ? made : undefined), ...(isMade ? [transformationEntry(place, made)] : [])];
  }
}

const stock = {
  unit: { uom: 'KGM', decimals: 0 },
  quantity: 100,
  remaining: 100,
  shares: [{ origin: 'KR', quantity: 100, remaining: 100 }],
} as const satisfies Pick<StateRecords['lot'], 'unit' | 'quantity' | 'remaining' | 'shares'>;

function lotEntry(place: number, transformation: string | undefined): TreeEntry {
  const lot = lotAt(place);
  const record: LotRecord = {
    v: 1,
    lot,
    holder: PARTY,
    hs: '850760',
    hsEdition: '2022',
    ...stock,
    createdAt: AT,
    certified: 0,
    shipped: 0,
    ...(transformation !== undefined && { transformation }),
  };
  return { kind: 'lot', key: keys.lot(lot), record };
}

function transformationEntry(place: number, transformation: string): TreeEntry {
  const shares = [{ origin: 'KR', quantity: 100 }];
  const inputs = [2 * place, 2 * place + 1].map((input) => ({ lot: lotAt(input), quantity: 100, shares }));
  const record: TransformationRecord = {
    v: 1,
    transformation,
    by: PARTY,
    measure: 'KGM',
    conversions: [],
    inputs,
    outputs: [lotAt(place)],
    at: AT,
  };
  return { kind: 'transformation', key: keys.transformation(transformation), record };
}
