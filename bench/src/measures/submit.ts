import { closedLoop, type LoadResult } from '../load.js';
import { partyInput } from '../party-input.js';
import { CpuMeter, memoryOf } from '../process-usage.js';
import type { Measurement, Row } from '../report.js';
import type { Stage } from '../stage.js';
import { ratios, spread } from '../statistics.js';

/** One slice of load, one way. */
interface Slice extends LoadResult {
  /** Milliseconds of processor time per committed transaction, by process. */
  readonly cpu: ReadonlyMap<string, number>;
}

const registerParty =
  'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { receipt { block } } }';

async function slice(
  stage: Stage,
  clients: number,
  seconds: number,
  send: () => Promise<unknown>,
): Promise<Slice> {
  const meter = new CpuMeter(stage.network.dir);
  const load = await closedLoop(clients, seconds, send);
  const cpu = new Map([...meter.used()].map(([name, used]) => [name, (used * 1000) / load.done]));
  return { ...load, cpu };
}

/** Processor time of everything that takes part, three indexes that follow the chain included. */
const TOTAL = 'processor time: everything';

const figures: readonly (readonly [string, string, (one: Slice) => number])[] = [
  ['committed', 'transactions/s', (one) => one.perSecond],
  ['latency, median', 'ms', (one) => one.median],
  ['latency, 95 of 100', 'ms', (one) => one.p95],
  [TOTAL, 'ms/transaction', (one) => [...one.cpu.values()].reduce((sum, cpu) => sum + cpu, 0)],
  ['processor time: network', 'ms/transaction', (one) => one.cpu.get('network') ?? 0],
  ['processor time: chaincode', 'ms/transaction', (one) => one.cpu.get('chaincode') ?? 0],
  ['processor time: client (the load)', 'ms/transaction', (one) => one.cpu.get('client') ?? 0],
  ["processor time: business' gateway", 'ms/transaction', (one) => one.cpu.get('gateway-business') ?? 0],
  [
    "processor time: the others' gateways (index only)",
    'ms/transaction',
    (one) => (one.cpu.get('gateway-customs') ?? 0) + (one.cpu.get('gateway-port') ?? 0),
  ],
];

function rowsOf(ours: readonly Slice[], theirs: readonly Slice[]): Row[] {
  return figures.map(([what, unit, read]) => {
    const [own, other] = [ours.map(read), theirs.map(read)];
    const goal = what === TOTAL && { goal: { of: 'ratio', atMost: 1.1 } as const };
    return { what, unit, ours: spread(own), theirs: spread(other), ratio: ratios(own, other), ...goal };
  });
}

/** One party registered per transaction, through GraphQL and with the plain client by turns, at 1 and at 64 clients. */
export async function measureSubmit(stage: Stage, rounds: number, seconds: number): Promise<Measurement[]> {
  const { graphql, plain } = await stage.admin();
  let parties = 0;
  const next = (): object => partyInput('BENCH', parties++);
  const ways = {
    graphql: () => graphql(registerParty, { input: next() }),
    plain: () => plain.submit('RegisterParty', next()),
  };
  const memoryBefore = memoryOf(stage.network.dir);
  for (const send of Object.values(ways)) await slice(stage, 64, Math.min(seconds, 3), send);

  const measurements: Measurement[] = [];
  let transactions = 0;
  for (const clients of [1, 64]) {
    const taken: Record<keyof typeof ways, Slice[]> = { graphql: [], plain: [] };
    for (let round = 0; round < rounds; round++) {
      const turns = ['graphql', 'plain'] as const;
      for (const way of round % 2 === 0 ? turns : turns.toReversed()) {
        const one = await slice(stage, clients, seconds, ways[way]);
        taken[way].push(one);
        transactions += one.done;
      }
    }
    measurements.push({
      title: `One act per transaction, ${String(clients)} ${clients === 1 ? 'client' : 'clients'}`,
      ours: 'GraphQL, answered from a verified block',
      theirs: 'plain fabric-gateway client',
      rows: rowsOf(taken.graphql, taken.plain),
      notes: ['the same input, certificate and peer both ways; all three gateways follow the chain in both'],
    });
  }
  return [...measurements, memoryGrowth(memoryBefore, memoryOf(stage.network.dir), transactions)];
}

function memoryGrowth(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  transactions: number,
): Measurement {
  return {
    title: `Resident memory as the chain grows by ${String(transactions)} transactions and the warm-up's`,
    ours: 'after the load',
    theirs: 'before it',
    rows: [...after].map(([name, size]) => {
      const first = before.get(name) ?? Number.NaN;
      return {
        what: name,
        unit: 'MB',
        ours: spread([size]),
        theirs: spread([first]),
        ratio: spread([size / first]),
      };
    }),
    notes: [],
  };
}
