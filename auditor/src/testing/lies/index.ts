import { acts } from './acts.js';
import { custody } from './custody.js';
import { devices } from './devices.js';
import { heldGoods } from './holds.js';
import { keyPolicies } from './key-policies.js';
import type { Lie } from './lie.js';
import { quantities } from './quantities.js';
import { scores } from './scores.js';

export { releasedAndTaken } from './custody.js';

/** Every lie, in the order in which docs/replay.md lists them. */
export const lies: readonly Lie[] = [
  ...acts,
  ...devices,
  ...custody,
  ...heldGoods,
  ...quantities,
  ...keyPolicies,
  ...scores,
];
