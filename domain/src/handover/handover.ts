import { PassageError } from '../errors/passage-error.js';
import type { CustodyRecord } from './custody-record.js';
import type { HandoverRecord } from './handover-record.js';

/** Both records of a handover, as they stand after one step. */
export interface HandoverStep {
  readonly custody: CustodyRecord;
  readonly handover: HandoverRecord;
}

/**
 * The custodian offers the goods to another party. Custody does not move yet, and no second offer may be made before the
 * answer: goods cannot be promised twice.
 *
 * @param offer `from` is the party that offers, `to` another one, `place` a UN/LOCODE, `at` the transaction's time.
 * @throws PassageError NOT_CUSTODIAN, HANDOVER_OPEN
 */
export function offerHandover(
  custody: CustodyRecord,
  offer: { readonly from: string; readonly to: string; readonly place: string; readonly at: string },
): HandoverStep {
  const { ucr, custodian, open } = custody;
  if (offer.from !== custodian) {
    throw new PassageError('NOT_CUSTODIAN', `${ucr} is in the custody of ${custodian}`, { ucr, custodian });
  }
  if (open !== undefined) {
    throw new PassageError('HANDOVER_OPEN', `Handover ${String(open)} of ${ucr} awaits its answer`, {
      ucr,
      handover: open,
    });
  }
  const number = custody.handovers + 1;
  return {
    custody: { ...custody, handovers: number, open: number },
    handover: {
      v: 1,
      ucr,
      handover: number,
      from: custodian,
      to: offer.to,
      place: offer.place,
      status: 'offered',
      offeredAt: offer.at,
    },
  };
}

/** The party it was offered to takes the goods over: from now on it is the custodian. @throws as `answer` */
export function acceptHandover(step: HandoverStep, by: string, at: string): HandoverStep {
  const { custody, handover } = answered(step, by);
  return {
    custody: { ...custody, custodian: handover.to, since: at },
    handover: { ...handover, status: 'accepted', closedAt: at },
  };
}

/** The party it was offered to declines: custody stays where it is. @throws as `answer` */
export function rejectHandover(step: HandoverStep, by: string, at: string, reason: string): HandoverStep {
  const { custody, handover } = answered(step, by);
  return { custody, handover: { ...handover, status: 'rejected', closedAt: at, reason } };
}

/**
 * The open handover with custody no longer waiting for it.
 *
 * @throws PassageError NOT_RECIPIENT, HANDOVER_CLOSED
 */
function answered({ custody, handover }: HandoverStep, by: string): HandoverStep {
  const { ucr, handover: number, to, status } = handover;
  if (by !== to) {
    throw new PassageError('NOT_RECIPIENT', `Handover ${String(number)} of ${ucr} was offered to ${to}`, {
      ucr,
      handover: number,
      to,
    });
  }
  if (status !== 'offered' || custody.open !== number) {
    throw new PassageError('HANDOVER_CLOSED', `Handover ${String(number)} of ${ucr} was ${status}`, {
      ucr,
      handover: number,
      status,
    });
  }
  const { v, custodian, since, handovers } = custody;
  return { custody: { v, ucr, custodian, since, handovers }, handover };
}
