import { keys } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import type { Parameters } from './parameter-table.js';
import { withDefaults } from './parameters.js';

/** The parameters in force; `ledger` is among the keys that every act reads. */
export function parametersOf(view: WorldView): Parameters {
  return withDefaults(view.get(keys.ledger)?.parameters?.values);
}
