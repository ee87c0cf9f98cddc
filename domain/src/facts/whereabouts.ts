import { isUnLocode } from '../identifiers/place.js';
import { isJsonObject, type JsonObject } from '../json/value.js';

/** A point on the earth in degrees, north and east positive (WGS 84). */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** Where an event happened, as far as it says: a point, a UN/LOCODE, or both; never neither. */
export interface Whereabouts {
  readonly point?: GeoPoint;
  readonly unlocode?: string;
}

/**
 * Where an EPCIS event happened, from its `readPoint` and `bizLocation`: a `geo:` URI (RFC 5870), or any id that ends in a
 * UN/LOCODE. Undefined where neither names such a place.
 */
export function whereaboutsOf(event: JsonObject): Whereabouts | undefined {
  const ids = [event['readPoint'], event['bizLocation']].flatMap((member) =>
    member !== undefined && isJsonObject(member) && typeof member['id'] === 'string' ? [member['id']] : [],
  );
  const point = ids.map(pointIn).find((each) => each !== undefined);
  const unlocode = ids.map(unlocodeIn).find((each) => each !== undefined);
  if (point === undefined && unlocode === undefined) return undefined;
  return { ...(point && { point }), ...(unlocode !== undefined && { unlocode }) };
}

/** The UN/LOCODE in a place's id: the id itself, or what stands behind its last `#`, `/` or `:`. */
export function unlocodeIn(id: string): string | undefined {
  const code = id.slice(Math.max(id.lastIndexOf('#'), id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
  return isUnLocode(code) ? code : undefined;
}

function pointIn(id: string): GeoPoint | undefined {
  const match = /^geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:[,;].*)?$/.exec(id);
  if (!match) return undefined;
  const [latitude = 0, longitude = 0] = match.slice(1, 3).map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
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
 * How far two places are apart, in metres: by their points where both have one, else 0 where they name the same UN/LOCODE,
 * and undefined where that cannot be said.
 */
export function metresApart(one: Whereabouts, other: Whereabouts): number | undefined {
  if (one.point && other.point) return metresBetween(one.point, other.point);
  if (one.unlocode === undefined || other.unlocode === undefined) return undefined;
  return one.unlocode === other.unlocode ? 0 : undefined;
}

/** Whether two places are known to be different: further apart than `metres`, or under different UN/LOCODEs. */
export function areApart(one: Whereabouts, other: Whereabouts, metres: number): boolean {
  if (one.point && other.point) return metresBetween(one.point, other.point) > metres;
  if (one.unlocode === undefined || other.unlocode === undefined) return false;
  return one.unlocode !== other.unlocode;
}
