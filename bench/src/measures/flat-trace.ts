import type { BenchNetwork } from '../bench-network.js';
import { fillIndex } from '../filled-index.js';
import { progress } from '../progress.js';
import { memoryOf } from '../process-usage.js';
import type { Measurement, Row } from '../report.js';
import { Stage } from '../stage.js';
import { registeredDevice, statementsOf } from '../statements.js';
import { ratios, spread } from '../statistics.js';
import { timed, type Timed } from '../timed.js';
import { enrolledForTraces, HOLDER, openedShipments, OWNER, ucrOf } from '../trace-stage.js';
import { firstPage, LONGEST_PAGE, USUAL_PAGE } from '../traced-shipment.js';

/** Pages to time in a slice: enough for the one of a hundred. */
const LEAST = 300;

/** Seconds of a slice, at least; and for which each page is asked for before anything is timed. */
const SHORTEST = 1;
const WARM_UP = 3;

/** Events of the shipments, besides ten: a full page at least. */
const SIZES = [100, 1000, 10_000, 100_000];

const PREFIX = 'F';

/**
 * The first page of a trace as the shipment's history grows, from the same gateway by turns. The events go straight into the
 * gateway's index (fillIndex): a ledger of this length would say nothing else, and takes hours.
 */
export async function measureFlatTrace(
  network: BenchNetwork,
  rounds: number,
  seconds: number,
  most: number,
): Promise<Measurement[]> {
  const sizes = SIZES.filter((size) => size <= most);
  const before = new Stage(network);
  await enrolledForTraces(before);
  await openedShipments(before, [10, ...sizes], PREFIX);
  const device = await registeredDevice(before, HOLDER, 'fills-the-index');
  before.close();
  await network.stop();
  let filled = 0;
  for (const size of [10, ...sizes]) {
    progress(`trace: ${String(size)} events into the index`);
    const statements = statementsOf(device, size, 1, ucrOf(size, PREFIX));
    filled += await fillIndex(network, 'business', statements);
  }
  await network.start();
  const graphql = await new Stage(network).gatewayOf({ admin: false, ...OWNER });
  const pages = [USUAL_PAGE, LONGEST_PAGE].map((first) => ({ first, taken: newSlices(sizes) }));
  for (const { first, taken } of pages) {
    progress(`trace as it grows: pages of ${String(first)}`);
    const ask = (size: number) => () => firstPage(graphql, ucrOf(size, PREFIX), first);
    for (const size of taken.keys()) await timed(WARM_UP, LEAST, ask(size));
    for (let round = 0; round < rounds; round++)
      for (const [size, slices] of taken)
        slices.push(await timed(Math.max(SHORTEST, seconds / 8), LEAST, ask(size)));
  }
  const memory = memoryRow(network, filled);
  return pages.map(({ first, taken }) => ({
    title: `First page of a trace (${String(first)} events at most) as the history grows`,
    ours: 'with so many events',
    theirs: 'with 10, or with 100, which fill a page',
    rows: [...sizes.flatMap((size) => rowsOf(size, taken)), ...(first === LONGEST_PAGE ? [memory] : [])],
    notes: [
      'events put straight into the index of a gateway on the embedded network, as if their blocks had been verified',
    ],
  }));
}

function newSlices(sizes: readonly number[]): Map<number, Timed[]> {
  return new Map([10, ...sizes].map((size) => [size, []]));
}

/** What the gateway has in memory behind all this, its index on disk. */
function memoryRow(network: BenchNetwork, events: number): Row {
  return {
    what: `resident memory of the gateway, ${String(events)} events`,
    unit: 'MB',
    ours: spread([memoryOf(network.dir).get('gateway-business') ?? Number.NaN]),
    goal: { of: 'ours', atMost: 400 },
  };
}

/** A page of ten events is half of a full one, or a tenth: for the promise it counts all the same. */
function rowsOf(size: number, taken: ReadonlyMap<number, readonly Timed[]>): Row[] {
  const ours = taken.get(size) ?? [];
  const row = (what: string, than: number, read: (one: Timed) => number, goal: boolean): Row => {
    const theirs = taken.get(than) ?? [];
    return {
      what: `${String(size)} events: ${what}`,
      unit: 'ms',
      ours: spread(ours.map(read)),
      theirs: spread(theirs.map(read)),
      ratio: ratios(ours.map(read), theirs.map(read)),
      ...(goal && { goal: { of: 'ratio', atMost: 2 } as const }),
    };
  };
  return [
    row('99 of 100, beside 10 events', 10, ({ p99 }) => p99, true),
    ...(size === 100 ? [] : [row('99 of 100, beside 100 events', 100, ({ p99 }) => p99, false)]),
    row('median, beside 100 events', 100, ({ median }) => median, false),
  ];
}
