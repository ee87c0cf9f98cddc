/** One thing that was seen in a scenario, in words that are equal on networks that behave alike. */
export interface Observation {
  readonly scenario: string;
  /** Which step of the scenario. */
  readonly step: string;
  readonly seen: unknown;
}
