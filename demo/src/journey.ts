import type { Callers } from './callers.js';
import { type Declaration, openShipmentInput, routeOf, ucrOf } from './declarations/index.js';

const openShipment =
  'mutation ($input: OpenShipmentInput!) { openShipment(input: $input) { receipt { block } } }';
const offerHandover =
  'mutation ($input: OfferHandoverInput!) { offerHandover(input: $input) { handover { number status } } }';
const acceptHandover =
  'mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { custody { custodian } } }';

/**
 * The acts of one shipment: the importer opens it with the carrier as first custodian, the carrier hands it to the terminal
 * at arrival, the terminal to the importer. Every request id follows from the UCR, so that a second run changes nothing.
 */
export async function travel(callers: Callers, declaration: Declaration): Promise<void> {
  const { importer } = declaration;
  const { carrier, arrival, arrivalTerminal } = routeOf(declaration);
  const ucr = ucrOf(declaration);
  const asImporter = callers.party('business', importer, 'importer');
  const asCarrier = callers.party('business', carrier, 'carrier');
  const asTerminal = callers.party('port', arrivalTerminal, 'terminal_operator');

  await asImporter(openShipment, { input: openShipmentInput(declaration) });
  await asCarrier(offerHandover, {
    input: { requestId: `offer-1-${ucr}`, ucr, to: arrivalTerminal, place: arrival.code },
  });
  await asTerminal(acceptHandover, { input: { requestId: `accept-1-${ucr}`, ucr, handover: 1 } });
  await asTerminal(offerHandover, {
    input: { requestId: `offer-2-${ucr}`, ucr, to: importer, place: arrival.code },
  });
  await asImporter(acceptHandover, { input: { requestId: `accept-2-${ucr}`, ucr, handover: 2 } });
}
