/** Where something stands on the ledger: its block, its transaction there, its place in that transaction. */
export interface LedgerPosition {
  readonly block: number;
  readonly position: number;
  readonly item: number;
}

/** The ledger's order: negative where `one` comes first. */
export function comparePositions(one: LedgerPosition, other: LedgerPosition): number {
  return one.block - other.block || one.position - other.position || one.item - other.item;
}

export function isBefore(one: LedgerPosition, other: LedgerPosition): boolean {
  return comparePositions(one, other) < 0;
}
