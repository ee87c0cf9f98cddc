import { keys } from '@passage/domain';
import { unless } from '../custody-rule.js';
import { changesOf, partyOf } from '../custody-transaction.js';
import { lookAtOfficer } from './decisions.js';
import { lookForSecond } from './second-officer.js';
import type { HoldRecord } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { Change, CustodyTransaction } from '../custody-transaction.js';

/** A hold is in force until it is lifted: customs' own by customs, that of an agency by the agency. */
export const holds: CustodyRule = {
  check: 'holds',
  look: (transaction) =>
    changesOf(transaction, 'hold').flatMap((change) => [
      lookAtForce(change.after, transaction),
      ...(change.before === undefined
        ? [lookAtOfficer(change.after.ucr, change.after.placed, transaction)]
        : lookAtRelease(change.before, change.after, transaction)),
    ]),
};

/** The hold's own record and the standing of the goods say the same. */
function lookAtForce({ ucr, hold, lifted }: HoldRecord, { after }: CustodyTransaction): Looked {
  const standing = after.get(keys.customs(ucr))?.inForce ?? [];
  const inForce = standing.some((other) => other.hold === hold);
  const words = (force: boolean): string => `${keys.hold(ucr, hold)} ${force ? 'in force' : 'lifted'}`;
  return unless(inForce === (lifted === undefined), words(lifted === undefined), words(inForce));
}

function lookAtRelease(
  before: HoldRecord,
  after: Change<'hold'>['after'],
  transaction: CustodyTransaction,
): readonly Looked[] {
  const { ucr, permit, placed } = before;
  const key = keys.hold(ucr, before.hold);
  const agency = transaction.actor?.role === 'permit_agency';
  const own = permit === undefined ? !agency : partyOf(transaction) === placed.by;
  const freed = after.proposed === undefined ? (after.lifted ?? after.partial.at(-1)?.decision) : undefined;
  const finding = transaction.before.get(keys.customs(ucr))?.finding;
  return [
    unless(before.lifted === undefined, `${key} was lifted before`, 'it was written again'),
    unless(own, `${key} released by ${permit === undefined ? 'customs' : placed.by}`, partyOf(transaction)),
    freed && lookAtOfficer(ucr, freed, transaction),
    freed && lookForSecond(key, finding, freed, before.proposed?.decision),
  ];
}
