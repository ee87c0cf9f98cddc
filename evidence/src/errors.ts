/** Why a bundle cannot be read, or made: a row of docs/errors.md each. What a bundle says wrongly is a verdict, no error. */
export const EVIDENCE_ERROR_CODES = [
  /** The bytes are no bundle, or not in the one form that a bundle has. */
  'BUNDLE_MALFORMED',
  /** The bytes are more than a bundle may have. */
  'BUNDLE_TOO_LARGE',
  /** A bundle of a format that this version does not know. */
  'BUNDLE_VERSION',
  /** The ledger has no event of the consignment. */
  'NO_EVENTS',
  /** What a bundle of the wanted kind needs is not there. */
  'MATERIAL_MISSING',
  /** A tree of fewer events than it is said to have. */
  'TREE_NODE_MISSING',
] as const;

export type EvidenceErrorCode = (typeof EVIDENCE_ERROR_CODES)[number];

/** The one error of this library: a stable code, and a sentence that says what to do next. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError';
  readonly code: EvidenceErrorCode;

  constructor(code: EvidenceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
