import { PassageError } from '../errors/passage-error.js';
import { refuseViolations } from '../errors/violations.js';
import { pointerTo } from '../json/pointer.js';
import type { CustodyRecord } from './custody-record.js';
import { isExpired } from './expiry.js';
import { sameMembers, type GoodsState } from './goods-state.js';
import type { HandoverRecord } from './handover-record.js';

/** Both records of a handover, as they stand after one step. */
export interface HandoverStep {
  readonly custody: CustodyRecord;
  readonly handover: HandoverRecord;
}

/** A new offer, and the one before it where that expired unanswered. */
export interface OfferStep extends HandoverStep {
  readonly expired?: HandoverRecord;
}

/** What the custodian offers: `at` is the transaction's time, `expiresAt` the last moment for an answer. */
export type Offer = Pick<HandoverRecord, 'from' | 'to' | 'place' | 'stated' | 'release'> & {
  readonly at: string;
  readonly expiresAt: string;
};

/**
 * The custodian offers the goods to another party. Custody does not move yet, and no second offer may be made before the
 * answer, or before the first has expired: goods cannot be promised twice.
 *
 * @param open the offer that custody waits for, where it waits for one.
 * @throws PassageError NOT_CUSTODIAN, HANDOVER_OPEN
 */
export function offerHandover(
  custody: CustodyRecord,
  open: HandoverRecord | undefined,
  { at, ...offer }: Offer,
): OfferStep {
  const { ucr, custodian } = custody;
  requireCustodian(custody, offer.from);
  if (custody.open !== undefined && !isExpired(open?.expiresAt, at)) {
    const message = `Handover ${String(custody.open)} of ${ucr} awaits its answer`;
    throw new PassageError('HANDOVER_OPEN', message, { ucr, handover: custody.open });
  }
  const number = custody.handovers + 1;
  return {
    custody: { ...custody, handovers: number, open: number },
    handover: { v: 1, ucr, handover: number, ...offer, from: custodian, status: 'offered', offeredAt: at },
    ...(open && { expired: { ...open, status: 'expired', closedAt: at } }),
  };
}

/**
 * The party it was offered to takes the goods over: from now on it is the custodian.
 *
 * @param differences what it found otherwise than it was stated; each has to differ.
 * @throws PassageError as `answered`, and INVALID_FIELD
 */
export function acceptHandover(
  step: HandoverStep,
  by: string,
  at: string,
  differences?: GoodsState,
): HandoverStep {
  const { custody, handover } = answered(step, by, at);
  const same = sameMembers(handover.stated ?? {}, differences ?? {});
  const violations = same.map((member) => ({
    pointer: pointerTo('/differences', member),
    code: 'VALUE',
    message: 'is what was stated in the offer: name what was found otherwise',
  }));
  refuseViolations('The acceptance', violations);
  return {
    custody: { ...custody, custodian: handover.to, since: at },
    handover: { ...handover, status: 'accepted', closedAt: at, ...(differences && { differences }) },
  };
}

/** The party it was offered to declines: custody stays where it is. @throws as `answered` */
export function rejectHandover(step: HandoverStep, by: string, at: string, reason: string): HandoverStep {
  const { custody, handover } = answered(step, by, at);
  return { custody, handover: { ...handover, status: 'rejected', closedAt: at, reason } };
}

/**
 * The party that offered takes its offer back, before it is answered.
 *
 * @throws PassageError NOT_OFFERER, HANDOVER_CLOSED
 */
export function withdrawHandover(step: HandoverStep, by: string, at: string, reason: string): HandoverStep {
  const { ucr, handover: number, from } = step.handover;
  if (by !== from) {
    const message = `Handover ${String(number)} of ${ucr} was offered by ${from}`;
    throw new PassageError('NOT_OFFERER', message, { ucr, handover: number, from });
  }
  const { custody, handover } = closed(step);
  return { custody, handover: { ...handover, status: 'withdrawn', closedAt: at, reason } };
}

/** @throws PassageError NOT_CUSTODIAN */
export function requireCustodian({ ucr, custodian }: CustodyRecord, partyId: string): void {
  if (partyId === custodian) return;
  throw new PassageError('NOT_CUSTODIAN', `${ucr} is in the custody of ${custodian}`, { ucr, custodian });
}

/**
 * The open handover with custody no longer waiting for it.
 *
 * @throws PassageError NOT_RECIPIENT, HANDOVER_CLOSED, OFFER_EXPIRED
 */
function answered(step: HandoverStep, by: string, at: string): HandoverStep {
  const { ucr, handover: number, to, expiresAt } = step.handover;
  if (by !== to) {
    const message = `Handover ${String(number)} of ${ucr} was offered to ${to}`;
    throw new PassageError('NOT_RECIPIENT', message, { ucr, handover: number, to });
  }
  const open = closed(step);
  if (isExpired(expiresAt, at)) {
    const details = { ucr, handover: number, expiresAt: expiresAt ?? '' };
    throw new PassageError('OFFER_EXPIRED', `The offer ended at ${expiresAt ?? ''}`, details);
  }
  return open;
}

/** @throws PassageError HANDOVER_CLOSED */
function closed({ custody, handover }: HandoverStep): HandoverStep {
  const { ucr, handover: number, status } = handover;
  if (status !== 'offered' || custody.open !== number) {
    const details = { ucr, handover: number, status };
    throw new PassageError('HANDOVER_CLOSED', `Handover ${String(number)} of ${ucr} was ${status}`, details);
  }
  const { v, custodian, since, handovers } = custody;
  return { custody: { v, ucr, custodian, since, handovers }, handover };
}
