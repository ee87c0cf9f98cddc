import { PassageError } from '../errors/passage-error.js';
import type { DeviceRecord } from './device-record.js';

/** A statement as far as the life of its key is concerned. */
export type NumberedStatement = { readonly seq: number; readonly statementId: string };

/**
 * Whether a key may still add a statement to the ledger. A rotated key may up to the number that it named when it signed its
 * successor: what it had signed by then arrives when it arrives.
 *
 * @param statement its number and its id.
 * @throws PassageError DEVICE_SUSPENDED, DEVICE_REVOKED, DEVICE_ROTATED, or SEQUENCE_USED for other bytes than those that the
 *   rotation named as the last.
 */
export function checkMaySign(device: DeviceRecord, statement: NumberedStatement): void {
  const { kid, status } = device;
  switch (status) {
    case 'active':
      return;
    case 'suspended':
      throw new PassageError('DEVICE_SUSPENDED', `The key ${kid} is suspended`, { kid });
    case 'rotated':
      checkBeforeRotation(device, statement);
      return;
    case 'revoked':
      throw new PassageError('DEVICE_REVOKED', `The key ${kid} was revoked`, { kid });
  }
}

function checkBeforeRotation(
  { kid, successor }: DeviceRecord,
  { seq, statementId }: NumberedStatement,
): void {
  const end = successor?.seq ?? 0;
  if (seq > end) {
    throw new PassageError('DEVICE_ROTATED', `The key ${kid} was rotated after its statement ${end}`, {
      kid,
      seq: end,
      successor: successor?.kid ?? '',
    });
  }
  if (seq === end && statementId !== successor?.last) {
    const message = `The rotation of ${kid} names another statement ${end}`;
    throw new PassageError('SEQUENCE_USED', message, { kid, seq });
  }
}
