import { object, list } from '../shape/composites.js';
import { mspId, name, partyId, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { roles, type Role } from './roles.js';

/** A legal person in the registry: bound to the organisation whose admin registered it. Key `party/<partyId>`. */
export type PartyRecord = {
  readonly v: 1;
  readonly partyId: string;
  readonly mspId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly registeredAt: string;
};

/** The roles of one party: at least one, each once. */
export const partyRoles = list(oneOf(roles), { min: 1, max: roles.length, distinct: true });

export const partyRecord = object<PartyRecord>(
  { v: constant(1), partyId, mspId, name, roles: partyRoles, registeredAt: timestamp },
  {},
);
