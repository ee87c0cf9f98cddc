import type { Alert } from '@passage/domain';

import { alertId } from '../alerts/alert-id.js';
import { lifeOf } from '../alert-desk/alert-desk.js';
import type { KeptStep } from '../alert-desk/alert-store.js';
import { isFollowing } from '../alert-desk/seen-alerts.js';
import type { SeenAlert } from '../alert-desk/seen-alerts.js';
import type { GatewayContext } from './context.js';
import { answerVerification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** An alert that follows now from what is recorded of a consignment; its life is asked of the caller's desk. */
export function foundAlertNode(services: Services, ucr: string, alert: Alert): Node {
  const id = alertId(alert);
  return {
    ...alert,
    ...alert.at,
    id,
    shipments: [ucr],
    follows: true,
    raisedAt: async (_: unknown, context: GatewayContext) => (await kept(id, context))?.alert.raised_at,
    life: (_: unknown, context: GatewayContext) => lifeNode(id, context),
    verification: () => answerVerification(services),
  };
}

/** An alert out of the gateway's book. */
export function keptAlertNode(services: Services, seen: SeenAlert): Node {
  const { alert, shipments } = seen;
  return {
    id: alert.alert_id,
    kind: alert.kind,
    subject: alert.subject,
    block: alert.block,
    position: alert.position,
    item: alert.item,
    path: JSON.parse(alert.path),
    details: JSON.parse(alert.details),
    raisedAt: alert.raised_at,
    shipments: shipments.map(({ ucr }) => ucr),
    follows: isFollowing(seen),
    life: (_: unknown, context: GatewayContext) => lifeNode(alert.alert_id, context),
    verification: () => answerVerification(services),
  };
}

async function kept(
  id: string,
  { alertDesk, caller, reader }: GatewayContext,
): Promise<SeenAlert | undefined> {
  return (await alertDesk.seenBy(caller, reader)).one(id);
}

/** Where an alert stands at the caller's desk; undefined where the gateway has not noticed it yet. */
async function lifeNode(
  id: string,
  { alertDesk, caller, reader }: GatewayContext,
): Promise<Node | undefined> {
  const alerts = await alertDesk.seenBy(caller, reader);
  const seen = await alerts.one(id);
  return (
    seen && {
      ...lifeOf(seen.alert),
      steps: async () => (await alerts.steps(seen)).map(stepNode),
    }
  );
}

export function stepNode(step: KeptStep): Node {
  return {
    step: step.step,
    at: step.at,
    by: step.party,
    assignedTo: step.assigned_to,
    outcome: step.outcome,
    note: step.note,
  };
}
