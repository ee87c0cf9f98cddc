/** Why a replay could not check; a row of docs/errors.md each. */
export const AUDIT_ERROR_CODES = [
  /** There is no such file or folder, or no block files in it. */
  'SOURCE_NOT_FOUND',
  /** The block file ends in the middle of a block. */
  'SOURCE_TRUNCATED',
  /** The bytes are no blocks. */
  'SOURCE_UNREADABLE',
  /** The trusted first block sets up a channel that this version cannot judge. */
  'CHAIN_UNSUPPORTED',
  /** Neither a genesis hash nor a usable trust file. */
  'TRUST_UNUSABLE',
  /** The connection profile, or a file that it names, cannot be used. */
  'PROFILE_UNUSABLE',
  /** The peer cannot be reached, or the stream broke. */
  'PEER_UNAVAILABLE',
  /** The peer refuses to give the blocks. */
  'PEER_REFUSED',
  /** A file is no chaincode package, or its chaincode cannot be run. */
  'PACKAGE_UNUSABLE',
  /** A file holds no transient inputs. */
  'OPENINGS_UNUSABLE',
  /** What was given as an index's digest is none. */
  'INDEX_UNUSABLE',
  /** The file of the report cannot be written. */
  'REPORT_UNWRITABLE',
  /** A saved state is not what was saved. */
  'STATE_ALTERED',
  /** A saved state is of another chain or another kind of replay. */
  'STATE_OF_ANOTHER',
  /** The saved state cannot be read or written. */
  'STATE_UNWRITABLE',
  /** A block of the source differs from what the rules give, so no evidence comes from it. */
  'LEDGER_DIFFERS',
  /** The file of a bundle, or of what it is made of, cannot be read or written. */
  'BUNDLE_FILE_UNUSABLE',
] as const;

export type AuditErrorCode = (typeof AUDIT_ERROR_CODES)[number];

/** A replay that could not be done: exit code 3. The sentence says what to do next. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
  readonly code: AuditErrorCode;

  constructor(code: AuditErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What an unknown thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
