/** A place of trade and transport, as UN/LOCODE lists it. */
export interface Place {
  /** UN/LOCODE: two letters of the country, three of the place. */
  readonly code: string;
  readonly name: string;
  /** Eight positions: 1 port, 2 rail, 3 road, 4 airport, 5 postal exchange, 6 inland depot, 7 fixed, B border. */
  readonly functions: string;
  /** Degrees, north positive. */
  readonly latitude: number;
  /** Degrees, east positive. */
  readonly longitude: number;
}

/** Degrees from UN/LOCODE's `DDMM[NS] DDDMM[EW]`. @throws Error where the text is not of that form. */
export function readCoordinates(text: string): Pick<Place, 'latitude' | 'longitude'> {
  const match = /^(\d{2})(\d{2})([NS]) (\d{3})(\d{2})([EW])$/.exec(text);
  if (match === null) throw new Error(`no UN/LOCODE coordinates: ${text}`);
  const [, north, northMinutes, ns, east, eastMinutes, ew] = match;
  return {
    latitude: toDegrees(north, northMinutes) * (ns === 'N' ? 1 : -1),
    longitude: toDegrees(east, eastMinutes) * (ew === 'E' ? 1 : -1),
  };
}

function toDegrees(degrees: string | undefined, minutes: string | undefined): number {
  return Number(degrees) + Number(minutes) / 60;
}
