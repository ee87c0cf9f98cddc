import type { Callers } from './callers.js';
import type { GraphQLClient } from './graphql-client.js';
import { type Declaration, openShipmentInput, routeOf, ucrOf } from './declarations/index.js';

/** Carries out one act and returns the block that holds it; it rests on what is recorded up to `after`. */
export async function carryOut(
  caller: GraphQLClient,
  act: string,
  input: object,
  after?: number,
): Promise<number> {
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

/** What one step of a handover says; every request id follows from the UCR, so that a second run changes nothing. */
function steps(declaration: Declaration, handover: number) {
  const ucr = ucrOf(declaration);
  const place = routeOf(declaration).arrival.code;
  return {
    offer: (to: string) => ({ requestId: `offer-${String(handover)}-${ucr}`, ucr, to, place }),
    accept: { requestId: `accept-${String(handover)}-${ucr}`, ucr, handover },
  };
}

const terminalOf = (callers: Callers, declaration: Declaration): GraphQLClient =>
  callers.party('port', routeOf(declaration).arrivalTerminal, 'terminal_operator');

/**
 * The carrier hands the goods to the terminal where they arrive. Each step rests on the block of the one before.
 *
 * @returns the block in which they are the terminal's.
 */
export async function discharge(callers: Callers, declaration: Declaration, opened: number): Promise<number> {
  const { carrier, arrivalTerminal } = routeOf(declaration);
  const { offer, accept } = steps(declaration, 1);
  const asCarrier = callers.party('business', carrier, 'carrier');
  const offered = await carryOut(asCarrier, 'offerHandover', offer(arrivalTerminal), opened);
  return carryOut(terminalOf(callers, declaration), 'acceptHandover', accept, offered);
}

/** The terminal hands the goods to the importer, once they may leave. */
export async function deliver(callers: Callers, declaration: Declaration, after: number): Promise<void> {
  const { importer } = declaration;
  const { offer, accept } = steps(declaration, 2);
  const asImporter = callers.party('business', importer, 'importer');
  const offered = await carryOut(terminalOf(callers, declaration), 'offerHandover', offer(importer), after);
  await carryOut(asImporter, 'acceptHandover', accept, offered);
}
