import { isJsonObject, parseKey } from '@passage/domain';
import { scenarios, scenesOf } from '@passage/domain/testing';
import type { JsonObject, JsonValue, StateKind } from '@passage/domain';
import type { Scene } from '@passage/domain/testing';
import type { Told, WriteSet } from '@passage/evidence/testing';
import type { CustodyCheck } from '../../custody/custody-rule.js';
import type { Lie } from './lie.js';

const today = new Date('2026-01-01T00:00:00.000Z');

/** A record that is written otherwise than the act has it: everything else of the transaction is as it should be. */
export interface Alteration {
  readonly act: string;
  readonly what: string;
  /** Which of the records that the act writes: the first that has the members. */
  readonly kind: StateKind;
  /** Members that are changed; an object changes members of the member. */
  readonly to?: JsonObject;
  /** Members that are left out. */
  readonly without?: readonly string[];
  /** What names it first; `outcome` if nothing is said. */
  readonly check?: CustodyCheck;
  readonly expected?: RegExp;
  readonly found: RegExp;
}

/** A lie that can be told beside others on one chain, where each has its own names. */
export interface AlteredRecord extends Lie {
  readonly story: (ledger: string, tag?: string) => readonly Told[];
}

/** What has happened in a scenario until an act is done that leaves a record of this kind, with that act. */
export function upTo(act: string, kind: StateKind, ledger: string, tag?: string): readonly Told[] {
  for (const scenario of scenarios) {
    const scenes = scenesOf(scenario, ledger, today, tag).filter(hasWritten);
    const at = scenes.findIndex((scene) => scene.name === act && writesOf(scene).some(isOf(kind)));
    if (at >= 0) return scenes.slice(0, at + 1);
  }
  throw new Error(`no scenario has an act ${act} that writes a ${kind}`);
}

/** The story of an altered record: a scenario up to the act that writes it. */
export function altered({
  act,
  what,
  kind,
  to = {},
  without = [],
  check = 'outcome',
  ...said
}: Alteration): AlteredRecord {
  const forge = ({ records }: WriteSet): void => {
    const ofKind = [...records].filter(([each]) => isOf(kind)(each));
    const has = (each: JsonObject | undefined): boolean =>
      Object.keys(to).every((member) => each?.[member] !== undefined);
    const [key, record] = ofKind.find(([, each]) => has(each)) ?? [];
    if (key === undefined || record === undefined) throw new Error(`${act} writes no such ${kind}`);
    const kept = Object.entries(merged(record, to)).filter(([member]) => !without.includes(member));
    records.set(key, Object.fromEntries(kept));
  };
  return {
    what,
    check,
    expected: new RegExp(`${act} leaves in ${kind}/`),
    ...said,
    story: (ledger, tag) =>
      upTo(act, kind, ledger, tag).map((told, index, { length }) =>
        index < length - 1 ? told : { ...told, forge },
      ),
  };
}

function hasWritten(scene: Scene): boolean {
  return writesOf(scene).length > 0 && scene.openings === undefined;
}

/** The keys that a scene writes; none where it is refused. */
function writesOf({ expect }: Scene): readonly string[] {
  return expect.refused === undefined ? expect.writes : [];
}

function isOf(kind: StateKind): (key: string) => boolean {
  return (key) => parseKey(key)?.kind === kind;
}

function merged(record: JsonObject, to: JsonObject): JsonObject {
  const changed = Object.entries(to).map(([member, value]): [string, JsonValue] => {
    const was = record[member];
    return [
      member,
      was !== undefined && isJsonObject(was) && isJsonObject(value) ? merged(was, value) : value,
    ];
  });
  return { ...record, ...Object.fromEntries(changed) };
}
