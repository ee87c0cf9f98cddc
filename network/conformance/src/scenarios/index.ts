import type { Scenario } from '../scenario.js';
import { conflicts } from './conflicts.js';
import { configuration } from './configuration.js';
import { delivery } from './delivery.js';
import { events } from './events.js';
import { hostile } from './hostile.js';
import { identities } from './identities.js';
import { keyPolicies } from './key-policies.js';
import { lifecycleScenarios } from './lifecycle.js';
import { privateData } from './private-data.js';
import { queries } from './queries.js';
import { ranges } from './ranges.js';
import { refusals } from './refusals.js';
import { state } from './state.js';

/** Everything that is held against Fabric, in the order in which it is played. */
export const SCENARIOS: readonly Scenario[] = [
  ...state,
  ...ranges,
  ...conflicts,
  ...keyPolicies,
  ...events,
  ...refusals,
  ...queries,
  ...lifecycleScenarios,
  ...privateData,
  ...identities,
  ...delivery,
  ...hostile,
  ...configuration,
];
