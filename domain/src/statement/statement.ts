import type { JsonObject } from '../json/value.js';
import type { SignatureAlgorithm } from '../jwk/public-jwk.js';

/** The `typ` of a statement: the version of the format. */
export const STATEMENT_TYPE = 'passage-statement-1+jws';

/** The protected header of a statement: exactly these members. */
export interface StatementHeader {
  readonly alg: SignatureAlgorithm;
  readonly typ: typeof STATEMENT_TYPE;
  /** RFC 7638 thumbprint of the signing key. */
  readonly kid: string;
  /** Which ledger it is for: 64 hex digits, the header hash of the genesis block. */
  readonly aud: string;
  /** Counts the key's statements from 1, each number once. */
  readonly seq: number;
  /** statementId of the key's previous statement; absent exactly at seq 1. */
  readonly prev?: string;
}

/** A statement whose form is right and whose signature nobody has checked yet. */
export interface UnverifiedStatement {
  /** The compact JWS as it was read. */
  readonly jws: string;
  /** What was signed: the two first parts of the JWS with the dot between them. */
  readonly signingInput: string;
  readonly statementId: string;
  readonly header: StatementHeader;
  /** The payload, read strictly: a JSON object, meant to be an EPCIS event. */
  readonly payload: JsonObject;
  /** r‖s or R‖S, 64 bytes. */
  readonly signature: Uint8Array;
}

/** A statement that the key named in its header has signed. */
export interface VerifiedStatement extends UnverifiedStatement {
  readonly verified: true;
}
