import { roles, type Role } from '../party/roles.js';
import { object } from '../shape/composites.js';
import { partyId, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';
import { ucr } from './fields.js';

/** That a further party has to do with a consignment, which gives it sight of it. Key `naming/<ucr>/<partyId>`. */
export type NamingRecord = {
  readonly v: 1;
  readonly ucr: string;
  readonly partyId: string;
  /** In which of its roles. */
  readonly role: Role;
  readonly namedBy: string;
  readonly namedAt: string;
};

export const namingRecord = object<NamingRecord>(
  { v: constant(1), ucr, partyId, role: oneOf(roles), namedBy: partyId, namedAt: timestamp },
  {},
);
