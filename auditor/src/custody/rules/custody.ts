import { isExpired, keys } from '@passage/domain';
import { isSame, unless } from '../custody-rule.js';
import { changesOf, partyOf, textIn } from '../custody-transaction.js';
import type { CustodyRecord, HandoverRecord, HandoverStatus } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { Change, CustodyTransaction } from '../custody-transaction.js';
import type { RecordView } from '../record-view.js';

/** Goods change hands by an offer of who has them and the acceptance of whom they were offered to, and so do lots. */
export const custody: CustodyRule = {
  check: 'custody',
  look: (transaction) => [
    ...changesOf(transaction, 'custody').map(({ before, after }) =>
      before === undefined ? lookAtFirst(after, transaction) : lookAtNext(before, after, transaction),
    ),
    ...changesOf(transaction, 'handover').map((change) => lookAtHandover(change, transaction)),
    ...changesOf(transaction, 'lot').flatMap((change) => [
      lookAtHolder(change, transaction),
      ...lookAtUsers(change, transaction),
    ]),
  ],
};

/** Who has the goods first: whom the opener names, or who had the goods of which these were made. */
function lookAtFirst(first: CustodyRecord, { input, before, after, at: since }: CustodyTransaction): Looked {
  const { ucr, custodian } = first;
  const parents = after.get(keys.shipment(ucr))?.parents ?? [];
  const had = parents.map((parent) => before.get(keys.custody(parent))?.custodian);
  const named = parents.length === 0 ? [textIn(input, 'custodian')] : had;
  const right = named.every((each) =>
    isSame(first, { v: 1, ucr, custodian: each ?? '', since, handovers: 0 }),
  );
  return unless(right, `${ucr} first in the custody of ${named.join(', ')}`, custodian);
}

function lookAtNext(before: CustodyRecord, after: CustodyRecord, transaction: CustodyTransaction): Looked {
  const { ucr, custodian, since } = before;
  if (before.ended !== undefined)
    return unless(isSame(before, after), `${ucr} has ended: its custody stays`, 'it was changed');
  if (after.open !== undefined && after.open !== before.open) return lookAtOffer(before, after, transaction);
  if (after.open !== before.open || after.custodian !== custodian)
    return lookAtAnswer(before, after, transaction);
  const { ended } = after;
  const same = isSame(after, ended === undefined ? before : { ...before, ended });
  return unless(same, `${ucr} in the custody of ${custodian} since ${since}`, `since ${after.since}`);
}

/** One offer more, by the custodian; the one before was answered, or is over. */
function lookAtOffer(before: CustodyRecord, after: CustodyRecord, transaction: CustodyTransaction): Looked {
  const { ucr, custodian } = before;
  const handovers = before.handovers + 1;
  const waiting = openOffer(before, transaction.before);
  if (waiting !== undefined && !isExpired(waiting.expiresAt, transaction.at)) {
    const found = `handover ${String(after.open)}`;
    return { expected: `no other offer of ${ucr} while handover ${String(waiting.handover)} waits`, found };
  }
  const offer = transaction.after.get(keys.handover(ucr, handovers));
  const right =
    isSame(after, { ...before, handovers, open: handovers }) &&
    offer?.from === custodian &&
    partyOf(transaction) === custodian;
  const found = `handover ${String(after.open)} by ${partyOf(transaction)}, custodian ${after.custodian}`;
  return unless(right, `handover ${String(handovers)} of ${ucr} offered by ${custodian}`, found);
}

/** The end of the offer that waited: custody moves to whom it was made if that party has accepted, and never else. */
function lookAtAnswer(before: CustodyRecord, after: CustodyRecord, transaction: CustodyTransaction): Looked {
  const { v, ucr, custodian, since, handovers } = before;
  const found = `${after.custodian} since ${after.since}, by ${partyOf(transaction)}`;
  const offer = openOffer(before, transaction.before);
  if (offer === undefined)
    return { expected: `${ucr} in the custody of ${custodian}: nothing was offered`, found };
  const status = transaction.after.get(keys.handover(ucr, offer.handover))?.status;
  const stays = { v, ucr, custodian, since, handovers };
  const next = status === 'accepted' ? { ...stays, custodian: offer.to, since: transaction.at } : stays;
  const expected = `${ucr} in the custody of ${next.custodian}: offered to ${offer.to}, ${status ?? 'unanswered'}`;
  return unless(status !== 'offered' && isSame(after, next), expected, found);
}

/** The offer that custody waits for; undefined where it waits for none. */
function openOffer({ ucr, open }: CustodyRecord, view: RecordView): HandoverRecord | undefined {
  const offer = open === undefined ? undefined : view.get(keys.handover(ucr, open));
  return offer?.status === 'offered' ? offer : undefined;
}

/** An offer begins as the one that custody waits for, and ends once, by who may end it that way. */
function lookAtHandover({ key, before, after }: Change<'handover'>, transaction: CustodyTransaction): Looked {
  const by = partyOf(transaction);
  if (before === undefined) {
    const { ucr, handover, status } = after;
    const waits = transaction.after.get(keys.custody(ucr))?.open === handover;
    return unless(waits && status === 'offered', `${key} is the offer that custody waits for`, status);
  }
  const right = before.status === 'offered' && mayEnd(before, by, transaction.at)[after.status];
  const expected = `${key}, ${before.status} to ${before.to} by ${before.from}, ended by who may`;
  return unless(right && after.closedAt === transaction.at, expected, `${after.status} by ${by}`);
}

/** Which ends a party can make of an offer now; one that is over is closed with the next offer. */
function mayEnd(
  { from, to, expiresAt }: HandoverRecord,
  by: string,
  at: string,
): Readonly<Record<HandoverStatus, boolean>> {
  const over = isExpired(expiresAt, at);
  const answers = by === to && !over;
  return {
    offered: false,
    accepted: answers,
    rejected: answers,
    withdrawn: by === from,
    expired: by === from && over,
  };
}

/** A lot is whose it was, but for who accepts an offer of it. */
function lookAtHolder({ before, after }: Change<'lot'>, transaction: CustodyTransaction): Looked {
  if (before === undefined || before.holder === after.holder) return undefined;
  const { lot, holder, offer } = before;
  const to = offer?.status === 'open' ? offer.to : 'nobody';
  const right = after.holder === to && partyOf(transaction) === to && after.offer?.status === 'accepted';
  return unless(
    right,
    `${lot} held by ${holder}, offered to ${to}`,
    `${after.holder}, by ${partyOf(transaction)}`,
  );
}

/** Who ships of a lot, or makes others of it, holds it. */
function lookAtUsers({ before }: Change<'lot'>, transaction: CustodyTransaction): readonly Looked[] {
  if (before === undefined) return [];
  const { lot, holder } = before;
  const shipped = changesOf(transaction, 'drawdown').filter((each) => each.after.lot === lot);
  const transformed = changesOf(transaction, 'transformation').filter((each) =>
    each.after.inputs.some((input) => input.lot === lot),
  );
  return [...shipped, ...transformed].map((each) =>
    unless(each.after.by === holder, `${lot} used by ${holder}, who holds it`, each.after.by),
  );
}
