import { isCountryCode, isGln } from '../identifiers/index.js';
import { object, list } from '../shape/composites.js';
import { mspId, name, partyId, timestamp } from '../shape/fields.js';
import { constant, line, oneOf, such } from '../shape/scalars.js';
import { broken, type Shape } from '../shape/shape.js';
import { roles, type Role } from './roles.js';

/** A legal person in the registry: bound to the organisation whose admin registered it. Key `party/<partyId>`. */
export type PartyRecord = {
  readonly v: 1;
  readonly partyId: string;
  readonly mspId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly registeredAt: string;
  readonly identifiers?: PartyIdentifiers;
  /** When the organisation's admin last changed the record. */
  readonly updatedAt?: string;
};

/** Who the party is elsewhere, by the word of the organisation that hosts it. */
export type PartyIdentifiers = {
  /** Global Location Number (GS1), 13 digits. */
  readonly gln?: string;
  /** Number in a register of companies, and the country of the register (ISO 3166-1 alpha-2). */
  readonly registration?: { readonly country: string; readonly number: string };
};

const glnShape: Shape<string> = (value, pointer, violations) =>
  typeof value === 'string' && isGln(value)
    ? value
    : broken(violations, pointer, 'must be a GLN: 13 digits, the last the check digit', 'INVALID_IDENTIFIER');

const registration = object<NonNullable<PartyIdentifiers['registration']>>(
  { country: such(isCountryCode, 'a country code of two capital letters'), number: line(64) },
  {},
);

export const partyIdentifiers = object<PartyIdentifiers>({}, { gln: glnShape, registration });

/** The roles of one party: at least one, each once. */
export const partyRoles = list(oneOf(roles), { min: 1, max: roles.length, distinct: true });

export const partyRecord = object<PartyRecord>(
  { v: constant(1), partyId, mspId, name, roles: partyRoles, registeredAt: timestamp },
  { identifiers: partyIdentifiers, updatedAt: timestamp },
);
