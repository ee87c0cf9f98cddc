import { canonicalGs1Uri } from '../event-hash/canonical-gs1-uri.js';
import { isGln } from './gs1-key.js';

/** A point on the earth in degrees, north and east positive (WGS 84). */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** Whether a text has the form of an ISO 3166-1 alpha-2 code. Which codes are in use changes, and is not judged. */
export function isCountryCode(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

/**
 * Whether a text has the form of a UN/LOCODE (UNECE Recommendation 16): country, then three of A-Z and 2-9. Whether the place
 * is in the list is not judged: UNECE publishes a new one twice a year.
 */
export function isUnLocode(text: string): boolean {
  return /^[A-Z]{2}[A-Z2-9]{3}$/.test(text);
}

/**
 * Whether a text is a place as records and inputs name it: a UN/LOCODE (`KRPUS`), a GLN with or without the extension that names
 * a spot there (`gln:4012345000115`, `gln:4012345000115.GATE-3`; an SGLN has both), or coordinates as a geo URI
 * (`geo:35.1028,129.0403`).
 */
export function isPlace(text: string): boolean {
  return (
    isUnLocode(text) || glnIn(text) !== undefined || (text.length <= 64 && geoPointIn(text) !== undefined)
  );
}

/** The UN/LOCODE in a place's id: the id itself, or what stands behind its last `#`, `/` or `:`. */
export function unlocodeIn(id: string): string | undefined {
  const code = id.slice(Math.max(id.lastIndexOf('#'), id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
  return isUnLocode(code) ? code : undefined;
}

/** The GLN in a place's id: of `gln:…`, of an SGLN's EPC URN, of a Digital Link; without its extension. */
export function glnIn(id: string): string | undefined {
  const link = canonicalGs1Uri(id) ?? id;
  const match =
    /^(?:gln:([0-9]{13})(?:\.[A-Za-z0-9-]{1,20})?|https:\/\/id\.gs1\.org\/414\/([0-9]{13})(?:\/.*)?)$/.exec(
      link,
    );
  const gln = match?.[1] ?? match?.[2];
  return gln !== undefined && isGln(gln) ? gln : undefined;
}

/** The point of a geo URI (RFC 5870), in degrees within their range; what else the URI says is passed over. */
export function geoPointIn(id: string): GeoPoint | undefined {
  const match = /^geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:[,;].*)?$/.exec(id);
  if (!match) return undefined;
  const [latitude = 0, longitude = 0] = match.slice(1, 3).map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}
