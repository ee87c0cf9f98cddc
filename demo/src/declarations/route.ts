import type { Declaration } from './declaration.js';
import { arrivalPlace, departurePlace, type Place } from '../places/index.js';

/** The way of one declaration's goods: between which places, and who is at work there (party ids). */
export interface Route {
  readonly departure: Place;
  readonly arrival: Place;
  readonly carrier: string;
  readonly departureTerminal: string;
  readonly arrivalTerminal: string;
  /** The customs office at the place of arrival: the scanners there are its own. */
  readonly customs: string;
  /** The officer who decides there, by pseudonym. */
  readonly officer: string;
}

const carriers: Readonly<Record<Declaration['transportMode'], string>> = {
  '1': 'CARRIER-SEA',
  '2': 'CARRIER-RAIL',
  '3': 'CARRIER-ROAD',
  '4': 'CARRIER-AIR',
  '5': 'CARRIER-POST',
  '6': 'CARRIER-MULTIMODAL',
  '7': 'CARRIER-FIXED',
  '8': 'CARRIER-BARGE',
  '9': 'CARRIER-OTHER',
};

/** One made-up carrier for each way of travelling, one made-up terminal and customs office for each place. */
export function routeOf({ departure: country, office, transportMode: mode }: Declaration): Route {
  const departure = departurePlace(country, mode).place;
  const arrival = arrivalPlace(office, mode);
  return {
    departure,
    arrival,
    carrier: carriers[mode],
    departureTerminal: `TERMINAL-${departure.code}`,
    arrivalTerminal: `TERMINAL-${arrival.code}`,
    customs: `CUSTOMS-${arrival.code}`,
    officer: `OFFICER-${arrival.code}`,
  };
}
