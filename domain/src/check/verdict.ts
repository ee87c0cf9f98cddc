import type { Violation } from '../errors/violations.js';
import type { ErrorCode } from '../errors/codes.js';

/** What a text was taken for. */
export type CheckedKind = 'document' | 'event' | 'query' | 'statement' | 'key' | 'unknown';

/** Why something is refused, as the ledger says it. */
export interface Refusal {
  readonly code: ErrorCode;
  /** RFC 6901, of the first fault; of a statement into `{header, payload, signature}`. */
  readonly pointer: string;
  readonly message: string;
  /** What the person who meets it does next. */
  readonly next: string;
  /** Everything that is wrong, where several things can be. */
  readonly violations: readonly Violation[];
}

/** The judgement on one document, event, query, statement or key. */
export interface Verdict {
  readonly kind: CheckedKind;
  /** Counted from 1, where the text held several statements. */
  readonly line?: number;
  /** Nothing where it is accepted. */
  readonly refusal?: Refusal;
  /** What the reader should know besides: what could not be judged, and why. */
  readonly notes: readonly string[];
  /** Works out the CBV event hash of each event in it, in its order. */
  readonly eventHashes: () => readonly string[];
}
