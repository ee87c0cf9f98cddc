import { inTurn } from './load.js';
import { progress } from './progress.js';
import type { ActingParty, Stage, Ways } from './stage.js';
import { enrolledParty, registeredDevice, statementsOf } from './statements.js';
import { wholeTrace } from './traced-shipment.js';

/** Who opened the shipments, and asks for their traces. */
export const OWNER: ActingParty = { party: 'BENCHIMPORTER', role: 'importer' };

/** Who has the goods, and whose devices see them. */
export const HOLDER: ActingParty = { party: 'BENCHHOLDER', role: 'warehouse' };

const PER_TRANSACTION = 50;
const IN_FLIGHT = 64;

/** A shipment by the number of its events. */
export function ucrOf(events: number, prefix = 'E'): string {
  return `6KR${OWNER.party}-${prefix}${String(events)}`;
}

const openShipment =
  'mutation ($input: OpenShipmentInput!) { openShipment(input: $input) { receipt { block } } }';

async function open(owner: Ways, ucr: string): Promise<void> {
  const input = {
    requestId: `open-${ucr}`,
    ucr,
    goods: [{ hs: '850760', hsEdition: '2022' }],
    origin: 'KR',
    departure: 'KR',
    transportMode: '1',
    parties: { importer: OWNER.party },
    custodian: HOLDER.party,
  };
  await owner.graphql(openShipment, { input });
}

/** Registers both parties, once for a network. */
export async function enrolledForTraces(stage: Stage): Promise<void> {
  for (const who of [OWNER, HOLDER]) await enrolledParty(stage, who);
}

/** Opens a shipment for each size. Returns the ways of who may ask for them. */
export async function openedShipments(
  stage: Stage,
  sizes: readonly number[],
  prefix?: string,
): Promise<Ways> {
  const owner = await stage.party(OWNER);
  for (const size of sizes) await open(owner, ucrOf(size, prefix));
  return owner;
}

/**
 * Writes the same events for each size twice: as statements of a shipment, fifty to a transaction, and one by one under one key
 * of the comparator. Then compares what both sides give, event for event.
 *
 * @throws Error where they differ
 */
export async function writtenBothWays(stage: Stage, sizes: readonly number[]): Promise<Ways> {
  const owner = await openedShipments(stage, sizes);
  const holder = await stage.party(HOLDER);
  for (const size of sizes) {
    progress(`trace: ${String(size)} events, written both ways`);
    const ucr = ucrOf(size);
    const device = await registeredDevice(stage, HOLDER, `trace-${String(size)}`);
    const events = statementsOf(device, size, 1, ucr).map(({ jws }) => jws);
    const batches = Array.from({ length: Math.ceil(size / PER_TRANSACTION) }, (_, part) =>
      events.slice(part * PER_TRANSACTION, (part + 1) * PER_TRANSACTION),
    );
    await inTurn(batches, 4, (statements) => holder.plain.submit('RecordStatements', { statements }));
    await inTurn(events, IN_FLIGHT, (value) => holder.plain.submit('StoreUnderOneKey', { key: ucr, value }));
    await compare(owner, ucr, events);
  }
  return owner;
}

/** What is sent at once is ordered as it comes, so both are compared as sets. */
async function compare({ graphql, plain }: Ways, ucr: string, events: readonly string[]): Promise<void> {
  const written = JSON.stringify([...events].sort());
  const stored = JSON.parse(await plain.evaluate('HistoryOfOneKey', { key: ucr })) as string[];
  if (JSON.stringify(stored.sort()) !== written) throw new Error(`the history of ${ucr} has other events`);
  if (JSON.stringify([...(await wholeTrace(graphql, ucr))].sort()) !== written)
    throw new Error(`the trace of ${ucr} has other events`);
}
