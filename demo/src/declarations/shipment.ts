import { type GoodsLine, type ShipmentParties, type TransportMode, ucr } from '@passage/domain';
import { routeOf } from './route.js';
import type { Declaration } from './declaration.js';

/** The input of the transaction OpenShipment (docs/architecture.md). */
export interface OpenShipmentInput {
  readonly requestId: string;
  readonly ucr: string;
  readonly goods: readonly GoodsLine[];
  readonly origin: string;
  readonly departure: string;
  readonly transportMode: TransportMode;
  readonly parties: ShipmentParties;
  readonly custodian: string;
}

/** `<last digit of the year>KR<importer>-<declaration>`: the importer gives the reference, and opens the shipment. */
export function ucrOf({ date, importer, id }: Declaration): string {
  return ucr({ yearDigit: date.charAt(3), country: 'KR', trader: importer, reference: id });
}

/**
 * What the importer opens the shipment with; the carrier has the goods first. The request id follows from the UCR, so that
 * opening it again is the same request.
 */
export function openShipmentInput(declaration: Declaration): OpenShipmentInput {
  const { hs, hsEdition, origin, departure, transportMode, importer, declarant, seller } = declaration;
  const ucrOfShipment = ucrOf(declaration);
  return {
    requestId: `open-${ucrOfShipment}`,
    ucr: ucrOfShipment,
    goods: [{ hs, hsEdition }],
    origin,
    departure,
    transportMode,
    parties: { importer, declarant, ...(seller === undefined ? {} : { seller }) },
    custodian: routeOf(declaration).carrier,
  };
}
