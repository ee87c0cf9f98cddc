import type { Callers } from './callers.js';
import { type Declaration, openShipmentInput, routeOf, ucrOf } from './declarations/index.js';

const openShipment =
  'mutation ($input: OpenShipmentInput!) { openShipment(input: $input) { receipt { block } } }';
const offerHandover =
  'mutation ($input: OfferHandoverInput!) { offerHandover(input: $input) { handover { number status } } }';
const acceptHandover =
  'mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { custody { custodian } } }';

/** The importer opens the shipment, with the carrier as first custodian. */
export async function open(callers: Callers, declaration: Declaration): Promise<void> {
  const asImporter = callers.party('business', declaration.importer, 'importer');
  await asImporter(openShipment, { input: openShipmentInput(declaration) });
}

/**
 * The carrier hands the goods to the terminal at arrival, the terminal to the importer. Like the opening's, every request
 * id follows from the UCR, so that a second run changes nothing.
 */
export async function handOver(callers: Callers, declaration: Declaration): Promise<void> {
  const { importer } = declaration;
  const { carrier, arrival, arrivalTerminal } = routeOf(declaration);
  const ucr = ucrOf(declaration);
  const asImporter = callers.party('business', importer, 'importer');
  const asCarrier = callers.party('business', carrier, 'carrier');
  const asTerminal = callers.party('port', arrivalTerminal, 'terminal_operator');
  const place = arrival.code;

  await asCarrier(offerHandover, { input: { requestId: `offer-1-${ucr}`, ucr, to: arrivalTerminal, place } });
  await asTerminal(acceptHandover, { input: { requestId: `accept-1-${ucr}`, ucr, handover: 1 } });
  await asTerminal(offerHandover, { input: { requestId: `offer-2-${ucr}`, ucr, to: importer, place } });
  await asImporter(acceptHandover, { input: { requestId: `accept-2-${ucr}`, ucr, handover: 2 } });
}
