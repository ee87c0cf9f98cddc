import type { Place } from './consignment.js';

/** A point on the earth in degrees, north and east positive. */
export type Point = Pick<Place, 'latitude' | 'longitude'>;

/** Mean radius of the earth (IUGG), in kilometres. */
const earthRadius = 6371.0088;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** The angle between two points as seen from the earth's centre, in radians (haversine formula). */
function angleBetween(from: Point, to: Point): number {
  const sine = (a: number, b: number): number => Math.sin(radians(b - a) / 2);
  const h =
    sine(from.latitude, to.latitude) ** 2 +
    Math.cos(radians(from.latitude)) *
      Math.cos(radians(to.latitude)) *
      sine(from.longitude, to.longitude) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Kilometres along the great circle. */
export function distance(from: Point, to: Point): number {
  return earthRadius * angleBetween(from, to);
}

/** The point at `share` (0 to 1) of the great circle between two points. Ships go round the land; this line does not. */
export function pointBetween(from: Point, to: Point, share: number): Point {
  const angle = angleBetween(from, to);
  if (angle === 0) return { latitude: from.latitude, longitude: from.longitude };
  const weights = [
    Math.sin((1 - share) * angle) / Math.sin(angle),
    Math.sin(share * angle) / Math.sin(angle),
  ];
  const [x, y, z] = [0, 1, 2].map((axis) =>
    [from, to].reduce((sum, point, i) => sum + (weights[i] ?? 0) * (onUnitSphere(point)[axis] ?? 0), 0),
  ) as [number, number, number];
  return { latitude: degrees(Math.atan2(z, Math.hypot(x, y))), longitude: degrees(Math.atan2(y, x)) };
}

function onUnitSphere({ latitude, longitude }: Point): readonly number[] {
  const [phi, lambda] = [radians(latitude), radians(longitude)];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** A `geo:` URI (RFC 5870) to four decimals, some ten metres. */
export function geoUri({ latitude, longitude }: Point): string {
  return `geo:${latitude.toFixed(4)},${longitude.toFixed(4)}`;
}

/** The UN/LOCODE as a URI of UNECE's own vocabulary. */
export function unlocodeUri(code: string): string {
  return `https://vocabulary.uncefact.org/unlocode#${code}`;
}
