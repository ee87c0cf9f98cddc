import { ChaincodeEvent, HeaderType, LedgerError, decode, readEndorserTransaction } from '@passage/ledger';
import type { EnvelopeReading } from '@passage/ledger';

/** The event that an endorser transaction carries; undefined if it has none or cannot be read. */
export function transactionEvent({ channelHeader, payload }: EnvelopeReading): ChaincodeEvent | undefined {
  if (channelHeader?.type !== HeaderType.ENDORSER_TRANSACTION || payload === undefined) return undefined;
  try {
    const event = decode(ChaincodeEvent, readEndorserTransaction(payload.data).chaincodeAction.events);
    return event.chaincodeId === '' ? undefined : event;
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}
