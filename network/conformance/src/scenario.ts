import type { Stage } from './stage.js';

/** Something that happens alike on every network that is Fabric's equal. */
export interface Scenario {
  /** What is shown, as words that stand in the report. */
  readonly name: string;
  play(stage: Stage): Promise<void>;
}
