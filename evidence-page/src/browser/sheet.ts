/** What became of one thing that was looked at. */
export type Status = 'holds' | 'fails' | 'not-checked' | 'note';

/** One line of what the page says. */
export interface Line {
  readonly status: Status;
  /** What was looked at, in the format's own word. */
  readonly check: string;
  /** What it is about: an event's id, a block, an organisation. */
  readonly subject?: string;
  /** The fault's code, where it does not hold. */
  readonly code?: string;
  readonly text: string;
}

/** What came of one file. */
export interface Sheet {
  /** `good`: nothing fails; `open`: nothing fails, and something that matters was not shown; `bad`. */
  readonly verdict: 'good' | 'open' | 'bad';
  readonly headline: string;
  readonly explanation: string;
  /** What stands above the lines: names and values. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly lines: readonly Line[];
}
