/**
 * What kind of refusal a code is: the input is malformed (validation), the caller may not (authorization), the ledger's
 * state stands against it (conflict), evidence does not hold (integrity), a named thing is not on the ledger
 * (not_found), or the answer cannot be given now (unavailable).
 */
export type ErrorFamily =
  'validation' | 'authorization' | 'conflict' | 'integrity' | 'not_found' | 'unavailable';

/** One row of the table: the family, what the code means, and what the person who meets it does next. */
export interface ErrorRule {
  readonly family: ErrorFamily;
  readonly meaning: string;
  readonly next: string;
}

function rule(family: ErrorFamily, meaning: string, next: string): ErrorRule {
  return { family, meaning, next };
}

/**
 * The closed list of domain codes. A code is a literal that callers may compare with, so it is never renamed; a new one
 * gets its row in docs/errors.md (a test compares the two).
 */
export const errorRules = {
  INVALID_JSON: rule(
    'validation',
    'The text is not one strict JSON value in UTF-8.',
    'Mend the text at the offset named and send it again.',
  ),
  DUPLICATE_MEMBER: rule(
    'validation',
    'A JSON object has the same member twice.',
    'Remove one of the two members at the pointer named.',
  ),
  UNSAFE_NUMBER: rule(
    'validation',
    'A JSON number would be rounded when read, or is an integer beyond 2^53−1.',
    'Write the number with fewer digits, or as a string where the format allows one.',
  ),
  TOO_LARGE: rule(
    'validation',
    'The input is longer than its limit.',
    'Send less at once; the limit stands in the details.',
  ),
  TOO_DEEP: rule(
    'validation',
    'The JSON is nested deeper than its limit.',
    'Flatten the value; the limit stands in the details.',
  ),
  NOT_NFC: rule(
    'validation',
    'A JSON string is not in Unicode normalisation form C.',
    'Normalise the text to NFC before it is signed or sent.',
  ),
  INVALID_FIELD: rule(
    'validation',
    'One or more fields break their rule; all of them are listed.',
    'Mend every field in the list of violations, then send it again.',
  ),
  INVALID_STATEMENT: rule(
    'validation',
    'The text is not a compact JWS of three canonical base64url parts.',
    'Send the statement exactly as the device kit made it.',
  ),
  INVALID_HEADER: rule(
    'validation',
    'The protected header does not have exactly the members that its type asks for.',
    'Build the header with the device kit and sign again.',
  ),
  UNSUPPORTED_ALGORITHM: rule(
    'validation',
    'The algorithm is neither ES256 nor EdDSA with Ed25519.',
    'Use a P-256 or an Ed25519 key.',
  ),
  INVALID_KEY: rule(
    'validation',
    'The JWK is not a public P-256 or Ed25519 key that may be used for signatures.',
    'Give the public part alone of a freshly made key.',
  ),
  INVALID_IDENTIFIER: rule(
    'validation',
    'An identifier does not have the form of its standard, or its check digit is wrong.',
    'Compare the identifier with the document it was copied from.',
  ),
  NOT_AN_OBSERVATION: rule(
    'validation',
    'The event is an act, where only observations are taken: as late evidence, or an act that statements do not carry.',
    'Look the event up in the table of docs/acts.md; late evidence is for observations alone.',
  ),
  BATCH_REFUSED: rule(
    'validation',
    'At least one statement of the batch is refused; every bad one is listed.',
    'Take the listed statements out and send the rest again.',
  ),
  BATCH_SIZE: rule(
    'validation',
    'A batch holds no statement, or more than 100.',
    'Send between 1 and 100 statements in one transaction.',
  ),
  NOT_EQUIVOCATION: rule(
    'validation',
    'The two statements do not prove that one key has signed two things under one number.',
    'Give two statements of one key with the same number and different bytes, both as they were signed.',
  ),
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

  SIGNATURE_INVALID: rule(
    'integrity',
    'The signature was not made by the named key over these bytes.',
    'Send the bytes that were signed, unchanged; if they are, treat the sender as unknown.',
  ),
  WRONG_LEDGER: rule(
    'integrity',
    'The statement was signed for another ledger (`aud`).',
    "Set the device kit to this ledger's trust file and sign again.",
  ),

  KEY_UNKNOWN: rule(
    'not_found',
    'No device with this key is registered.',
    'Let the owner register the device, then send the statement again.',
  ),
  PARTY_UNKNOWN: rule(
    'not_found',
    'No party with this id is registered.',
    "Let an admin of the party's organisation register it.",
  ),
  AEO_UNKNOWN: rule(
    'not_found',
    'Customs has never decided on this party as a trusted trader.',
    'Check the party id; without a decision the party has no such standing.',
  ),
  MANDATE_UNKNOWN: rule(
    'not_found',
    'No such mandate was granted to the party that acts.',
    'Check mandator and mandate, or let the mandator grant one.',
  ),
  DEVICE_UNKNOWN: rule(
    'not_found',
    'No device with this key id is registered.',
    'Look the key id up where the device was registered.',
  ),
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
  HOLD_UNKNOWN: rule(
    'not_found',
    'The shipment has no hold with this number.',
    "Look at the shipment's standing with customs for the numbers of its holds.",
  ),
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
  SEAL_UNKNOWN: rule(
    'not_found',
    'No such seal was fitted to this unit.',
    'Compare the number on the seal and the unit; a seal that was found is fitted first.',
  ),
  STATEMENT_UNKNOWN: rule(
    'not_found',
    'No statement with this key id and sequence number is on the ledger.',
    'Wait until the statement is committed, or check key id and sequence.',
  ),
  EQUIVOCATION_UNKNOWN: rule(
    'not_found',
    'No equivocation of this key under this number was proven.',
    'Check key id and number; whoever has both statements may file them as proof.',
  ),
  TRANSACTION_UNKNOWN: rule(
    'not_found',
    'The contract has no transaction of this name.',
    'Use one of the names in the list of transactions in docs/architecture.md.',
  ),
  DOCUMENT_UNKNOWN: rule(
    'not_found',
    'No document with this id was anchored.',
    'Check the id; it begins with the party that anchored the document.',
  ),
  ANCHOR_UNKNOWN: rule(
    'not_found',
    'The document has no version with this number.',
    'Read the document for the number of its newest version.',
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
  DECLARATION_UNKNOWN: rule(
    'not_found',
    'No declaration with this id was lodged.',
    'Check the id; it begins with the declarant.',
  ),
  ACCEPTANCE_UNKNOWN: rule(
    'not_found',
    'Customs has never accepted this declaration.',
    'Check the id, or wait for customs.',
  ),

  DEVICE_REVOKED: rule(
    'authorization',
    'The key was revoked and signs no new statements.',
    'Register a new key for the device.',
  ),
  DEVICE_SUSPENDED: rule(
    'authorization',
    'The key is suspended and signs no new statements until it is resumed.',
    'Keep the statements in the queue; the details of the device say who suspended it and may resume it.',
  ),
  DEVICE_ROTATED: rule(
    'authorization',
    'The key was rotated: it signs nothing beyond the last number that it named then.',
    'Sign with the key that took its place; the details name it.',
  ),
  CUSTOMS_ONLY: rule(
    'authorization',
    'Only customs may do this.',
    'Ask the customs office; for a suspended key, with the reason why it should be resumed.',
  ),
  ROLE_NOT_HELD: rule(
    'authorization',
    'The party does not hold a role that this needs, or its organisation may not give that role.',
    'Let a party act that holds the role, or have it registered with the role.',
  ),
  MSP_MISMATCH: rule(
    'authorization',
    "The certificate's organisation is not the one that the ledger binds the party to.",
    "Use a certificate that the party's own organisation issued.",
  ),
  NOT_ADMIN: rule(
    'authorization',
    'Only an admin of the organisation may do this.',
    "Sign with the organisation's admin certificate.",
  ),
  NOT_A_PARTY: rule(
    'authorization',
    'The certificate names no party (attribute `passage.party`).',
    'Act with a certificate that was issued for a party.',
  ),
  NOT_OWNER: rule('authorization', 'Only the party that owns the device may do this.', 'Let the owner act.'),
  NOT_CUSTODIAN: rule(
    'authorization',
    'Only the party that has the goods now may do this.',
    'Let the custodian act; the details name it.',
  ),
  NOT_RECIPIENT: rule(
    'authorization',
    'Only the party that the goods were offered to may answer.',
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
  MAY_NOT_NAME: rule(
    'authorization',
    'Only consignor, custodian and customs name further parties of a shipment.',
    'Let one of them name the party; the details say who they are.',
  ),
  MANDATE_ENDED: rule(
    'authorization',
    'The mandate has expired or was withdrawn.',
    'Let the mandator grant a new one, or act itself.',
  ),
  MANDATE_SCOPE: rule(
    'authorization',
    'The mandate does not cover this act or this consignment.',
    'Let the mandator grant a wider one, or act itself; the details have the limits.',
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
  UCR_NOT_YOURS: rule(
    'authorization',
    'The UCR names another trader than the party that acts.',
    'Let the trader in the UCR open the shipment, or use a UCR of your own.',
  ),
  ID_NOT_YOURS: rule(
    'authorization',
    'The id begins with another party than the one that acts.',
    'Use an id that begins with your own party id, or let the other party act.',
  ),
  NOT_NAMED: rule(
    'authorization',
    'The party has nothing to do with this shipment: it is not named in it, nor has it the goods.',
    'Let consignor, custodian or customs name the party first.',
  ),
  NOT_HOLDER: rule(
    'authorization',
    'Only the party that holds the lot may do this.',
    'Let the holder act, or have the lot transferred; the details name the holder.',
  ),

  SEQUENCE_USED: rule(
    'conflict',
    'The key has used this sequence number for other bytes.',
    'Look for a second device with the same key or a restored kit; go on with an unused number.',
  ),
  PARTY_EXISTS: rule(
    'conflict',
    'A party with this id is registered already.',
    'Choose another id, or use the party that is there.',
  ),
  PARTY_NAMED: rule(
    'conflict',
    'The party is named in this shipment already.',
    'Nothing to do: it has sight of the shipment.',
  ),
  AEO_STATUS: rule(
    'conflict',
    "The decision does not follow from the party's standing as a trusted trader.",
    'Read the standing first: only what was given is suspended, and only what is not given is given.',
  ),
  DEVICE_EXISTS: rule(
    'conflict',
    'This key is registered already.',
    'Make a key of its own for each device.',
  ),
  NOT_SUSPENDED: rule(
    'conflict',
    'The key is not suspended.',
    'Nothing to do while it is active; a revoked or rotated key does not come back.',
  ),
  NOT_REVOKED: rule(
    'conflict',
    'Late evidence is for revoked keys alone, and this key is not revoked.',
    'Record the statement the usual way; if the key is suspended, have it resumed first.',
  ),
  NO_CLAIM: rule(
    'conflict',
    'The owner makes no such claim that the key was compromised, or it was confirmed already.',
    'Read the device and confirm the claim that stands there, exactly as it stands.',
  ),
  EPOCH_TOO_LOW: rule(
    'conflict',
    'A new epoch has to start above every number that the ledger knows of the key.',
    'Start it at the lowest number in the details, or better well above: numbers that never arrived are used up too.',
  ),
  SHIPMENT_EXISTS: rule(
    'conflict',
    'A shipment with this UCR was opened already.',
    'Use a new UCR for a new consignment.',
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
  SEAL_USED: rule(
    'conflict',
    'A seal with this number was fitted to this unit before.',
    'Use a new seal; a number does not come back.',
  ),
  SEAL_OPENED: rule('conflict', 'The seal was opened already.', 'Nothing to do; remove or replace it.'),
  SEAL_REMOVED: rule(
    'conflict',
    'The seal was removed already.',
    'Fit a new seal where the unit has to be closed.',
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
  IDEMPOTENCY_CONFLICT: rule(
    'conflict',
    'The request id was used before with another input.',
    'Use a new request id for a new request.',
  ),
  LEDGER_INITIALISED: rule(
    'conflict',
    'The ledger has been initialised already.',
    'Nothing to do: go on with registering parties.',
  ),
  DOCUMENT_EXISTS: rule(
    'conflict',
    'A document with this id was anchored already.',
    'Anchor a new version of it, or choose another number.',
  ),
  DOCUMENT_WITHDRAWN: rule(
    'conflict',
    'The document was withdrawn and takes no new version.',
    'Anchor the new document under a number of its own.',
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
    'The shipment has no goods of the kind that the lot is of.',
    "Compare HS code and edition of the lot with the shipment's goods.",
  ),
  OPENING_WRONG: rule(
    'integrity',
    'The salt and the value do not open the commitment.',
    'Send the opening that belongs to it, with the subject, field and owner that it was made for.',
  ),
  OPENING_UNKNOWN: rule(
    'not_found',
    'The party keeps no opening of the commitment, or it was purged.',
    'Let the owner disclose it to the party; nobody can restore a purged one.',
  ),
  RETENTION_RUNS: rule(
    'conflict',
    "The retention of another party's opening is not over.",
    'Let the party purge its copy itself, or wait; the details have since when it is kept.',
  ),
  DECLARATION_EXISTS: rule(
    'conflict',
    'A declaration with this id was lodged already.',
    'Choose another number, or amend the one that is there.',
  ),
  DECLARATION_WITHDRAWN: rule(
    'conflict',
    'The declaration was withdrawn.',
    'Lodge a new one under a number of its own.',
  ),
  DECLARATION_CHANGED: rule(
    'conflict',
    'The declaration stands in another version than the one that was to be accepted.',
    'Read the newest version, and accept that one.',
  ),
  DECLARATION_ACCEPTED: rule('conflict', 'Customs has accepted this version already.', 'Nothing to do.'),
  LEDGER_NOT_INITIALISED: rule(
    'unavailable',
    'The ledger has not been initialised.',
    "Let customs' admin run Init first.",
  ),
} as const satisfies Record<string, ErrorRule>;

/** Every code that the custody rules can refuse with. */
export type ErrorCode = keyof typeof errorRules;

/** Whether a text is one of the domain codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorRules, text);
}
