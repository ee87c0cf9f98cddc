import { customsStories } from './customs.js';
import { deviceStories } from './devices.js';
import { disputeStories } from './disputes.js';
import { formStories } from './form.js';
import { handoverStories } from './handovers.js';
import { originStories } from './origin.js';
import { parameterStories } from './parameters.js';
import { shipmentStories } from './shipments.js';
import type { Story } from './story.js';
import { unknownStories } from './unknown.js';

/** A story for every code that no scenario refuses with. */
export const refusalStories: readonly Story[] = [
  ...formStories,
  ...unknownStories,
  ...parameterStories,
  ...deviceStories,
  ...shipmentStories,
  ...handoverStories,
  ...customsStories,
  ...originStories,
  ...disputeStories,
];
