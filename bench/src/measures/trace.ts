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

/** Slices in which a round's seconds are spent, none shorter than this one, in seconds. */
const SLICES = 8;
const SHORTEST = 1;

/**
 * Seconds that each side is asked for each page and history before anything is timed. Both have just started, and their engines
 * make code fast that has run for a while: in its first second a gateway takes twice the processor time for a page.
 */
const WARM_UP = 3;

/** Pages that are asked for before, at least: on a busy machine seconds are few. */
const WARM_PAGES = 1000;

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
  const turnsOf = ({ events, usual, longest, theirs }: Sizes) => {
    const ucr = ucrOf(events);
    const page = (first: number) => () => firstPage(owner.graphql, ucr, first);
    const history = async () =>
      JSON.parse(await owner.plain.evaluate('HistoryOfOneKey', { key: ucr })) as unknown;
    return [
      { ask: page(USUAL_PAGE), side: usual, warm: WARM_PAGES },
      { ask: page(LONGEST_PAGE), side: longest, warm: WARM_PAGES },
      { ask: history, side: theirs, warm: LEAST },
    ];
  };
  progress('trace: both sides get warm');
  for (const { ask, warm } of taken.flatMap(turnsOf)) await timed(WARM_UP, warm, ask);
  for (let round = 1; round <= rounds; round++) {
    progress(`trace: round ${String(round)} of ${String(rounds)}`);
    for (const turns of taken.map(turnsOf)) {
      for (const { ask, side } of round % 2 === 1 ? turns : turns.reverse())
        side.push(await slice(network, Math.max(SHORTEST, seconds / SLICES), ask));
    }
  }
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
      `both sides were asked for ${String(WARM_UP)} s of each before, and for ${String(SHORTEST)} s at least in each slice`,
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
