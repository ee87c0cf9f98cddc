import type { AlertKind } from '../alerts/alert.js';
import type { AeoRecord } from '../party/aeo-record.js';
import { sumOf } from './assessment.js';
import type { RiskContribution, RiskScore, RuleSet } from './risk-record.js';

/** What the ledger knows of a consignment that bears on its risk. */
export interface RiskFacts {
  /** Alerts of the consignment, in any order. */
  readonly alerts: readonly AlertKind[];
  /** The importer's standing as a trusted trader; absent where customs has never decided on it. */
  readonly trader?: AeoRecord['status'];
  /** How many of the importer's consignments did not conform when they were inspected. */
  readonly nonConforming: number;
  /** The country of origin that the consignment was opened with, and those that its declarations name. */
  readonly origin: string;
  readonly declaredOrigins: readonly string[];
}

/** The rules that this build scores by. A change of points or rules is a new version. */
export const riskRules: RuleSet = { name: 'passage', version: '3' };

/** Points for an alert of a kind, however often it was raised. */
const alertPoints: Readonly<Record<AlertKind, number>> = {
  seal_opened: 40,
  held_goods_moved: 40,
  packed_while_sealed: 40,
  tainted: 30,
  two_places: 30,
  impossible_speed: 30,
  custody_gap: 20,
  in_two_units: 20,
  unproven: 20,
  equivocation: 20,
  over_packed: 15,
  broken_chain: 15,
  gap: 15,
  silent_device: 10,
  out_of_calibration: 10,
  late_capture: 5,
  reordered: 5,
  clock_drift: 5,
};

const traderPoints: Readonly<Record<AeoRecord['status'], number>> = {
  given: -30,
  suspended: 20,
  withdrawn: 20,
};

/** What each earlier inspection that did not conform adds, and the most that they add together. */
const [perFinding, mostForFindings] = [15, 45];

const otherOrigin = 25;

/**
 * Scores a consignment by what the ledger knows of it. Pure: the same facts give the same score, on any machine and in any
 * order. It proposes; an assessment is customs' own word, and may rest on other rules.
 */
export function scoreRisk(facts: RiskFacts): RiskScore {
  const contributions = [...alertsOf(facts), ...traderOf(facts), ...findingsOf(facts), ...originsOf(facts)];
  return { rules: riskRules, score: sumOf(contributions), contributions };
}

function alertsOf({ alerts }: RiskFacts): readonly RiskContribution[] {
  return [...new Set(alerts)].sort().map((kind) => ({
    rule: `alert.${kind}`,
    points: alertPoints[kind],
    reason: `Alert: ${kind.replaceAll('_', ' ')}`,
  }));
}

function traderOf({ trader }: RiskFacts): readonly RiskContribution[] {
  if (trader === undefined) return [];
  return [
    {
      rule: 'trader.aeo',
      points: traderPoints[trader],
      reason: `The importer's trusted standing was ${trader}`,
    },
  ];
}

function findingsOf({ nonConforming }: RiskFacts): readonly RiskContribution[] {
  if (nonConforming === 0) return [];
  const points = Math.min(nonConforming * perFinding, mostForFindings);
  const reason = `Earlier consignments of the importer that did not conform: ${String(nonConforming)}`;
  return [{ rule: 'trader.findings', points, reason }];
}

function originsOf({ origin, declaredOrigins }: RiskFacts): readonly RiskContribution[] {
  const others = [...new Set(declaredOrigins.filter((declared) => declared !== origin))].sort();
  if (others.length === 0) return [];
  const reason = `Opened as of ${origin}, declared as of ${others.slice(0, 10).join(', ')}`;
  return [{ rule: 'declaration.origin', points: otherOrigin, reason }];
}
