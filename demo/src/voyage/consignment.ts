import type { Consignment } from '@passage/devices';
import { type Declaration, routeOf, ucrOf } from '../declarations/index.js';

/** A declaration's goods as the simulator sends them on their way. */
export function consignmentOf(declaration: Declaration): Consignment {
  const { departure, arrival, departureTerminal, arrivalTerminal, carrier, customs } = routeOf(declaration);
  return {
    ucr: ucrOf(declaration),
    transportMode: declaration.transportMode,
    departure: { place: departure, operator: departureTerminal },
    arrival: { place: arrival, operator: arrivalTerminal },
    carrier,
    customs,
    declaredOn: declaration.date,
  };
}
