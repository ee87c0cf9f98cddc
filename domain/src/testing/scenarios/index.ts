import { controlScenarios } from './control.js';
import { correctionScenarios } from './corrections.js';
import { customsScenarios } from './customs.js';
import { deviceScenarios } from './devices.js';
import { disputeScenarios } from './disputes.js';
import { documentScenarios } from './documents.js';
import { handoverScenarios } from './handovers.js';
import { originScenarios } from './origin.js';
import { parameterScenarios } from './parameters.js';
import { partyScenarios } from './parties.js';
import { sealScenarios } from './seals.js';
import { shipmentScenarios } from './shipments.js';
import { Setting } from './setting.js';
import type { Scenario, Scene } from './scenario.js';

export { people, prologue } from './people.js';
export type { Expectation, Scenario, Scene } from './scenario.js';

/** The scenarios of the custody rules. */
export const scenarios: readonly Scenario[] = [
  ...partyScenarios,
  ...deviceScenarios,
  ...handoverScenarios,
  ...customsScenarios,
  ...controlScenarios,
  ...sealScenarios,
  ...documentScenarios,
  ...originScenarios,
  ...disputeScenarios,
  ...shipmentScenarios,
  ...parameterScenarios,
  ...correctionScenarios,
];

/**
 * The scenes of a scenario on a ledger, after the `prologue`; `today` is the day that its terms are counted from.
 *
 * @param tag capitals and digits that keep its names apart, where it is played more than once.
 */
export function scenesOf(
  scenario: Scenario,
  ledger: string,
  today: Date,
  tag = `S${String(scenarios.indexOf(scenario) + 1)}`,
): readonly Scene[] {
  return scenario.scenes(new Setting(ledger, tag, today));
}
