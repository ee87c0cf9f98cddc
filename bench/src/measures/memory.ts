import { setTimeout as sleep } from 'node:timers/promises';

import type { BenchNetwork } from '../bench-network.js';
import { fillIndex } from '../filled-index.js';
import { FollowerCrowd } from '../follower-crowd.js';
import { progress } from '../progress.js';
import { processesOf, residentMegabytes } from '../process-usage.js';
import type { Measurement, Row } from '../report.js';
import { Stage } from '../stage.js';
import { registeredDevice, statementsOf } from '../statements.js';
import { ratios, spread } from '../statistics.js';
import { timed, type Timed } from '../timed.js';
import { enrolledForTraces, HOLDER, openedShipments, OWNER, ucrOf } from '../trace-stage.js';
import { firstPage, LONGEST_PAGE } from '../traced-shipment.js';

const SHIPMENTS = 100;
const FOLLOWERS = 1_000;
const PREFIX = 'M';

/** Events of which every follower is told. */
const TOLD = 20;

const NEWEST =
  'query ($ucr: UCR!, $last: Int) { trace(ucr: $ucr, last: $last) { pageInfo { startCursor } } }';

interface Newest {
  readonly trace: { readonly pageInfo: { readonly startCursor: string } };
}

/** Resident memory of a gateway with so many events indexed and a thousand subscriptions open, while pages are asked for and events told. */
export async function measureMemory(
  network: BenchNetwork,
  seconds: number,
  events: number,
): Promise<Measurement[]> {
  const filled = await filledWith(network, events);
  process.env['PASSAGE_STREAMS_PER_CALLER'] = String(FOLLOWERS);
  process.env['PASSAGE_STREAMS'] = String(FOLLOWERS);
  progress('memory: pages, with no subscription');
  await network.start();
  const stage = new Stage(network);
  const graphql = await stage.gatewayOf({ admin: false, ...OWNER });
  const pid = processesOf(network.dir).get('gateway-business') ?? Number.NaN;
  let page = 0;
  const ask = () => firstPage(graphql, ucrOf(page++ % SHIPMENTS, PREFIX), LONGEST_PAGE);
  await timed(seconds / 4, 300, ask);
  const alone = await timed(seconds, 300, ask);
  const before = residentMegabytes(pid);

  const { url, token } = await stage.doorOf({ admin: false, ...OWNER });
  const newest = { ucr: ucrOf(SHIPMENTS - 1, PREFIX), last: TOLD + 1 };
  const { startCursor } = (await graphql<Newest>(NEWEST, newest)).trace.pageInfo;
  progress(`memory: ${String(FOLLOWERS)} subscriptions, and pages beside them`);
  const crowd = new FollowerCrowd();
  const peak = peakOf(pid);
  let idle: Timed;
  try {
    await crowd.open(url, token, FOLLOWERS, startCursor);
    while (crowd.told < (TOLD + 1) * FOLLOWERS) await sleep(20);
    idle = await timed(seconds, 300, ask);
  } finally {
    peak.stop();
    crowd.close();
  }
  const after = residentMegabytes(pid);
  const most = peak.stop();
  stage.close();
  return [
    {
      title: `A gateway with ${String(filled)} events indexed and ${String(FOLLOWERS)} subscriptions open`,
      ours: 'subscriptions open',
      theirs: 'none open',
      rows: [
        {
          what: 'resident memory',
          unit: 'MB',
          ours: spread([after]),
          theirs: spread([before]),
          ratio: spread([after / before]),
        },
        {
          what: 'resident memory, the most',
          unit: 'MB',
          ours: spread([most]),
          goal: { of: 'ours', atMost: 400 },
        },
        ...latencies(idle, alone),
      ],
      notes: [
        'events put straight into the index, as if their blocks had been verified',
        `pages of a hundred events of ${String(SHIPMENTS)} shipments by turns; every subscription was told of the newest ${String(TOLD)} events`,
      ],
    },
  ];
}

async function filledWith(network: BenchNetwork, events: number): Promise<number> {
  const stage = new Stage(network);
  await enrolledForTraces(stage);
  await openedShipments(
    stage,
    Array.from({ length: SHIPMENTS }, (_, number) => number),
    PREFIX,
  );
  const device = await registeredDevice(stage, HOLDER, 'fills-memory');
  stage.close();
  await network.stop();
  const each = Math.ceil(events / SHIPMENTS);
  let filled = 0;
  for (let number = 0; number < SHIPMENTS; number++) {
    const statements = statementsOf(device, each, 1, ucrOf(number, PREFIX));
    filled += await fillIndex(network, 'business', statements);
    if ((number + 1) % 10 === 0)
      progress(`memory: ${String(filled)} of ${String(events)} events in the index`);
  }
  return filled;
}

function latencies(ours: Timed, theirs: Timed): Row[] {
  const row = (what: string, read: (one: Timed) => number): Row => ({
    what,
    unit: 'ms',
    ours: spread([read(ours)]),
    theirs: spread([read(theirs)]),
    ratio: ratios([read(ours)], [read(theirs)]),
  });
  return [row('a page: median', ({ median }) => median), row('a page: 99 of 100', ({ p99 }) => p99)];
}

/** The most memory that a process has while it is watched. */
function peakOf(pid: number): { stop(): number } {
  let most = residentMegabytes(pid);
  const look = (): void => void (most = Math.max(most, residentMegabytes(pid)));
  const timer = setInterval(look, 50);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return most;
    },
  };
}
