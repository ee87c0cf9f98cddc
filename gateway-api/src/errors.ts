import type { PassageError } from '@passage/domain';

/** Every code this gateway itself answers with; the codes of the custody rules come from `@passage/domain`. */
export const GATEWAY_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_ARGUMENT',
  'OVERLOADED',
  'LEDGER_UNAVAILABLE',
  'LEDGER_REFUSED',
  'ENDORSEMENT_MISMATCH',
  'COMMIT_UNKNOWN',
  'CONFLICT_PERSISTS',
  'TRANSACTION_INVALID',
  'ENROLMENT_FAILED',
  'BLOCK_REFUSED',
  'CONFIG_INVALID',
  'FOLDER_IN_USE',
  'STORAGE_FULL',
  'INTERNAL',
] as const;

/** One of the gateway's own stable codes: a literal, never derived from a class name. */
export type GatewayCode = (typeof GATEWAY_CODES)[number];

/** What one endorsing peer answered: its MSP, its address, its words. */
export interface EndorserAnswer {
  readonly mspId: string;
  readonly address: string;
  readonly message: string;
}

/** What an error tells besides its sentence. */
export interface RefusalFacts {
  /** What the caller can do next, as one sentence. */
  readonly next?: string;
  /** True when the very same request may succeed later. */
  readonly retryable?: boolean;
  readonly transactionId?: string;
  readonly endorsers?: readonly EndorserAnswer[];
  /** Machine-readable particulars, for example the refused statements of a batch. */
  readonly details?: unknown;
  /** HTTP status when this is the reason the whole request fails. */
  readonly status?: number;
  readonly cause?: unknown;
}

/**
 * An expected failure: a code out of a closed list (the gateway's or the domain's), a sentence, what to do next.
 * It reaches GraphQL clients as `extensions`; anything else that is thrown is masked as `INTERNAL`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly facts: RefusalFacts;

  constructor(code: string, message: string, facts: RefusalFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.facts = facts;
  }
}

/** The gateway's own errors: the same, with the code checked by the compiler. */
export function gatewayError(code: GatewayCode, message: string, facts: RefusalFacts = {}): Refusal {
  return new Refusal(code, message, facts);
}

/** A refusal of the custody rules, as this gateway passes it on: the same code, sentence and next step. */
export function refusalOf(error: PassageError, facts: RefusalFacts = {}): Refusal {
  const retryable = error.family === 'unavailable';
  return new Refusal(error.code, error.message, {
    next: error.next,
    retryable,
    details: error.details,
    cause: error,
    ...facts,
  });
}

/** The sentence of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
