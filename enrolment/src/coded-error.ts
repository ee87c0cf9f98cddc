/** What a part knows of each of its expected failures: what it means, and what to do about it. */
export type ErrorRules<Code extends string> = Readonly<
  Record<Code, { readonly meaning: string; readonly next: string }>
>;

/** What an error may bring along: another next step than its code's, and what it came of. */
export interface ErrorFacts {
  readonly next?: string;
  readonly cause?: unknown;
}

/** An expected failure of a part: a code of its closed list, a sentence, and the next step. */
export class CodedError<Code extends string> extends Error {
  readonly code: Code;
  /** What happened, without code and next step. */
  readonly sentence: string;

  constructor(rules: ErrorRules<Code>, code: Code, sentence: string, facts: ErrorFacts = {}) {
    const { next = rules[code].next, cause } = facts;
    super(`${code}: ${sentence}. ${next}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.sentence = sentence;
  }
}
