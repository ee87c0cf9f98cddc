import { hsEditions, type HsEdition } from '../../identifiers/index.js';
import { list, object } from '../../shape/composites.js';
import { ordinal, partyId, reason, sha256Base64url, timestamp } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { constant, integer, oneOf } from '../../shape/scalars.js';
import { hsCode } from '../../shipment/fields.js';
import { stockFields, type Stock } from '../stock.js';

/** What goods are, by the Harmonized System. */
export type Classified = { readonly hs: string; readonly hsEdition: HsEdition };

/** A device's statement, by its key. */
export type StatementRef = { readonly kid: string; readonly seq: number };

const offerStatuses = ['open', 'accepted', 'rejected', 'withdrawn'] as const;

/** The newest offer to pass a lot on, and what became of it. */
export type LotOffer = {
  readonly to: string;
  readonly at: string;
  readonly status: (typeof offerStatuses)[number];
  /** When it was answered or withdrawn; absent while it is open. */
  readonly closedAt?: string;
  /** Why it was rejected or withdrawn. */
  readonly reason?: string;
};

const lotOffer = object<LotOffer>(
  { to: partyId, at: timestamp, status: oneOf(offerStatuses) },
  { closedAt: timestamp, reason },
);

/** A lot of goods of one kind whose material is known by origin. Key `lot/<lot>`. */
export type LotRecord = Stock &
  Classified & {
    readonly v: 1;
    /** `<party that made it known>:<number of its own>`. */
    readonly lot: string;
    /** Whose it is now: the one who may use it up, pass it on and ship it. */
    readonly holder: string;
    /** What made it; absent where its origins are the claim of the party that registered it. */
    readonly transformation?: string;
    /** Statements of devices on which the claim rests. */
    readonly witnesses?: readonly StatementRef[];
    readonly createdAt: string;
    /** How much of it certificates speak of that were not withdrawn. */
    readonly certified: number;
    /** How often something of it was shipped: the number of the latest draw-down. */
    readonly shipped: number;
    /** The newest offer to pass it on. */
    readonly offer?: LotOffer;
  };

export const classified = { hs: hsCode, hsEdition: oneOf(hsEditions) } as const;

export const statementRef = object<StatementRef>({ kid: sha256Base64url, seq: ordinal }, {});

export const witnesses = list(statementRef, { min: 1, max: 10 });

export const lotRecord = object<LotRecord>(
  {
    v: constant(1),
    lot: ownedId,
    holder: partyId,
    ...classified,
    ...stockFields,
    createdAt: timestamp,
    certified: integer(0),
    shipped: integer(0),
  },
  { transformation: ownedId, witnesses, offer: lotOffer },
);
