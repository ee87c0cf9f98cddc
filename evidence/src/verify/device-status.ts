import { decodeRecord, keys, StateFormatError } from '@passage/domain';
import { utf8 } from '@passage/ledger';
import { fails, holds, notChecked } from './verdict.js';
import type { DeviceRecord } from '@passage/domain';
import type { EvidenceBundle } from '../bundle/index.js';
import type { GoodStatement } from './completeness.js';
import type { JudgedEvent } from './events.js';
import type { VerdictLine } from './verdict.js';

/** What became of each key that signed, up to the height of the shipment statement, and whether it touches what it signed. */
export function verifyDeviceStatus(
  bundle: EvidenceBundle,
  events: readonly JudgedEvent[],
  good: GoodStatement | undefined,
): readonly VerdictLine[] {
  const kids = [...new Set(events.flatMap(({ statement }) => statement?.header.kid ?? []))];
  if (kids.length === 0) return [];
  if (good === undefined) {
    return [notChecked('device-status', 'without a shipment statement a revocation can be withheld')];
  }
  return kids.map((kid) => {
    const record = recordOf(kid, bundle);
    if (record === undefined)
      return fails('device-status', 'DEVICE_UNKNOWN', 'the bundle has no record of this key', kid);
    const blocks = events.flatMap(({ statement, block }) => (statement?.header.kid === kid ? [block] : []));
    return statusLine(record, blocks, good.statement.height);
  });
}

function recordOf(kid: string, { devices }: EvidenceBundle): DeviceRecord | undefined {
  const key = keys.device(kid);
  const found = devices.find((record) => record.key === key);
  if (found === undefined) return undefined;
  try {
    const record = decodeRecord(key, utf8(found.value));
    return record.kid === kid ? record : undefined;
  } catch (error) {
    if (error instanceof StateFormatError) return undefined;
    throw error;
  }
}

/**
 * A revocation alone touches nothing that was recorded before it. Where the key is said to have been in other hands, what it
 * signed is clean only if a block before that point holds it, and only a bundle of blocks shows in which block it stands.
 */
function statusLine(
  record: DeviceRecord,
  blocks: readonly (number | undefined)[],
  height: number,
): VerdictLine {
  const { kid, status, compromise, owner, mspId } = record;
  const standing = `the key of a ${record.kind} of ${owner} (${mspId}) is ${status} at height ${height}`;
  if (compromise === undefined)
    return holds('device-status', `${standing}, and nobody says that it was in other hands`, kid);
  const { since, confirmedAt } = compromise;
  const from = 'block' in since ? `block ${since.block}` : since.time;
  const word = confirmedAt === undefined ? 'its owner says' : 'customs has confirmed';
  const isBefore = 'block' in since && blocks.every((block) => block !== undefined && block < since.block);
  if (isBefore)
    return holds(
      'device-status',
      `${standing}; ${word} that it was in other hands since ${from}, after all that it signed here`,
      kid,
    );
  return fails(
    'device-status',
    'DEVICE_COMPROMISED',
    `${standing}; ${word} that it was in other hands since ${from}: what it signed here proves nothing by itself`,
    kid,
  );
}
