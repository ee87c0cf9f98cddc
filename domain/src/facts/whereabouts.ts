import { geoPointIn, glnIn, unlocodeIn, type GeoPoint } from '../identifiers/place.js';
import { isJsonObject, type JsonObject } from '../json/value.js';

/** Where something is, as far as it says: a point, a UN/LOCODE, a GLN, or several of them; never none. */
export interface Whereabouts {
  readonly point?: GeoPoint;
  readonly unlocode?: string;
  /** Without the extension that names a spot on the premises. */
  readonly gln?: string;
}

/**
 * Where an EPCIS event happened, from its `readPoint` and `bizLocation`: a `geo:` URI (RFC 5870), a GLN (SGLN URN or Digital Link),
 * or any id that ends in a UN/LOCODE. Undefined where neither names such a place.
 */
export function whereaboutsOf(event: JsonObject): Whereabouts | undefined {
  const ids = [event['readPoint'], event['bizLocation']].flatMap((member) =>
    member !== undefined && isJsonObject(member) && typeof member['id'] === 'string' ? [member['id']] : [],
  );
  return whereaboutsIn(ids);
}

/** Where a place is that a record names: see `isPlace`. */
export function whereaboutsOfPlace(place: string): Whereabouts | undefined {
  return whereaboutsIn([place]);
}

function whereaboutsIn(ids: readonly string[]): Whereabouts | undefined {
  const first = <T>(read: (id: string) => T | undefined): T | undefined =>
    ids.map(read).find((each) => each !== undefined);
  const [point, unlocode, gln] = [first(geoPointIn), first(unlocodeIn), first(glnIn)];
  if (point === undefined && unlocode === undefined && gln === undefined) return undefined;
  return {
    ...(point && { point }),
    ...(unlocode !== undefined && { unlocode }),
    ...(gln !== undefined && { gln }),
  };
}

/** Mean radius of the earth (IUGG), in metres. */
const EARTH_RADIUS = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Whole metres along the great circle (haversine formula). */
function metresBetween(from: GeoPoint, to: GeoPoint): number {
  const sine = (a: number, b: number): number => Math.sin(radians(b - a) / 2);
  const h =
    sine(from.latitude, to.latitude) ** 2 +
    Math.cos(radians(from.latitude)) *
      Math.cos(radians(to.latitude)) *
      sine(from.longitude, to.longitude) ** 2;
  return Math.round(2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h))));
}

/**
 * How far two places are apart, in metres: by their points where both have one, else 0 where they name the same UN/LOCODE or
 * GLN, and undefined where that cannot be said.
 */
export function metresApart(one: Whereabouts, other: Whereabouts): number | undefined {
  if (one.point && other.point) return metresBetween(one.point, other.point);
  const same = isShared(one.unlocode, other.unlocode) || isShared(one.gln, other.gln);
  return same ? 0 : undefined;
}

function isShared(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other;
}

/**
 * Whether two places are one: within `metres`, or under the same UN/LOCODE or GLN. Different UN/LOCODEs are different places;
 * different GLNs may be neighbours. Undefined where that cannot be said.
 */
export function arePlacesOne(one: Whereabouts, other: Whereabouts, metres: number): boolean | undefined {
  const apart = metresApart(one, other);
  if (apart !== undefined) return apart <= metres;
  return one.unlocode !== undefined && other.unlocode !== undefined ? false : undefined;
}

/** Whether two places are known to be different ones. */
export function areApart(one: Whereabouts, other: Whereabouts, metres: number): boolean {
  return arePlacesOne(one, other, metres) === false;
}
