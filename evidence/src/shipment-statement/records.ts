import { keys, sha256 } from '@passage/domain';
import { toHex, utf8 } from '@passage/ledger';
import { jsonOf } from '../events/recorded-statements.js';
import { standingRecords } from './standings.js';
import type { JsonValue } from '@passage/domain';
import type { SignedEvent, StandingsOf } from './standings.js';
import type { StateRecord } from './state-record.js';

/** What is stored under a key at the height of the statement. */
export type LookUp = (key: string) => Uint8Array | undefined;

/** The records that a shipment statement speaks of. */
export interface ShipmentRecords {
  /** Those of the consignment and of the parties that they name, by key. */
  readonly state: readonly StateRecord[];
  /** Those of the keys that signed, and what the statements of revoked ones are worth, by key. */
  readonly devices: readonly StateRecord[];
}

/**
 * The records of a consignment at a height.
 *
 * @param named every key under which a record has ever named the consignment (`recordsNaming`), up to that height
 * @param statements its statements, in any order
 * @param standingsOf what is asked of keys that were revoked
 */
export function shipmentRecords(
  named: Iterable<string>,
  statements: readonly SignedEvent[],
  lookUp: LookUp,
  standingsOf: StandingsOf,
): ShipmentRecords {
  const kids = new Set(statements.map(({ kid }) => kid));
  const devices = recordsUnder([...kids].map(keys.device), lookUp);
  const own = recordsUnder(named, lookUp);
  const parties = [...own, ...devices].flatMap(({ value }) => textsIn(jsonOf(value) ?? null)).filter(canBeId);
  const state = recordsUnder([...own.map(({ key }) => key), ...parties.map(keys.party)], lookUp);
  const isRevoked = (kid: string): boolean => statusOf(lookUp(keys.device(kid))) === 'revoked';
  return { state, devices: [...devices, ...sorted(standingRecords(statements, isRevoked, standingsOf))] };
}

function statusOf(device: Uint8Array | undefined): JsonValue | undefined {
  return device && jsonOf(device)?.['status'];
}

/** Digest over records: SHA-256 over a line `<hex SHA-256 of the value> <key>` for each, in the order of the keys; hex. */
export function recordsDigest(records: readonly StateRecord[]): string {
  const lines = sorted(records).map(({ key, value }) => `${toHex(sha256(value))} ${key}\n`);
  return toHex(sha256(utf8(lines.join(''))));
}

/** What is stored under the keys, each once, in the order of the keys. */
function recordsUnder(wanted: Iterable<string>, lookUp: LookUp): readonly StateRecord[] {
  return sorted(
    [...new Set(wanted)].flatMap((key) => {
      const value = lookUp(key);
      return value === undefined ? [] : [{ key, value }];
    }),
  );
}

/** By UTF-16 code units, as JavaScript and RFC 8785 compare. */
function sorted(records: readonly StateRecord[]): readonly StateRecord[] {
  return [...records].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
}

function canBeId(text: string): boolean {
  return text !== '' && !text.includes('/');
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const nested: readonly JsonValue[] = Array.isArray(value) ? value : Object.values(value);
  return nested.flatMap(textsIn);
}
