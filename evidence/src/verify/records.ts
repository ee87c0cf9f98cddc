import { utf8 } from '@passage/ledger';
import { recordsDigest } from '../shipment-statement/index.js';
import { fails, holds, notChecked } from './verdict.js';
import type { BundleRecord, EvidenceBundle } from '../bundle/index.js';
import type { GoodStatement } from './completeness.js';
import type { VerdictLine } from './verdict.js';

/** Records of consignment, parties and devices, against the shipment statement; nothing else vouches for them. */
export function verifyRecords(
  { state, devices }: EvidenceBundle,
  good: GoodStatement | undefined,
): VerdictLine {
  if (good === undefined) {
    return state.length + devices.length === 0
      ? notChecked(
          'records',
          'without a shipment statement the bundle has no records of consignment, parties and devices',
        )
      : fails(
          'records',
          'RECORDS_UNPROVEN',
          'the bundle has records and no shipment statement that vouches for them',
        );
  }
  const { statement, organisations } = good;
  const isSame = digestOf(state) === statement.state && digestOf(devices) === statement.devices;
  if (!isSame || !isSorted(state) || !isSorted(devices)) {
    return fails('records', 'RECORDS_ALTERED', 'the records are not those of the shipment statement');
  }
  const text = `${organisations.join(' and ')} say that ${state.length} records of consignment and parties and ${devices.length} of devices stand so at height ${statement.height}`;
  return holds('records', text);
}

function digestOf(records: readonly BundleRecord[]): string {
  return recordsDigest(records.map(({ key, value }) => ({ key, value: utf8(value) })));
}

/** Each key once, in order: there is one way to write the records down. */
function isSorted(records: readonly BundleRecord[]): boolean {
  return records.every(({ key }, index) => index === 0 || (records[index - 1]?.key ?? '') < key);
}
