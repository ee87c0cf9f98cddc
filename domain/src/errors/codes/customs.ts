import { rule, type ErrorRule } from './rule.js';

/** Holds, and who may decide. */
export const customsRules = {
  HOLD_UNKNOWN: rule(
    'not_found',
    'The shipment has no hold with this number.',
    "Look at the shipment's standing with customs for the numbers of its holds.",
  ),
  RISK_UNKNOWN: rule(
    'not_found',
    'Customs has assessed no such risk.',
    'Check the UCR, and the declaration where one is named.',
  ),
  NOT_COMPETENT: rule(
    'authorization',
    'Another customs is competent for this shipment.',
    'Let an officer of the customs named in the shipment decide; the details name it.',
  ),
  NOT_YOUR_HOLD: rule(
    'authorization',
    'Whoever placed the hold lifts it: customs its own, an agency its own.',
    'Let the party act that placed the hold; the details name it.',
  ),
  OWN_CONSIGNMENT: rule(
    'authorization',
    'Nobody releases goods in which he is named or which he has.',
    'Let another officer decide.',
  ),
  SECOND_OFFICER: rule(
    'authorization',
    'The inspection did not conform, so the release takes two officers, and this one has proposed it.',
    'Let another officer send the same release.',
  ),
  GOODS_HELD: rule(
    'conflict',
    'A hold is in force: the goods may neither be moved by an act nor released.',
    'Wait until the holds named in the details are lifted. What is seen of the goods is recorded all the same.',
  ),
  GOODS_RELEASED: rule(
    'conflict',
    'The goods were released for home use already.',
    'Nothing to do; place a hold if they have to be stopped again.',
  ),
  HOLD_LIFTED: rule(
    'conflict',
    'The hold was lifted already.',
    "Read the shipment's standing with customs: it names the holds in force.",
  ),
  UNIT_NOT_HELD: rule(
    'conflict',
    'The hold does not keep these units, or names too many one by one.',
    'Release only units that the hold keeps, or lift the whole hold.',
  ),
  TOO_MANY_HOLDS: rule(
    'conflict',
    'So many holds are in force on one shipment that no further one is taken.',
    'Lift one that another covers, or add the grounds to it.',
  ),
} as const satisfies Record<string, ErrorRule>;
