import { rule, type ErrorRule } from './rule.js';

/** Parties, roles and mandates. */
export const partyRules = {
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
  ID_NOT_YOURS: rule(
    'authorization',
    'The id begins with another party than the one that acts.',
    'Use an id that begins with your own party id, or let the other party act.',
  ),
  PARTY_EXISTS: rule(
    'conflict',
    'A party with this id is registered already.',
    'Choose another id, or use the party that is there.',
  ),
  AEO_STATUS: rule(
    'conflict',
    "The decision does not follow from the party's standing as a trusted trader.",
    'Read the standing first: only what was given is suspended, and only what is not given is given.',
  ),
} as const satisfies Record<string, ErrorRule>;
