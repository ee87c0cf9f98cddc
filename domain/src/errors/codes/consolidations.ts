import { rule, type ErrorRule } from './rule.js';

/** Master consignments and the houses under them. */
export const consolidationRules = {
  MASTER_UNKNOWN: rule(
    'not_found',
    'No master consignment with this id was opened.',
    'Check the id: the party that opened it, a colon, and the number of the transport document.',
  ),
  MASTER_EXISTS: rule(
    'conflict',
    'A master consignment with this id was opened already.',
    'Use the number of the new transport document.',
  ),
  CONSOLIDATION_UNKNOWN: rule(
    'not_found',
    'The shipment never travelled under a master consignment.',
    'Check the UCR.',
  ),
  CONSOLIDATED: rule(
    'conflict',
    'The shipment travels under a master consignment.',
    'Take it out of that one first; the details name it.',
  ),
  NOT_CONSOLIDATED: rule(
    'conflict',
    'The shipment does not travel under this master consignment.',
    'Read under which one it is; nothing is to be done where it is out already.',
  ),
  MAY_NOT_DECONSOLIDATE: rule(
    'authorization',
    'Only the custodian of a house consignment, or who opened the master, takes it out.',
    'Let one of them do it; the details say who they are.',
  ),
} as const satisfies Record<string, ErrorRule>;
