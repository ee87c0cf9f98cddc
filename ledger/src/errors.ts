/**
 * Every way in which this library says no. A code is part of the interface: it is never renamed, and `docs/errors.md`
 * has a row for each.
 */
export const LEDGER_ERROR_CODES = [
  /** Bytes that are not the protobuf message they should be. */
  'MALFORMED_MESSAGE',
  /** A 64-bit integer above 2^53-1: legal protobuf, but a JavaScript number would round it. */
  'NUMBER_TOO_LARGE',
  /** A value that the message cannot carry was given to the encoder. */
  'INVALID_VALUE',
  /** Bytes that are not the DER or PEM structure they should be. */
  'MALFORMED_CERTIFICATE',
  /** A block, or a record of a block file, that cannot be read as one. */
  'MALFORMED_BLOCK',
  /** An MSP configuration that Fabric would refuse. */
  'INVALID_MSP',
  /** A serialized identity that no MSP of the channel vouches for. */
  'INVALID_IDENTITY',
  /** A policy (bytes or text) that cannot be compiled. */
  'INVALID_POLICY',
  /** A file of private collections that Fabric's command line would not take. */
  'INVALID_COLLECTIONS',
  /** A channel configuration, or an update of one, that Fabric would refuse. */
  'INVALID_CONFIG',
  /** A configuration update that the policies of the changed elements do not allow. */
  'CONFIG_NOT_AUTHORIZED',
  /** A first block that is not the one that is trusted. */
  'WRONG_GENESIS',
] as const;

export type LedgerErrorCode = (typeof LEDGER_ERROR_CODES)[number];

/** The one error of this library: a stable code, and a sentence that says what was wrong and where. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Runs `read`; a LedgerError becomes the value that `otherwise` makes of it, everything else is thrown on. */
export function recover<T, U>(read: () => T, otherwise: (error: LedgerError) => U): T | U {
  try {
    return read();
  } catch (error) {
    if (error instanceof LedgerError) return otherwise(error);
    throw error;
  }
}
