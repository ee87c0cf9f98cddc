import type { TransportMode } from '@passage/domain';
import type { Place } from './place.js';
import { type Gateways, gatewaysByCountry, gatewaysByOffice, places, type Way } from './tables.js';

/**
 * Why this place: it is the country's own, it lies in a neighbour through which such goods pass, it stands in because the table
 * names none for this way of travelling, or nothing is known of the country.
 */
export type PlaceRule = 'own' | 'transit' | 'substitute' | 'unlisted';

/** A place, and by which rule it was found. */
export interface FoundPlace {
  readonly place: Place;
  readonly rule: PlaceRule;
}

/** What has no table of its own leaves from the port: several modes, fixed installations, inland water, other. */
const wayOf: Readonly<Record<TransportMode, Way>> = {
  '1': 'sea',
  '2': 'rail',
  '3': 'road',
  '4': 'air',
  '5': 'post',
  '6': 'sea',
  '7': 'sea',
  '8': 'sea',
  '9': 'sea',
};

const unknownCountry = 'ZZ';
const otherOffice = '*';

/** Where goods leave a country (ISO 3166-1 alpha-2). Every country and mode has an answer; see demo/data/README.md. */
export function departurePlace(country: string, mode: TransportMode): FoundPlace {
  const own = gatewaysByCountry.get(country);
  const gateways = own ?? row(gatewaysByCountry, unknownCountry);
  const named = gateways[wayOf[mode]];
  const place = placeOf(named === '' ? gateways.sea : named);
  if (own === undefined || country === unknownCountry) return { place, rule: 'unlisted' };
  if (named === '') return { place, rule: 'substitute' };
  return { place, rule: place.code.startsWith(country) ? 'own' : 'transit' };
}

/** Where goods arrive that are declared at a Korean customs office. */
export function arrivalPlace(office: string, mode: TransportMode): Place {
  const gateways = gatewaysByOffice.get(office) ?? row(gatewaysByOffice, otherOffice);
  return placeOf(gateways[wayOf[mode]]);
}

/** @throws Error for a code that is not in the table of places: a fault of the tables. */
function placeOf(code: string): Place {
  const place = places.get(code);
  if (place === undefined) throw new Error(`places.csv lacks ${code}`);
  return place;
}

function row(table: ReadonlyMap<string, Gateways>, key: string): Gateways {
  const gateways = table.get(key);
  if (gateways === undefined) throw new Error(`a table of the demo has no row ${key}`);
  return gateways;
}
