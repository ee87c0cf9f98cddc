import { parse } from 'graphql';

import type { AlertItem } from '../alert-desk/alert-source.js';
import type { Caller } from '../auth/caller.js';
import type { ToldItem } from '../webhooks/deliveries.js';
import type { GatewayServices } from './context.js';
import { toldData } from './told-data.js';

/** What a webhook is told of an alert: the same fields of the published schema for everyone. */
const document = parse(`subscription { alerts {
  cursor
  step { step at by assignedTo outcome note }
  alert {
    id kind subject block position item path { what id } details shipments follows raisedAt
    life { state version assignedTo outcome }
    verification { checks notChecked asOfBlock embedded }
  }
} }`);

/**
 * The body of a delivery, as `feedBody` has it: `type` says what became of the alert (`alert.raised`, `alert.assigned` …) and
 * `timestamp` when. The alert itself, and its life at the caller's desk, are told as they stand at the attempt.
 */
export async function alertBody(
  told: ToldItem<AlertItem>,
  caller: Caller,
  services: GatewayServices,
): Promise<string> {
  const { step } = told.entry;
  const context = { ...services, caller, reader: told.view.reader };
  const { alerts } = (await toldData(document, told, context)) as { readonly alerts: unknown };
  return JSON.stringify({ type: `alert.${step.step}`, timestamp: step.at, data: alerts });
}
