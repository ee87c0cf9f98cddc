import { rule, type ErrorRule } from './rule.js';

/** Disputes. */
export const disputeRules = {
  DISPUTE_UNKNOWN: rule(
    'not_found',
    'The party has raised no such dispute on this shipment.',
    'Check UCR, disputant and dispute; a dispute is named by the request id by which it was raised.',
  ),
  RULING_UNKNOWN: rule(
    'not_found',
    'Customs has not ruled on this dispute.',
    "Check UCR, disputant and dispute, or wait for customs; the dispute itself has the custodian's answer.",
  ),
  ACT_UNKNOWN: rule(
    'not_found',
    'The party has done nothing under this request id.',
    'Look the act up in the timeline: it names who asked for it and under which request id.',
  ),
  NOT_ABOUT_SHIPMENT: rule(
    'conflict',
    'The event is not about this shipment.',
    'Dispute it where it belongs: in a shipment that it names.',
  ),
  OWN_DISPUTE: rule(
    'authorization',
    'Nobody judges a dispute that he has raised himself.',
    'Let customs rule on it, or withdraw it.',
  ),
  DISPUTE_CLOSED: rule(
    'conflict',
    'The dispute was answered, ruled on or withdrawn, so that this step does not follow.',
    'Read the dispute; the details say how it stands. Customs may still rule on what a custodian has answered.',
  ),
} as const satisfies Record<string, ErrorRule>;
