import type { Callers } from './callers.js';
import type { GraphQLClient } from './graphql-client.js';
import { type Declaration, openShipmentInput, routeOf, ucrOf } from './declarations/index.js';

/** Carries out one act and returns the block that holds it; it rests on what is recorded up to `after`. */
async function carryOut(caller: GraphQLClient, act: string, input: object, after?: number): Promise<number> {
  const type = `${act.charAt(0).toUpperCase()}${act.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { act: ${act}(input: $input) { receipt { block } } }`;
  const done = await caller<{ act: { receipt: { block: number } } }>(mutation, { input }, after);
  return done.act.receipt.block;
}

/** The importer opens the shipment, with the carrier as first custodian. Returns the block that says so. */
export function open(callers: Callers, declaration: Declaration): Promise<number> {
  const asImporter = callers.party('business', declaration.importer, 'importer');
  return carryOut(asImporter, 'openShipment', openShipmentInput(declaration));
}

/**
 * The carrier hands the goods to the terminal at arrival, the terminal to the importer, each step after the block of the one
 * before. Like the opening's, every request id follows from the UCR, so that a second run changes nothing.
 */
export async function handOver(callers: Callers, declaration: Declaration, opened: number): Promise<void> {
  const { importer } = declaration;
  const { carrier, arrival, arrivalTerminal } = routeOf(declaration);
  const ucr = ucrOf(declaration);
  const asImporter = callers.party('business', importer, 'importer');
  const asCarrier = callers.party('business', carrier, 'carrier');
  const asTerminal = callers.party('port', arrivalTerminal, 'terminal_operator');
  const offer = (step: number, to: string) => ({
    requestId: `offer-${String(step)}-${ucr}`,
    ucr,
    to,
    place: arrival.code,
  });
  const accept = (handover: number) => ({ requestId: `accept-${String(handover)}-${ucr}`, ucr, handover });

  let block = await carryOut(asCarrier, 'offerHandover', offer(1, arrivalTerminal), opened);
  block = await carryOut(asTerminal, 'acceptHandover', accept(1), block);
  block = await carryOut(asTerminal, 'offerHandover', offer(2, importer), block);
  await carryOut(asImporter, 'acceptHandover', accept(2), block);
}
