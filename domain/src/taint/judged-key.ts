import type { DeviceRecord } from '../device/device-record.js';
import type { LedgerPosition } from '../facts/ledger-position.js';
import type { JudgedKey } from './judge-key.js';

/** A record of a device, and where it was written. */
export interface DeviceStep {
  readonly at: LedgerPosition;
  readonly record: DeviceRecord;
}

/** What judging the statements of a key needs of it, from every record that the ledger had of it, the oldest first. */
export function judgedKeyOf(steps: readonly DeviceStep[]): JudgedKey {
  const first = (holds: (record: DeviceRecord) => boolean) => steps.find(({ record }) => holds(record));
  const confirmed = first(({ compromise }) => compromise?.confirmedAt !== undefined);
  const rotated = first(({ successor }) => successor !== undefined);
  const since = confirmed?.record.compromise?.since;
  const successor = rotated?.record.successor;
  return {
    ...(confirmed && since && { compromise: { since, confirmed: confirmed.at } }),
    ...(rotated &&
      successor && { rotated: { ...successor, at: rotated.at, ledgerTime: Date.parse(successor.at) } }),
  };
}
