import { openingSteps } from '@passage/domain';

import { VALID } from '../submission/commits.js';
import type { BlockRows } from './rows.js';
import type { Origin } from './tables/index.js';
import type { VerifiedTransaction } from './verified-block.js';

/** Rows of the copies of openings that a valid transaction says are kept or purged: it writes nothing public, so its argument tells. */
export function openingRows(
  origin: Origin,
  { code, call, creator, timestamp }: VerifiedTransaction,
  rows: BlockRows,
): void {
  if (code !== VALID || call === undefined || creator?.party === undefined) return;
  for (const { step, holder, commitment, ...about } of openingSteps(
    call.command,
    call.argument,
    creator.party,
  )) {
    const row = { ...origin, step, holder, commitment, at: timestamp ?? '' };
    rows.opening_step.push({ ...row, ...nothing, ...about });
  }
}

/** Of a purge, which says no more than whose copy of which commitment. */
const nothing = { owner: null, subject: null, field: null };
