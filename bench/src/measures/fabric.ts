import { BareNetwork } from '../bare-network.js';
import { closedLoop, type LoadResult } from '../load.js';
import { microsecondsOfVerification } from '../machine.js';
import { CpuMeter } from '../process-usage.js';
import type { Goal, Measurement, Row } from '../report.js';
import { ratios, ratiosTo, recorded, spread } from '../statistics.js';
import { measureLeader } from './leader.js';

/** Requests in flight: as many as the recorded figures were taken with. */
const CLIENTS = 128;

/** One slice of load, with milliseconds of processor time per committed transaction by kind of process. */
interface Slice extends LoadResult {
  readonly network: number;
  readonly orderers: number;
  readonly peers: number;
  readonly chaincode: number;
  readonly client: number;
}

async function slice(bare: BareNetwork, seconds: number): Promise<Slice> {
  const business = bare.administrator('business');
  const meter = new CpuMeter(bare.network.dir);
  const load = await closedLoop(CLIENTS, seconds, () => business.submit('RegisterParty', bare.nextParty()));
  const used = meter.used();
  business.close();
  const per = (prefix: string): number =>
    [...used].reduce((sum, [name, cpu]) => sum + (name.startsWith(prefix) ? cpu : 0), 0) * (1000 / load.done);
  const [orderers, peers] = [per('orderer'), per('peer')];
  const network = per('network') + orderers + peers;
  return { ...load, network, orderers, peers, chaincode: per('chaincode'), client: per('client') };
}

interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly read: (one: Slice) => number;
  readonly goal?: Goal;
}

const compared: readonly Figure[] = [
  {
    what: 'committed',
    unit: 'transactions/s',
    read: (one) => one.perSecond,
    goal: { of: 'ratio', atLeast: 2.5 },
  },
  { what: 'latency, median', unit: 'ms', read: (one) => one.median },
  {
    what: 'processor time: network (peers and orderers)',
    unit: 'ms/transaction',
    read: (one) => one.network,
    goal: { of: 'ratio', atMost: 0.2 },
  },
  { what: 'processor time: chaincode', unit: 'ms/transaction', read: (one) => one.chaincode },
  { what: 'processor time: client', unit: 'ms/transaction', read: (one) => one.client },
];

/** What the same put took on the worked example that the design started from: ms of processor time a transaction. */
const RECORDED: readonly (readonly [string, (one: Slice) => number, number])[] = [
  ['orderers', (one) => one.orderers, 15.1],
  ['peers', (one) => one.peers, 25.3],
  ['chaincode', (one) => one.chaincode, 6.2],
  ['client', (one) => one.client, 7.4],
];

/** A P-256 signature checked in Node on the machine of the recorded figures, microseconds. */
const RECORDED_VERIFICATION = 172;

/**
 * The embedded process beside peers and orderers of Fabric's own, in turns on one machine: the same client, chaincode and
 * load. Then what Fabric's processes use, and how long writing stops when the leading orderer dies.
 */
export async function measureFabric(
  rounds: number,
  seconds: number,
  basePort: number,
): Promise<Measurement[]> {
  const embedded = new BareNetwork({ basePort, network: 'embedded' });
  const fabric = new BareNetwork({ basePort: basePort + 100, network: 'fabric' });
  const both = { embedded, fabric };
  const taken: Record<keyof typeof both, Slice[]> = { embedded: [], fabric: [] };
  try {
    for (const one of [embedded, fabric]) {
      await one.start();
      await one.initialise();
      await slice(one, Math.min(seconds, 3));
    }
    for (let round = 0; round < rounds; round++) {
      const turns = ['embedded', 'fabric'] as const;
      for (const which of round % 2 === 0 ? turns : turns.toReversed())
        taken[which].push(await slice(both[which], seconds));
    }
    await embedded.network.stop();
    return [
      comparison(taken.embedded, taken.fabric),
      againstRecorded(taken.fabric),
      ...(await measureLeader(fabric, rounds)),
    ];
  } finally {
    await embedded.network.remove();
    await fabric.network.remove();
  }
}

function comparison(ours: readonly Slice[], theirs: readonly Slice[]): Measurement {
  return {
    title: `Put (registerParty) with ${String(CLIENTS)} in flight through business' peer, no gateways of ours`,
    ours: 'embedded process',
    theirs: 'four peers and four BFT orderers of Fabric',
    rows: compared.map(({ what, unit, read, goal }): Row => {
      const [own, other] = [ours.map(read), theirs.map(read)];
      return {
        what,
        unit,
        ours: spread(own),
        theirs: spread(other),
        ratio: ratios(own, other),
        ...(goal && { goal }),
      };
    }),
    notes: [
      'both networks stand while one works; one chaincode process for the embedded network, four for Fabric',
    ],
  };
}

function againstRecorded(slices: readonly Slice[]): Measurement {
  return {
    title: "Fabric's processes: processor time for a put",
    ours: 'this network',
    theirs: 'worked example, as recorded',
    rows: RECORDED.map(([what, read, milliseconds]) => {
      const [own, theirs] = [slices.map(read), recorded(milliseconds)];
      return {
        what,
        unit: 'ms/transaction',
        ours: spread(own),
        theirs,
        ratio: ratiosTo(own, theirs),
        ...((what === 'orderers' || what === 'peers') && { goal: { of: 'ratio', atMost: 1 } as const }),
      };
    }),
    notes: [
      `a P-256 signature is checked in ${microsecondsOfVerification().toFixed(0)} µs here, in ${String(RECORDED_VERIFICATION)} µs where the figures were recorded`,
      'recorded with three endorsements of four, here two of three',
    ],
  };
}
