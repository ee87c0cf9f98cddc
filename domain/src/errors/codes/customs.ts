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
  INSPECTION_UNKNOWN: rule(
    'not_found',
    'No inspection of the shipment has this number.',
    "Look at the shipment's inspections for their numbers.",
  ),
  ACKNOWLEDGEMENT_UNKNOWN: rule(
    'not_found',
    'The order to inspect was not answered.',
    'Check UCR and number; whoever the order is for answers it.',
  ),
  IMAGE_UNKNOWN: rule(
    'not_found',
    'The inspection has no such image.',
    "Anchor the image first, by the scanner's own statement.",
  ),
  NOT_ADDRESSEE: rule(
    'authorization',
    'Only the party that an order to inspect is for answers it and brings images; customs may bring them, too.',
    'Let the party act that the details name.',
  ),
  OTHER_OFFICER: rule(
    'authorization',
    'Whoever gave the verdict gives no second opinion on it.',
    'Let another officer decide.',
  ),
  INSPECTION_STEP: rule(
    'conflict',
    'The step does not follow from how the inspection stands.',
    'Read the inspection first; docs/inspection.md shows which step follows which. After a refusal, order anew.',
  ),
  UNIT_NOT_CHOSEN: rule(
    'conflict',
    'The unit is none of those that were chosen for the inspection.',
    'Look at the units in the details.',
  ),
  IMAGE_ANCHORED: rule('conflict', 'The inspection has this image already.', 'Nothing to do.'),
  NOT_AN_IMAGE: rule(
    'validation',
    'The statement is no word of an X-ray or CT scanner about an image of this unit.',
    'Look at pointer and message; docs/inspection.md shows what the statement has to say.',
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
  REGIME_REFUSED: rule(
    'conflict',
    'Goods under this procedure do not go under that one.',
    'Place them under one that follows; the details name those.',
  ),
  UNDER_CUSTOMS_CONTROL: rule(
    'conflict',
    'The goods are under a procedure that suspends duties, and customs has not released them.',
    'Wait for the release, or hand them to a carrier, forwarder, warehouse or terminal.',
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
