/** Kinds of alerts about the ledger itself, and about this gateway's copy of it (docs/sources.md). */
export const ledgerAlertKinds = [
  'block_refused',
  'block_altered',
  'index_altered',
  'fork',
  'other_header',
  'withholding',
  'tree_heads_differ',
  'tree_heads_inconsistent',
  'shipment_statements_differ',
  'index_rolled_back',
] as const;

export type LedgerAlertKind = (typeof ledgerAlertKinds)[number];

/** What was noticed, with the bytes that show it. */
export interface LedgerAlert {
  readonly kind: LedgerAlertKind;
  readonly block: number;
  /** Whose source it is about. */
  readonly organization: string;
  /** One sentence. */
  readonly message: string;
  /** What this gateway has verified, as signed bytes; and what the source says. */
  readonly ours?: Uint8Array;
  readonly theirs?: Uint8Array;
}
