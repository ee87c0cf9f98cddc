import { clockStories } from './clock.js';
import { custodyStories } from './custody.js';
import { movementStories } from './movement.js';
import { packingStories } from './packing.js';
import { sequenceStories } from './sequence.js';
import type { AlertStory } from './story.js';
import { taintStories } from './taint.js';

/** A story for every kind of alert; for some kinds more. */
export const alertStories: readonly AlertStory[] = [
  ...taintStories,
  ...sequenceStories,
  ...clockStories,
  ...movementStories,
  ...custodyStories,
  ...packingStories,
];
