import { rule, type ErrorRule } from './rule.js';

/** Lots and certificates of origin. */
export const originRules = {
  UNIT_NOT_CONVERTIBLE: rule(
    'validation',
    'A lot is counted in a unit for which no factor to the measure was given.',
    'Add the factor to the conversions; the details name both units.',
  ),
  TOO_MANY_ORIGINS: rule(
    'validation',
    'The blend has material of more origins than a lot carries.',
    'Blend fewer lots at once; the limit stands in the details.',
  ),
  LOT_UNKNOWN: rule(
    'not_found',
    'No lot with this id is on the ledger.',
    'Check the id; it begins with the party that registered or made the lot.',
  ),
  TRANSFORMATION_UNKNOWN: rule(
    'not_found',
    'No transformation with this id is on the ledger.',
    'Check the id; it begins with the party that transformed.',
  ),
  CERTIFICATE_UNKNOWN: rule(
    'not_found',
    'No certificate of origin with this id was issued.',
    'Check the id; it begins with the certifying body.',
  ),
  DRAWDOWN_UNKNOWN: rule(
    'not_found',
    'Nothing was shipped of the lot under this number.',
    'Read the lot for the number of its latest draw-down.',
  ),
  NOT_HOLDER: rule(
    'authorization',
    'Only the party that holds the lot may do this.',
    'Let the holder act, or have it offer the lot to you; the details name the holder.',
  ),
  LOT_OFFERED: rule(
    'conflict',
    'The lot is offered to another party, which has not answered yet.',
    'Wait for the answer, or withdraw the offer.',
  ),
  LOT_NOT_OFFERED: rule(
    'conflict',
    'No offer of the lot is open.',
    'Read the lot for its newest offer; the holder may offer it again.',
  ),
  LOT_EXISTS: rule('conflict', 'A lot with this id is on the ledger already.', 'Choose another number.'),
  TRANSFORMATION_EXISTS: rule(
    'conflict',
    'A transformation with this id is on the ledger already.',
    'Choose another number.',
  ),
  CERTIFICATE_EXISTS: rule(
    'conflict',
    'A certificate with this id was issued already.',
    'Choose another number.',
  ),
  QUANTITY_EXCEEDED: rule(
    'conflict',
    'The lot or the certificate has less left than what is asked for.',
    'Ask for what is left at most; the details say how much.',
  ),
  OUTPUT_EXCEEDS_INPUT: rule(
    'conflict',
    'More is said to come out of a transformation than went into it.',
    'Name every lot that went in, or check quantities and conversion factors.',
  ),
  OVER_CLAIM: rule(
    'conflict',
    'The certificate would claim more than the lot has, or an origin that its material contradicts.',
    'Issue it for what is under no certificate yet, and with a criterion that the material allows.',
  ),
  CERTIFICATE_NOT_VALID: rule(
    'conflict',
    'The certificate is suspended, withdrawn or expired.',
    'Ask the certifying body; the details say how the certificate stands.',
  ),
  CERTIFICATE_STATUS: rule(
    'conflict',
    'The step does not follow from how the certificate stands.',
    'Read the certificate first: only a valid one is suspended, only a suspended one resumed, and a withdrawn one stays so.',
  ),
  GOODS_MISMATCH: rule(
    'conflict',
    'The shipment has no goods of the kind that the lot, or the line of the declaration, is of.',
    "Compare HS code and edition with those of the shipment's goods.",
  ),
} as const satisfies Record<string, ErrorRule>;
