import { setTimeout as sleep } from 'node:timers/promises';
import type { Callers } from './callers.js';
import { type GraphQLClient, RefusedError } from './graphql-client.js';
import { type Declaration, openShipmentInput, routeOf, ucrOf } from './declarations/index.js';

const openShipment =
  'mutation ($input: OpenShipmentInput!) { openShipment(input: $input) { receipt { block } } }';
const offerHandover =
  'mutation ($input: OfferHandoverInput!) { offerHandover(input: $input) { handover { number status } } }';
const acceptHandover =
  'mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { custody { custodian } } }';

/** What peers say that have not committed the block of the step before yet: each organisation has its own. */
const notYet: readonly string[] = [
  'SHIPMENT_UNKNOWN',
  'HANDOVER_UNKNOWN',
  'HANDOVER_OPEN',
  'NOT_CUSTODIAN',
  'ENDORSEMENT_MISMATCH',
];

const patienceMilliseconds = 20_000;

/** Carries out a step that rests on another organisation's, asking again while its peers are behind. */
async function follow(caller: GraphQLClient, mutation: string, input: object): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      await caller(mutation, { input });
      return;
    } catch (error) {
      const behind = error instanceof RefusedError && notYet.includes(error.code);
      if (!behind || performance.now() > deadline) throw error;
      await sleep(100);
    }
  }
}

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

  await follow(asCarrier, offerHandover, { requestId: `offer-1-${ucr}`, ucr, to: arrivalTerminal, place });
  await follow(asTerminal, acceptHandover, { requestId: `accept-1-${ucr}`, ucr, handover: 1 });
  await follow(asTerminal, offerHandover, { requestId: `offer-2-${ucr}`, ucr, to: importer, place });
  await follow(asImporter, acceptHandover, { requestId: `accept-2-${ucr}`, ucr, handover: 2 });
}
