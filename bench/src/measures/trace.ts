import type { BenchNetwork } from '../bench-network.js';
import { progress } from '../progress.js';
import { CpuMeter } from '../process-usage.js';
import type { Goal, Measurement, Row } from '../report.js';
import { Stage } from '../stage.js';
import { ratios, spread } from '../statistics.js';
import { timed, type Timed } from '../timed.js';
import { enrolledForTraces, OWNER, ucrOf, writtenBothWays } from '../trace-stage.js';
import { firstPage, LONGEST_PAGE, USUAL_PAGE } from '../traced-shipment.js';

/** How many times as fast as the comparator the first page has to be, by the number of events. */
const GOALS: readonly (readonly [events: number, times: number])[] = [
  [10, 8],
  [100, 8],
  [1000, 40],
  [10_000, 300],
];

/** The least that is asked in a slice: the comparator takes a while with many events. */
const LEAST = 5;

/** Slices in which a round's seconds are spent. */
const SLICES = 8;

/** One slice of a side, with the processor time of everything but the client, in milliseconds a query. */
interface Asked extends Timed {
  readonly cpu: number;
}

async function slice(network: BenchNetwork, seconds: number, ask: () => Promise<unknown>): Promise<Asked> {
  const meter = new CpuMeter(network.dir);
  const taken = await timed(seconds, LEAST, ask);
  const used = [...meter.used()].reduce((sum, [name, cpu]) => sum + (name === 'client' ? 0 : cpu), 0);
  return { ...taken, cpu: (used * 1000) / taken.asked };
}

interface Sizes {
  readonly events: number;
  /** Slices of a page as it is where nobody says how long, of the longest, and of the whole history. */
  readonly usual: Asked[];
  readonly longest: Asked[];
  readonly theirs: Asked[];
}

/**
 * The first page of a trace over HTTP beside Fabric's history of one key that holds the same events, read through evaluate; both
 * by one client, one question after the other.
 */
export async function measureTrace(
  network: BenchNetwork,
  rounds: number,
  seconds: number,
  most: number,
): Promise<Measurement[]> {
  const stage = new Stage(network);
  await enrolledForTraces(stage);
  const goals = GOALS.filter(([events]) => events <= most);
  const owner = await writtenBothWays(
    stage,
    goals.map(([events]) => events),
  );
  const taken: Sizes[] = goals.map(([events]) => ({
    ...{ events, usual: [], longest: [], theirs: [] },
  }));
  for (let round = 0; round <= rounds; round++) {
    progress(`trace: round ${String(round)} of ${String(rounds)}`);
    for (const { events, usual, longest, theirs } of taken) {
      const ucr = ucrOf(events);
      const page = (first: number) => () => firstPage(owner.graphql, ucr, first);
      const turns = [
        async () => usual.push(await slice(network, seconds / SLICES, page(USUAL_PAGE))),
        async () => longest.push(await slice(network, seconds / SLICES, page(LONGEST_PAGE))),
        async () =>
          theirs.push(
            await slice(
              network,
              seconds / SLICES,
              async () => JSON.parse(await owner.plain.evaluate('HistoryOfOneKey', { key: ucr })) as unknown,
            ),
          ),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
  }
  // The first round is the warm-up of both sides.
  for (const { usual, longest, theirs } of taken) [usual, longest, theirs].forEach((side) => side.shift());
  stage.close();
  return [table(network, taken, goals, 'usual'), table(network, taken, goals, 'longest')];
}

function table(
  network: BenchNetwork,
  taken: readonly Sizes[],
  goals: typeof GOALS,
  page: 'usual' | 'longest',
): Measurement {
  const size = page === 'usual' ? USUAL_PAGE : LONGEST_PAGE;
  return {
    title: `First page of a trace (${String(size)} events at most) as ${OWNER.party}, on ${network.kind === 'fabric' ? "Fabric's own programs" : 'the embedded network'}`,
    ours: 'GraphQL over HTTP',
    theirs: 'getHistoryForKey through evaluate',
    rows: taken.flatMap((sizes, place) => rowsOf(sizes, sizes[page], goals[place]?.[1] ?? 1)),
    notes: [
      'the same events both ways, compared before anything is timed; the comparator gives all of them at once',
      'both answers are read as JSON, as whoever asks for events has to',
      page === 'usual'
        ? 'what is answered where nobody says how long a page is to be'
        : 'the longest page that there is',
      "one client, one question after the other; processor time is that of all processes but the client's",
    ],
  };
}

function rowsOf({ events, theirs }: Sizes, ours: readonly Asked[], times: number): Row[] {
  const row = (what: string, unit: string, read: (one: Asked) => number, goal?: Goal): Row => ({
    what: `${String(events)} events: ${what}`,
    unit,
    ours: spread(ours.map(read)),
    theirs: spread(theirs.map(read)),
    ratio: ratios(ours.map(read), theirs.map(read)),
    ...(goal && { goal }),
  });
  return [
    row('median', 'ms', (one) => one.median, { of: 'ratio', atMost: Number((1 / times).toPrecision(3)) }),
    row('99 of 100', 'ms', (one) => one.p99),
    row('processor time', 'ms/query', (one) => one.cpu),
  ];
}
