import { rule, type ErrorRule } from './rule.js';

/** Shipments, their parties and what carries them. */
export const shipmentRules = {
  SHIPMENT_UNKNOWN: rule(
    'not_found',
    'No shipment with this UCR was opened.',
    'Check the UCR, or let the trader it names open the shipment.',
  ),
  NAMING_UNKNOWN: rule(
    'not_found',
    'The party was not named in the shipment after it was opened.',
    'Check UCR and party id; the parties of the opening stand in the shipment itself.',
  ),
  MAY_NOT_NAME: rule(
    'authorization',
    'Only consignor, custodian and customs name further parties of a shipment.',
    'Let one of them name the party; the details say who they are.',
  ),
  UCR_NOT_YOURS: rule(
    'authorization',
    'The UCR names another trader than the party that acts.',
    'Let the trader in the UCR open the shipment, or use a UCR of your own.',
  ),
  NOT_NAMED: rule(
    'authorization',
    'The party has nothing to do with this shipment: it is not named in it, nor has it the goods.',
    'Let consignor, custodian or customs name the party first.',
  ),
  PARTY_NAMED: rule(
    'conflict',
    'The party is named in this shipment already.',
    'Nothing to do: it has sight of the shipment.',
  ),
  SHIPMENT_EXISTS: rule(
    'conflict',
    'A shipment with this UCR was opened already.',
    'Use a new UCR for a new consignment.',
  ),
  SHIPMENT_ENDED: rule(
    'conflict',
    'The shipment was split or merged and goes on in others.',
    'Act on what it became; the details name the UCRs.',
  ),
  MAY_NOT_DIVIDE: rule(
    'authorization',
    'Only the opener or the custodian of a shipment splits or merges it.',
    'Let one of them do it; the details say who they are.',
  ),
  UNDER_INSPECTION: rule(
    'conflict',
    'Customs inspects the shipment: it stays as it is until the outcome.',
    'Wait for the outcome of the inspection that the details name.',
  ),
  MERGE_MISMATCH: rule(
    'conflict',
    'The shipments differ in more than their goods.',
    'Merge only what has one custodian, one customs, the same parties and the same way; the details say what differs.',
  ),
  QUANTITY_LEFT_OVER: rule(
    'conflict',
    'Something of the shipment goes into no part.',
    'Give the rest to one of the parts; the details say how much of what it is.',
  ),
  NOT_INSIDE: rule(
    'conflict',
    'What is to come out, or to travel with its unit, is not in there as far as the ledger knows.',
    'Read what the unit holds, record the packing that is missing, then send the act again.',
  ),
  ALREADY_INSIDE: rule(
    'conflict',
    'The goods or the unit lie in a unit already.',
    'Take them out first, or count packages where more of the same goods go in.',
  ),
  UNIT_CANNOT_CARRY: rule(
    'conflict',
    'Such a unit does not carry the other: a ship or flight carries vehicles, these containers, these pallets.',
    'Name the outer unit as the parent and the inner one as its child.',
  ),
} as const satisfies Record<string, ErrorRule>;
