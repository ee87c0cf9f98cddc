import { acts } from './acts.js';
import { alteredRecords } from './altered-records.js';
import { custody } from './custody.js';
import { decisions } from './decisions.js';
import { deviceLives } from './device-lives.js';
import { devices } from './devices.js';
import { heldGoods } from './holds.js';
import { keyPolicies } from './key-policies.js';
import type { Lie } from './lie.js';
import { lots } from './lots.js';
import { parameters } from './parameters.js';
import { quantities } from './quantities.js';
import { scores } from './scores.js';
import { standing } from './standing.js';

export { alteredRecords } from './altered-records.js';
export { releasedAndTaken } from './custody.js';

/** Lies that each need a chain of their own. */
export const singleLies: readonly Lie[] = [
  ...acts,
  ...standing,
  ...devices,
  ...deviceLives,
  ...custody,
  ...heldGoods,
  ...decisions,
  ...quantities,
  ...lots,
  ...keyPolicies,
  ...scores,
  ...parameters,
];

/** Every lie, in the order in which docs/replay.md lists them. */
export const lies: readonly Lie[] = [...singleLies, ...alteredRecords];
