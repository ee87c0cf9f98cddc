/** Every refusal of the embedded network that a person can act on, in the order of `docs/errors.md`, which explains each. */
export const NETWORK_ERROR_CODES = [
  'USAGE',
  'FOLDER_UNUSABLE',
  'PORT_IN_USE',
  'LEDGER_LOCKED',
  'LEDGER_DAMAGED',
  'LEDGER_MISMATCH',
  'STORAGE_FULL',
  'DEFINITION_REFUSED',
  'ORGANIZATION_REFUSED',
  'NOT_SUPPORTED_YET',
] as const;

export type NetworkErrorCode = (typeof NETWORK_ERROR_CODES)[number];

/** An expected failure: a stable code, and a sentence that says what to do next. */
export class NetworkError extends Error {
  readonly code: NetworkErrorCode;

  constructor(code: NetworkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NetworkError';
    this.code = code;
  }
}

/** The `code` of a system error (`EADDRINUSE`, `ENOSPC` …), or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
