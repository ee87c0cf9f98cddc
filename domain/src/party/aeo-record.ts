import { PassageError } from '../errors/passage-error.js';
import { object } from '../shape/composites.js';
import { partyId, reason, timestamp } from '../shape/fields.js';
import { constant, oneOf } from '../shape/scalars.js';

export const aeoStatuses = ['given', 'suspended', 'withdrawn'] as const;

export type AeoStatus = (typeof aeoStatuses)[number];

/** A party's standing as a trusted trader (authorised economic operator), as customs decided last. Key `aeo/<partyId>`. */
export type AeoRecord = {
  readonly v: 1;
  readonly partyId: string;
  readonly status: AeoStatus;
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly reason: string;
};

export const aeoRecord = object<AeoRecord>(
  { v: constant(1), partyId, status: oneOf(aeoStatuses), decidedBy: partyId, decidedAt: timestamp, reason },
  {},
);

/** From which standings customs may decide each one; `none` is a party on which it never decided. */
const before: Readonly<Record<AeoStatus, readonly (AeoStatus | 'none')[]>> = {
  given: ['none', 'suspended', 'withdrawn'],
  suspended: ['given'],
  withdrawn: ['given', 'suspended'],
};

/** @throws PassageError AEO_STATUS where the standing does not follow from the one before */
export function checkAeoStep(from: AeoStatus | undefined, to: AeoStatus): void {
  const standing = from ?? 'none';
  if (before[to].includes(standing)) return;
  const details = { status: standing, decision: to };
  throw new PassageError('AEO_STATUS', `A standing that is ${standing} cannot become ${to}`, details);
}
