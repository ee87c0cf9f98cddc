import { decodeRecord, isJsonObject, keys, readJson, PassageError, StateFormatError } from '@passage/domain';
import { utf8 } from '@passage/ledger';
import { standingKey } from '../shipment-statement/index.js';
import { fails, holds, notChecked } from './verdict.js';
import type { DeviceRecord, JsonObject } from '@passage/domain';
import type { EvidenceBundle } from '../bundle/index.js';
import type { GoodStatement } from './completeness.js';
import type { JudgedEvent } from './events.js';
import type { VerdictLine } from './verdict.js';

/** A statement of the bundle, and the block that the bundle shows it in, if it does. */
interface Signed {
  readonly id: string;
  readonly kid: string;
  readonly prev?: string;
  readonly block?: number;
}

/**
 * What became of each key that signed, up to the height of the shipment statement, and what that leaves of what it signed. Who signed
 * the statement has judged the whole key; the bundle shows a part of it, and what it shows must not say otherwise.
 */
export function verifyDeviceStatus(
  bundle: EvidenceBundle,
  events: readonly JudgedEvent[],
  good: GoodStatement | undefined,
): readonly VerdictLine[] {
  const signed = events.flatMap(signedIn);
  const kids = [...new Set(signed.map(({ kid }) => kid))];
  if (kids.length === 0) return [];
  if (good === undefined) {
    return [notChecked('device-status', 'without a shipment statement a revocation can be withheld')];
  }
  const byId = new Map(signed.map((one) => [one.id, one]));
  return kids.flatMap((kid) => {
    const record = recordOf(kid, bundle);
    if (record === undefined)
      return [fails('device-status', 'DEVICE_UNKNOWN', 'the bundle has no record of this key', kid)];
    const own = record.status === 'revoked' ? signed.filter((one) => one.kid === kid) : [];
    return [
      keyLine(record, good.statement.height),
      ...own.map((one) => standingLine(one, record, bundle, byId)),
    ];
  });
}

function signedIn({ statement, block }: JudgedEvent): Signed | readonly [] {
  if (statement === undefined) return [];
  const { kid, prev } = statement.header;
  return {
    id: statement.statementId,
    kid,
    ...(prev !== undefined && { prev }),
    ...(block !== undefined && { block }),
  };
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

function keyLine({ kid, kind, owner, mspId, status, compromise }: DeviceRecord, height: number): VerdictLine {
  const standing = `the key of a ${kind} of ${owner} (${mspId}) is ${status} at height ${height}`;
  return holds('device-status', `${standing}, ${wordOn(compromise)}`, kid);
}

function wordOn(compromise: DeviceRecord['compromise']): string {
  if (compromise === undefined) return 'and nobody says that it was in other hands';
  const from = pointOf(compromise);
  return compromise.confirmedAt === undefined
    ? `its owner says that it was in other hands since ${from}, which counts for nothing until customs confirms it`
    : `and customs has confirmed that it was in other hands since ${from}`;
}

function pointOf({ since }: NonNullable<DeviceRecord['compromise']>): string {
  return 'block' in since ? `block ${since.block}` : since.time;
}

/** What one statement of a revoked key is worth, in the words of docs/alerts.md. */
function standingLine(
  one: Signed,
  device: DeviceRecord,
  { devices }: EvidenceBundle,
  byId: ReadonlyMap<string, Signed>,
): VerdictLine {
  const { id } = one;
  const key = standingKey(id);
  const said = jsonIn(devices.find((record) => record.key === key)?.value);
  const { standing, reachedBy } = said;
  if (standing === 'tainted') {
    const text = 'tainted: whoever had the key by then may have signed it, so it proves nothing by itself';
    return fails('device-status', 'DEVICE_COMPROMISED', text, id);
  }
  if (standing === 'unproven') {
    const text = 'unproven: its owner filed it after the key was revoked, and no clean statement names it';
    return fails('device-status', 'STATEMENT_UNPROVEN', text, id);
  }
  if (standing !== 'clean')
    return fails('device-status', 'DEVICE_UNKNOWN', 'the bundle does not say what it is worth', id);
  if (isContradicted(one, device, reachedBy, byId)) {
    const text = 'it is said to be clean, and the bundle itself shows that it is not';
    return fails('device-status', 'STANDING_CONTRADICTED', text, id);
  }
  const why =
    typeof reachedBy === 'string'
      ? `clean: a clean statement names it as the one before: ${reachedBy}`
      : 'clean: it was recorded before anything that became of the key counts';
  return holds('device-status', why, id);
}

/** Whether the statements and blocks of the bundle deny the reason for which one is said to be clean. */
function isContradicted(
  { id, block }: Signed,
  { compromise, successor }: DeviceRecord,
  reachedBy: JsonObject[string] | undefined,
  byId: ReadonlyMap<string, Signed>,
): boolean {
  if (typeof reachedBy === 'string') {
    const later = byId.get(reachedBy);
    return later !== undefined && later.prev !== id;
  }
  const since = compromise?.confirmedAt === undefined ? undefined : compromise.since;
  const isAfter = since !== undefined && 'block' in since && block !== undefined && block >= since.block;
  return isAfter && successor?.last !== id;
}

/** The members of a record's value; none where it is no JSON object. */
function jsonIn(value: string | undefined): JsonObject {
  try {
    const json = value === undefined ? undefined : readJson(value);
    return json !== undefined && isJsonObject(json) ? json : {};
  } catch (error) {
    if (error instanceof PassageError) return {};
    throw error;
  }
}
