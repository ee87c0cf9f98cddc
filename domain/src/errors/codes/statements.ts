import { rule, type ErrorRule } from './rule.js';

/** Statements, their signatures and batches. */
export const statementRules = {
  INVALID_STATEMENT: rule(
    'validation',
    'The text is not a compact JWS of three canonical base64url parts.',
    'Send the statement exactly as the device kit made it.',
  ),
  INVALID_HEADER: rule(
    'validation',
    'The protected header does not have exactly the members that its type asks for.',
    'Build the header with the device kit and sign again.',
  ),
  UNSUPPORTED_ALGORITHM: rule(
    'validation',
    'The algorithm is neither ES256 nor EdDSA with Ed25519.',
    'Use a P-256 or an Ed25519 key.',
  ),
  INVALID_KEY: rule(
    'validation',
    'The JWK is not a public P-256 or Ed25519 key that may be used for signatures.',
    'Give the public part alone of a freshly made key.',
  ),
  NOT_AN_OBSERVATION: rule(
    'validation',
    'The event is an act, and late evidence is for observations alone.',
    'Look the event up in the table of docs/acts.md; let a key that is not revoked sign the act.',
  ),
  BATCH_REFUSED: rule(
    'validation',
    'At least one statement of the batch is refused; every bad one is listed.',
    'Take the listed statements out and send the rest again.',
  ),
  BATCH_SIZE: rule(
    'validation',
    'A batch holds no statement, or more than 100.',
    'Send between 1 and 100 statements in one transaction.',
  ),
  NOT_EQUIVOCATION: rule(
    'validation',
    'The two statements do not prove that one key has signed two things under one number.',
    'Give two statements of one key with the same number and different bytes, both as they were signed.',
  ),
  SIGNATURE_INVALID: rule(
    'integrity',
    'The signature was not made by the named key over these bytes.',
    'Send the bytes that were signed, unchanged; if they are, treat the sender as unknown.',
  ),
  WRONG_LEDGER: rule(
    'integrity',
    'The statement was signed for another ledger (`aud`).',
    "Set the device kit to this ledger's trust file and sign again.",
  ),
  KEY_UNKNOWN: rule(
    'not_found',
    'No device with this key is registered.',
    'Let the owner register the device, then send the statement again.',
  ),
  STATEMENT_UNKNOWN: rule(
    'not_found',
    'No statement with this key id and sequence number is on the ledger.',
    'Wait until the statement is committed, or check key id and sequence.',
  ),
  EQUIVOCATION_UNKNOWN: rule(
    'not_found',
    'No equivocation of this key under this number was proven.',
    'Check key id and number; whoever has both statements may file them as proof.',
  ),
  SEQUENCE_USED: rule(
    'conflict',
    'The key has used this sequence number for other bytes.',
    'Look for a second device with the same key or a restored kit; go on with an unused number.',
  ),
} as const satisfies Record<string, ErrorRule>;
