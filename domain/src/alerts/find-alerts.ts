import type {
  HoldFact,
  KeyFact,
  LedgerNow,
  MadeIntoFact,
  OfferFact,
  ReleaseFact,
  SealOpeningFact,
  StatementFact,
  WithinFact,
} from '../facts/facts.js';
import { comparePositions } from '../facts/ledger-position.js';
import { judgeKey } from '../taint/judge-key.js';
import type { Alert, KeyHistory } from './alert.js';
import { calibrationAlerts } from './calibration.js';
import { clockDriftAlerts, lateCaptureAlerts, silenceAlerts } from './clock.js';
import { custodyAlerts } from './custody.js';
import { heldGoodsAlerts } from './held-goods.js';
import { movementAlerts } from './movement.js';
import { packingAlerts, type PackingFacts } from './packing.js';
import { sealAlerts } from './seals.js';
import { chainAlerts, equivocationAlerts, gapAlerts, reorderAlerts } from './sequence.js';
import { judgeStatements, taintAlerts } from './taint.js';
import type { TolerancesAt } from './tolerances.js';

/** Everything that alerts are found in. */
export interface Facts {
  readonly statements: readonly StatementFact[];
  readonly keys: readonly KeyFact[];
  readonly holds: readonly HoldFact[];
  readonly releases: readonly ReleaseFact[];
  readonly sealOpenings: readonly SealOpeningFact[];
  readonly offers: readonly OfferFact[];
  readonly within: readonly WithinFact[];
  readonly madeInto: readonly MadeIntoFact[];
  readonly packing: PackingFacts;
}

/**
 * Every alert that follows from these facts, in the ledger's order. A pure function: the same facts in any order give the same
 * alerts. Of a revoked key the statements have to be all that the ledger holds, because `prev` is followed through them.
 *
 * @param tolerances by which each thing is judged where it stands on the ledger.
 * @param now where the ledger stands.
 */
export function findAlerts(facts: Facts, tolerances: TolerancesAt, now: LedgerNow): readonly Alert[] {
  const statements = [...facts.statements].sort((one, other) => comparePositions(one.at, other.at));
  const keys = new Map(facts.keys.map((key) => [key.kid, key]));
  const histories = facts.keys.map((key) => historyOf(key, statements));
  const standings = new Map(histories.flatMap(({ key, statements: of }) => [...judgeKey(key, of)]));
  const judged = judgeStatements(statements, keys, standings, tolerances);
  const alerts = [
    ...taintAlerts(judged, keys, facts.within, facts.madeInto),
    ...histories.flatMap((history) => keyAlerts(history, tolerances, now)),
    ...movementAlerts(statements, tolerances),
    ...heldGoodsAlerts(facts.holds, statements, tolerances),
    ...sealAlerts(facts.sealOpenings, statements, facts.releases),
    ...custodyAlerts(facts.offers, statements, facts.within, tolerances, now),
    ...packingAlerts(facts.packing),
  ];
  return alerts.sort(inOrder);
}

function keyAlerts(history: KeyHistory, tolerances: TolerancesAt, now: LedgerNow): readonly Alert[] {
  return [
    ...gapAlerts(history, tolerances, now),
    ...reorderAlerts(history),
    ...chainAlerts(history),
    ...equivocationAlerts(history),
    ...lateCaptureAlerts(history, tolerances),
    ...clockDriftAlerts(history, tolerances),
    ...calibrationAlerts(history),
    ...silenceAlerts(history, tolerances, now),
  ];
}

function historyOf(key: KeyFact, statements: readonly StatementFact[]): KeyHistory {
  const own = statements.filter(({ kid }) => kid === key.kid);
  return { key, statements: own.sort((one, other) => one.seq - other.seq) };
}

function inOrder(one: Alert, other: Alert): number {
  const byPosition = comparePositions(one.at, other.at);
  if (byPosition !== 0) return byPosition;
  const [a, b] = [one, other].map(({ kind, subject, path }) => JSON.stringify([kind, subject, path]));
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}
