/**
 * What is looked at, in this order, by the names that lines carry:
 * - genesis: block 0 is the one whose hash was given
 * - network: what the bundle says of its network is what block 0 says
 * - configuration: every later configuration, authorised and signed by the orderers of the one before
 * - height: the last block below a height that somebody signed, by its orderers
 * - tree-head: who stands by the tree of all events
 * - block: the blocks that hold the events, by their orderers
 * - event: each event is on the ledger, and is what the bundle shows
 * - statement-signature: the device signed it
 * - transaction: form, submitter and endorsements of a command
 * - completeness: no event of the consignment was left out
 * - records: records of consignment, parties and devices as the shipment statement has them
 * - device-status: what became of each key up to the height, and what that leaves of what it signed
 * - opening: a disclosed value is what was committed to
 * - validity: the transactions were valid when they were committed
 * - surplus: nothing stands in the bundle that nothing in it needs
 * - reveals: what the bundle shows of others
 * - not-in-a-bundle: what no bundle can show
 */
export const BUNDLE_CHECKS = [
  'genesis',
  'network',
  'configuration',
  'height',
  'tree-head',
  'block',
  'event',
  'statement-signature',
  'transaction',
  'completeness',
  'records',
  'device-status',
  'opening',
  'validity',
  'surplus',
  'reveals',
  'not-in-a-bundle',
] as const;

export type BundleCheck = (typeof BUNDLE_CHECKS)[number];

/** Every way in which something in a bundle does not hold; docs/evidence.md has a row for each. */
export const BUNDLE_FAULTS = [
  'GENESIS_OTHER',
  'NETWORK_MISSTATED',
  'CONFIGURATION_BROKEN',
  'HEIGHT_UNPROVEN',
  'HEAD_OF_ANOTHER',
  'HEAD_UNSIGNED',
  'HEAD_OLDER',
  'BLOCK_BROKEN',
  'EVENT_NOT_INCLUDED',
  'EVENT_ALTERED',
  'EVENT_FOREIGN',
  'EVENT_REPEATED',
  'STATEMENT_SIGNATURE',
  'TRANSACTION_BROKEN',
  'CUSTOMS_FORGED',
  'STATEMENT_OF_ANOTHER',
  'STATEMENT_SIGNERS',
  'EVENTS_OTHER',
  'RECORDS_ALTERED',
  'RECORDS_UNPROVEN',
  'DEVICE_UNKNOWN',
  'DEVICE_COMPROMISED',
  'STATEMENT_UNPROVEN',
  'STANDING_CONTRADICTED',
  'OPENING_BROKEN',
  'SURPLUS',
] as const;

export type BundleFault = (typeof BUNDLE_FAULTS)[number];

/** One line of a verdict. Equal bundles give equal lines, on every machine. */
export type VerdictLine = {
  readonly check: BundleCheck;
  /** What it is about: an event's id, a block, an organisation; absent where it is about the whole. */
  readonly subject?: string;
  readonly text: string;
} & (
  | { readonly status: 'holds' | 'not-checked' | 'note' }
  | { readonly status: 'fails'; readonly code: BundleFault }
);

/** The form that a verdict is written in: evidence/schemas/verdict-1.schema.json. */
export const VERDICT_FORMAT = 'passage-bundle-verdict-1';

/** What verifying a bundle came to. */
export interface BundleVerdict {
  readonly format: typeof VERDICT_FORMAT;
  readonly network: 'embedded' | 'fabric';
  readonly kind: 'blocks' | 'proofs';
  readonly genesisHash: string;
  readonly ucr: string;
  readonly events: number;
  /** `verified` if nothing fails; what was not checked is said in the lines. */
  readonly verdict: 'verified' | 'differs';
  /** Whether nothing was left out, up to `height`. */
  readonly completeness: { readonly proven: true; readonly height: number } | { readonly proven: false };
  readonly lines: readonly VerdictLine[];
}

type Subject = { readonly subject?: string };

const about = (subject: string | undefined): Subject => (subject === undefined ? {} : { subject });

export function holds(check: BundleCheck, text: string, subject?: string): VerdictLine {
  return { check, ...about(subject), status: 'holds', text };
}

export function fails(check: BundleCheck, code: BundleFault, text: string, subject?: string): VerdictLine {
  return { check, ...about(subject), status: 'fails', code, text };
}

export function notChecked(check: BundleCheck, text: string, subject?: string): VerdictLine {
  return { check, ...about(subject), status: 'not-checked', text };
}

export function note(check: BundleCheck, text: string): VerdictLine {
  return { check, status: 'note', text };
}
