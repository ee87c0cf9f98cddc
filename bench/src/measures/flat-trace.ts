import type { BenchNetwork } from '../bench-network.js';
import { fillIndex } from '../filled-index.js';
import { progress } from '../progress.js';
import { memoryOf } from '../process-usage.js';
import type { Measurement, Row } from '../report.js';
import { Stage } from '../stage.js';
import { registeredDevice, statementsOf } from '../statements.js';
import { ratios, spread } from '../statistics.js';
import { timed, type Timed } from '../timed.js';
import { HOLDER, openedShipments, OWNER, ucrOf } from '../trace-stage.js';
import { firstPage, LONGEST_PAGE } from '../traced-shipment.js';

/** Pages to time in a slice: enough for the one of a hundred. */
const LEAST = 300;

/** Events of the shipments: a full page at least, so that all pages are of one length; and ten. */
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
): Promise<Measurement[]> {
  const before = new Stage(network);
  await openedShipments(before, [10, ...SIZES], PREFIX);
  const device = await registeredDevice(before, HOLDER, 'fills-the-index');
  before.close();
  await network.stop();
  let filled = 0;
  for (const size of [10, ...SIZES]) {
    progress(`trace: ${String(size)} events into the index`);
    const statements = statementsOf(device, size, 1, ucrOf(size, PREFIX)).map(({ jws }) => jws);
    filled += await fillIndex(network, 'business', statements);
  }
  await network.start();
  const graphql = await new Stage(network).gatewayOf({ admin: false, ...OWNER });
  const taken = new Map([10, ...SIZES].map((size): [number, Timed[]] => [size, []]));
  for (let round = 0; round <= rounds; round++) {
    progress(`trace as it grows: round ${String(round)} of ${String(rounds)}`);
    for (const [size, slices] of taken) {
      const one = await timed(seconds / 8, LEAST, () =>
        firstPage(graphql, ucrOf(size, PREFIX), LONGEST_PAGE),
      );
      if (round > 0) slices.push(one);
    }
  }
  return [
    {
      title: 'First page of a trace as the history grows',
      ours: 'with so many events',
      theirs: 'with 10 (of a full page: with 100)',
      rows: [...SIZES.flatMap((size) => rowsOf(size, taken)), memoryRow(network, filled)],
      notes: [
        'events put straight into the index, as if their blocks had been verified; a page has 100 at most',
      ],
    },
  ];
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

/** A page of ten events is a tenth of a full one: for the promise it counts all the same. */
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
