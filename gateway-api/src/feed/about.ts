import { describeEvent, ownerOfId, readStatement, subjectsOf, unitOfUri, unlocodeIn } from '@passage/domain';
import type { JsonObject, StateKind, StateRecords } from '@passage/domain';

import { placeOf } from '../index/place.js';
import { gainedBy } from '../sight/viewers.js';

/** What an item of the feed is about: what a filter can name. */
export interface About {
  /** UCRs of consignments. */
  readonly shipments: readonly string[];
  /** Transport units, as records name them. */
  readonly units: readonly string[];
  /** Key ids. */
  readonly devices: readonly string[];
  readonly parties: readonly string[];
  /** UN/LOCODEs of the places that it names. */
  readonly ports: readonly string[];
  /** The countries of these, and those that a consignment departs from and is from. */
  readonly countries: readonly string[];
}

const nothing: About = { shipments: [], units: [], devices: [], parties: [], ports: [], countries: [] };

const dimensions = Object.keys(nothing) as (keyof About)[];

/** What several things are about together, each name once. */
export function together(parts: readonly Partial<About>[]): About {
  const all = dimensions.map((dimension): [string, readonly string[]] => [
    dimension,
    [...new Set(parts.flatMap((part) => part[dimension] ?? []))],
  ]);
  return { ...nothing, ...Object.fromEntries(all) };
}

/** What is at a place, as far as its id tells a port. */
export function atPlace(place: unknown): Partial<About> {
  const port = typeof place === 'string' ? unlocodeIn(place) : undefined;
  return port === undefined ? {} : { ports: [port], countries: [port.slice(0, 2)] };
}

/** What a statement is about, by the bytes that were signed. */
export function aboutStatement(jws: string, owner: string | null): About {
  const { header, payload } = readStatement(jws);
  const { things, consignments } = subjectsOf(payload);
  const named = consignments.length > 0 ? consignments : describeEvent(payload).ucrs;
  return together([
    {
      shipments: named,
      units: things.flatMap((thing) => unitOfUri(thing) ?? []),
      devices: [header.kid],
      parties: owner === null ? [] : [owner],
    },
    atPlace(placeOf(payload)),
  ]);
}

/** What a record is about: what it names, and who sees it because of it. */
export function aboutRecord<Kind extends StateKind>(kind: Kind, record: StateRecords[Kind]): About {
  const members = record as unknown as JsonObject;
  const texts = (...names: readonly string[]): readonly string[] =>
    names.flatMap((name) => [members[name]].flat().filter((each) => typeof each === 'string'));
  const gain = gainedBy(kind, record, {});
  const gained = (gain?.viewers ?? []).filter((viewer) => viewer.startsWith('party:'));
  return together([
    {
      shipments: texts('ucr'),
      units: texts('unit', 'units', 'carriedBy'),
      devices: texts('kid'),
      parties: [
        ...texts('partyId', 'owner', 'mandator', 'mandatary', 'filedBy'),
        ...texts('document', 'certificate', 'master', 'declaration').map(ownerOfId),
        ...gained.map((viewer) => viewer.slice('party:'.length)),
      ],
      countries: kind === 'shipment' ? texts('origin', 'departure') : [],
    },
    atPlace(members['place']),
  ]);
}
