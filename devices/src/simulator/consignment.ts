import type { TransportMode } from '@passage/domain';

/** A place where devices stand. */
export interface Place {
  /** UN/LOCODE. */
  readonly code: string;
  /** Degrees, north and east positive. */
  readonly latitude: number;
  readonly longitude: number;
}

/** A place on a voyage, and the party (id) whose readers stand there. */
export interface Stop {
  readonly place: Place;
  readonly operator: string;
}

/** What the simulator needs to know of one shipment to send it on its way. */
export interface Consignment {
  readonly ucr: string;
  readonly transportMode: TransportMode;
  readonly departure: Stop;
  readonly arrival: Stop;
  /** Party id of the carrier: the e-seals are its own. */
  readonly carrier: string;
  /** Party id of the customs office at arrival: the scanners are its own. */
  readonly customs: string;
  /** Day of the import declaration, YYYY-MM-DD; the goods arrive the day before. */
  readonly declaredOn: string;
}
