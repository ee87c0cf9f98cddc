import { list, object } from '../shape/composites.js';
import { instant, partyId, requestId, timestamp } from '../shape/fields.js';
import { constant, oneOf, pattern } from '../shape/scalars.js';
import { mandatableActs, type MandatableAct } from './mandatable-acts.js';

/** What a mandate allows: which acts, on which consignments, until when. */
export type MandateLimits = {
  readonly scope: readonly MandatableAct[];
  /** How the UCR of a consignment has to begin; with it, the mandate covers acts on consignments alone. */
  readonly ucrPrefix?: string;
  /** The last moment, by the transaction's time. */
  readonly until: string;
};

/** That one party may act for another. Key `mandate/<mandator>/<mandatary>/<mandate>`. */
export type MandateRecord = MandateLimits & {
  readonly v: 1;
  readonly mandator: string;
  readonly mandatary: string;
  /** The request id of the grant. */
  readonly mandate: string;
  readonly grantedAt: string;
  readonly withdrawnAt?: string;
};

const scope = list(oneOf(mandatableActs), { min: 1, max: mandatableActs.length, distinct: true });
const ucrPrefix = pattern(/^[0-9A-Z()-]{1,35}$/, 'the beginning of a UCR');

/** What whoever grants a mandate says about it; the record has the same members under the same rules. */
export const mandateLimits = { required: { scope, until: instant }, optional: { ucrPrefix } } as const;

export const mandateRecord = object<MandateRecord>(
  {
    v: constant(1),
    mandator: partyId,
    mandatary: partyId,
    mandate: requestId,
    ...mandateLimits.required,
    grantedAt: timestamp,
  },
  { ...mandateLimits.optional, withdrawnAt: timestamp },
);
