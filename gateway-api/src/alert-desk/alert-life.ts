/** How an alert stands at a desk. */
export const alertStates = ['raised', 'assigned', 'acknowledged', 'closed'] as const;

export type AlertState = (typeof alertStates)[number];

/** What came of an alert. */
export const alertOutcomes = ['confirmed', 'false_alarm', 'resolved', 'no_action'] as const;

export type AlertOutcome = (typeof alertOutcomes)[number];

/** Where an alert is in its life. `version` counts its steps, from 0 when it was raised. */
export interface AlertLife {
  readonly state: AlertState;
  readonly version: number;
  /** The party that it is assigned to, or that acknowledged it. */
  readonly assignedTo?: string;
  readonly outcome?: AlertOutcome;
}

/** What somebody does with an alert. */
export type AlertMove =
  | { readonly step: 'assigned'; readonly to: string }
  | { readonly step: 'acknowledged' }
  | { readonly step: 'closed'; readonly outcome: AlertOutcome };

/** Why a move is refused: the alert's state does not have it, or the alert is another's. */
export type Refused = 'ALERT_STEP' | 'ALERT_NOT_YOURS';

/** An alert that nobody has touched. */
export const raised: AlertLife = { state: 'raised', version: 0 };

/**
 * What a move makes of an alert. It may be assigned, and assigned to somebody else, until it is closed; whom it is assigned to
 * acknowledges it, or anyone while it is nobody's; who has acknowledged it closes it. A closed alert stays closed.
 */
export function moved(life: AlertLife, move: AlertMove, by: string): AlertLife | Refused {
  const { state, assignedTo } = life;
  const version = life.version + 1;
  if (move.step === 'assigned') {
    return state === 'closed' ? 'ALERT_STEP' : { state: 'assigned', version, assignedTo: move.to };
  }
  const from: readonly AlertState[] =
    move.step === 'acknowledged' ? ['raised', 'assigned'] : ['acknowledged'];
  if (!from.includes(state)) return 'ALERT_STEP';
  if (assignedTo !== undefined && assignedTo !== by) return 'ALERT_NOT_YOURS';
  const outcome = move.step === 'closed' ? { outcome: move.outcome } : {};
  return { state: move.step, version, assignedTo: by, ...outcome };
}
