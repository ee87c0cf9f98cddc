/** Error codes of fabric-ca that this subset can answer (CA:lib/caerrors/servererror.go). */
export const CaCode = {
  UNKNOWN: 0,
  METHOD_NOT_ALLOWED: 1,
  NO_AUTHORIZATION: 2,
  READING_BODY: 3,
  EMPTY_BODY: 4,
  BAD_BODY: 5,
  CERTIFICATE_NOT_FOUND: 8,
  WRONG_OWNER: 9,
  IDENTITY_NOT_FOUND: 10,
  MISSING_REVOKE_ARGUMENTS: 15,
  CA_NOT_FOUND: 19,
  AUTHENTICATION_FAILURE: 20,
  BAD_CSR: 31,
  NO_GENCRL_AUTHORITY: 35,
  NO_SUCH_USER: 63,
  ALREADY_REVOKED: 66,
  AUTHORIZATION_FAILURE: 71,
  ALREADY_REGISTERED: 74,
  CN_IS_NOT_THE_ID: 77,
} as const;

export type CaCode = (typeof CaCode)[keyof typeof CaCode];

/** A refusal of the CA: an HTTP status, and the code and sentence of fabric-ca's JSON answer. */
export class CaError extends Error {
  readonly status: number;
  readonly code: CaCode;

  constructor(status: number, code: CaCode, message: string) {
    super(message);
    this.name = 'CaError';
    this.status = status;
    this.code = code;
  }
}

/** Who is asking is not known. As fabric-ca does, the answer does not say which part was wrong. */
export function authenticationFailure(): CaError {
  return new CaError(401, CaCode.AUTHENTICATION_FAILURE, 'Authentication failure');
}

/** Who is asking is known and may not do this. */
export function authorizationFailure(): CaError {
  return new CaError(403, CaCode.AUTHORIZATION_FAILURE, 'Authorization failure');
}

export function badBody(what: string): CaError {
  return new CaError(400, CaCode.BAD_BODY, `Invalid request body: ${what}`);
}
