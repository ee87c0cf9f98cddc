import { rule, type ErrorRule } from './rule.js';

/** Handovers and releases to carriers. */
export const handoverRules = {
  HANDOVER_UNKNOWN: rule(
    'not_found',
    'The shipment has no handover with this number.',
    "Look at the shipment's custody for the number of the open handover.",
  ),
  RELEASE_UNKNOWN: rule(
    'not_found',
    'The shipment was not released to a carrier under this name.',
    "Check UCR and release; the release is named by the custodian's request id.",
  ),
  NOT_CUSTODIAN: rule(
    'authorization',
    'Only the party that has the goods now may do this.',
    'Let the custodian act; the details name it.',
  ),
  NOT_RECIPIENT: rule(
    'authorization',
    'Only the party that the goods or the lot were offered to may answer.',
    'Let the recipient act; the details name it.',
  ),
  NOT_OFFERER: rule(
    'authorization',
    'Only the party that made an offer or a release takes it back.',
    'Let the party act that made it; the details name it.',
  ),
  MAY_NOT_WITNESS: rule(
    'authorization',
    'Only the two sides of a handover and customs attach witnesses to it.',
    'Let one of them attach the statement; the details name the two sides.',
  ),
  HANDOVER_OPEN: rule(
    'conflict',
    'A handover of this shipment is open already.',
    'Have the open one accepted or rejected first.',
  ),
  HANDOVER_CLOSED: rule(
    'conflict',
    'The handover is closed: it was accepted, rejected or withdrawn, or it expired.',
    "Read the shipment's custody; offer again if the goods still have to move.",
  ),
  OFFER_EXPIRED: rule('conflict', 'The offer was not answered in time.', 'Let the custodian offer again.'),
  WITNESS_ATTACHED: rule('conflict', 'The statement is attached to this handover already.', 'Nothing to do.'),
  RELEASE_EXISTS: rule(
    'conflict',
    'The shipment has a release under this request id already, by another party.',
    'Use a request id of your own.',
  ),
  RELEASE_CLOSED: rule(
    'conflict',
    'The release to the carrier was used or withdrawn, or it expired.',
    'Let the custodian release the goods again; a release is good once.',
  ),
  RELEASE_MISMATCH: rule(
    'conflict',
    'The release is for another carrier, or another custodian made it.',
    'Hand over to the carrier that the release names; the details name both sides.',
  ),
} as const satisfies Record<string, ErrorRule>;
