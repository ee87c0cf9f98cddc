import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { BenchNetwork } from '../bench-network.js';
import type { GraphQL } from '../graphql-client.js';
import { closedLoop, openLoop } from '../load.js';
import { partyInput } from '../party-input.js';
import { progress } from '../progress.js';
import type { PlainClient } from '../plain-client.js';
import type { Measurement, Row } from '../report.js';
import { Stage } from '../stage.js';
import { registeredDevice, statementsOf } from '../statements.js';
import { percentile, spread } from '../statistics.js';
import { timed } from '../timed.js';
import { enrolledForTraces, HOLDER, openedShipments, OWNER, ucrOf } from '../trace-stage.js';
import { firstPage, USUAL_PAGE } from '../traced-shipment.js';

const PREFIX = 'L';
const EVENTS = 100;
const CLIENTS = 64;

/** The share of what the network can take at which the lag is measured. */
const LOAD = 0.8;

/** Clients that look how far the index is behind, each one transaction after the other. */
const PROBES = 4;

/** The worst of a hundred says little of fewer transactions than this; but nobody waits for them longer than so many slices. */
const [LEAST, MOST_SLICES] = [400, 10];

/** What the promise allows beyond one block interval, in milliseconds. */
const ALLOWED = 50;

const STATUS = '{ ledgerStatus { height indexedBlock } }';

interface Status {
  readonly ledgerStatus: { readonly height: number; readonly indexedBlock: number | null };
}

/** How far a gateway's index lags behind its peer at 80 % of the load, and how quickly it answers while it catches up with the chain. */
export async function measureLag(network: BenchNetwork, seconds: number): Promise<Measurement[]> {
  const stage = new Stage(network);
  await enrolledForTraces(stage);
  const owner = await openedShipments(stage, [EVENTS], PREFIX);
  const ucr = ucrOf(EVENTS, PREFIX);
  const device = await registeredDevice(stage, HOLDER, 'is-followed');
  const holder = await stage.party(HOLDER);
  const statements = statementsOf(device, EVENTS, 1, ucr).map(({ jws }) => jws);
  for (let from = 0; from < EVENTS; from += 50)
    await holder.plain.submit('RecordStatements', { statements: statements.slice(from, from + 50) });
  const { plain, graphql } = await stage.admin();
  const lag = await lagUnderLoad(plain, graphql, seconds);
  progress('lag: pages at rest');
  const page = () => firstPage(owner.graphql, ucr, USUAL_PAGE);
  await timed(seconds / 4, 300, page);
  const before = await timed(seconds, 300, page);
  const height = (await graphql<Status>(STATUS, {})).ledgerStatus.height;
  const during = await whileCatchingUp(network, stage, ucr, height);
  stage.close();
  return [lag, catchingUp(during, [before.median, before.p99], height)];
}

async function lagUnderLoad(plain: PlainClient, graphql: GraphQL, seconds: number): Promise<Measurement> {
  let parties = 0;
  const put = () => plain.submit('RegisterParty', partyInput('LAG', parties++));
  progress('lag: what the network can take');
  const { perSecond } = await closedLoop(CLIENTS, seconds, put);
  progress(`lag: ${perSecond.toFixed(0)} transactions a second; now ${String(LOAD * 100)} % of it`);
  let [over, sent] = [false, 0];
  // The clients that look are part of the load: at the most they send their share of what so many clients reach.
  const load = openLoop(perSecond * (LOAD - PROBES / CLIENTS), () => over, counted);
  function counted(): Promise<unknown> {
    sent += 1;
    return put();
  }
  const lags: number[] = [];
  const blocks: number[] = [];
  const began = performance.now();
  const passed = (): number => (performance.now() - began) / (seconds * 1000);
  const probe = async (): Promise<void> => {
    while (passed() < 2 || (lags.length < LEAST && passed() < MOST_SLICES)) {
      const block = await plain.commit('RegisterParty', partyInput('LAG', parties++));
      const committed = performance.now();
      await graphql(STATUS, {}, block);
      lags.push(performance.now() - committed);
      blocks.push(block);
    }
  };
  await Promise.all(Array.from({ length: PROBES }, probe));
  const took = (performance.now() - began) / 1000;
  const interval = (took * 1000) / Math.max(1, Math.max(...blocks) - Math.min(...blocks));
  const loaded = (sent + lags.length) / took / perSecond;
  over = true;
  await load;
  const row = (what: string, p: number): Row => ({
    what,
    unit: 'ms',
    ours: spread([percentile(lags, p)]),
    theirs: spread([interval + ALLOWED]),
    ratio: spread([percentile(lags, p) / (interval + ALLOWED)]),
    ...(p === 0.99 && { goal: { of: 'ratio', atMost: 1 } as const }),
  });
  return {
    title: `How far the index lags behind at ${String(LOAD * 100)} % of ${perSecond.toFixed(0)} transactions a second`,
    ours: 'from the commit until an answer has it',
    theirs: 'one block interval and 50 ms',
    rows: [row('median', 0.5), row('99 of 100', 0.99)],
    notes: [
      `${String(lags.length)} transactions by ${String(PROBES)} clients, beside the load and together with it ${(100 * loaded).toFixed(0)} %; the way of the question to the gateway and back counts`,
      `a block every ${interval.toFixed(0)} ms; the load is what ${String(CLIENTS)} plain clients reach, and comes at its time whatever became of what was before`,
    ],
  };
}

/** Milliseconds of first pages while the gateway, its index removed, verifies the chain from its beginning. */
async function whileCatchingUp(
  network: BenchNetwork,
  stage: Stage,
  ucr: string,
  height: number,
): Promise<readonly number[]> {
  progress(`lag: pages while the index catches up with ${String(height)} blocks`);
  await network.stop();
  for (const end of ['', '-wal', '-shm'])
    rmSync(join(network.dir, 'gateways', 'business', `index.sqlite${end}`), { force: true });
  const started = network.start();
  const graphql = await stage.gatewayOf({ admin: false, ...OWNER });
  const taken: number[] = [];
  for (;;) {
    const status = await graphql<Status>(STATUS, {}).catch(() => undefined);
    const indexed = status?.ledgerStatus.indexedBlock ?? -1;
    if (indexed >= height - 1) break;
    const sent = performance.now();
    const shown = await firstPage(graphql, ucr, USUAL_PAGE).catch(() => undefined);
    if (shown && (shown.trace?.edges.length ?? 0) === USUAL_PAGE) taken.push(performance.now() - sent);
    else await sleep(10);
  }
  await started;
  return taken;
}

function catchingUp(
  during: readonly number[],
  [median, p99]: readonly [number, number],
  height: number,
): Measurement {
  const row = (what: string, p: number, alone: number): Row => {
    const ours = during.length === 0 ? Number.NaN : percentile(during, p);
    return {
      what,
      unit: 'ms',
      ours: spread([ours]),
      theirs: spread([alone]),
      ratio: spread([ours / alone]),
      ...(p === 0.99 && { goal: { of: 'ratio', atMost: 2 } as const }),
    };
  };
  return {
    title: `First page of a trace while the index catches up with ${String(height)} blocks from the first`,
    ours: 'catching up',
    theirs: 'at rest',
    rows: [row('median', 0.5, median), row('99 of 100', 0.99, p99)],
    notes: [
      `${String(during.length)} pages; all blocks are verified again in the gateway's other thread, and all three gateways start at once`,
    ],
  };
}
