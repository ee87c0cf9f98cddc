/**
 * What customs answers, by UN/EDIFACT code list 7365 (customs response, coded), with names of our own. Codes 1 to 3 (errors
 * and amendments of messages) have no use here.
 */
export const customsResponses = {
  '4': 'goods_released',
  '5': 'goods_required_for_examination',
  '6': 'documents_to_be_produced',
  '7': 'goods_detained',
  '8': 'may_move_under_customs_transfer',
  '9': 'accepted_awaiting_arrival',
  '10': 'declaration_requested',
} as const;

export type CustomsResponse = keyof typeof customsResponses;

/** The answers that hold goods, that lift a hold, and those that an act gives by itself. */
export const holdingResponses = ['5', '6', '10'] as const satisfies readonly CustomsResponse[];
export const liftingResponses = ['4', '8', '9'] as const satisfies readonly CustomsResponse[];
export const detained = '7' satisfies CustomsResponse;
export const released = '4' satisfies CustomsResponse;

export const customsResponseCodes = Object.keys(customsResponses) as readonly CustomsResponse[];
