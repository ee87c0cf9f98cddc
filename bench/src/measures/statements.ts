import { setTimeout as sleep } from 'node:timers/promises';

import type { GraphQL } from '../graphql-client.js';
import { inTurn } from '../load.js';
import { CpuMeter } from '../process-usage.js';
import type { Measurement, Row } from '../report.js';
import type { ActingParty, Stage, Ways } from '../stage.js';
import { type BenchStatement, enrolledParty, registeredDevice, statementsOf } from '../statements.js';
import { ratios, spread } from '../statistics.js';

const WHO: ActingParty = { party: 'BENCHWAREHOUSE', role: 'warehouse' };

/** How statements are sent: so many to a request, so many requests in flight, so many statements in all. */
interface Shape {
  readonly perRequest: number;
  readonly clients: number;
  readonly statements: number;
}

const shapes: readonly Shape[] = [
  { perRequest: 1, clients: 64, statements: 600 },
  { perRequest: 50, clients: 4, statements: 3000 },
];

/** What sending all statements of a run took, until the last of them was committed. */
interface Run {
  readonly perSecond: number;
  /** Milliseconds of processor time per statement, of all processes together. */
  readonly cpu: number;
  readonly gatewayCpu: number;
}

const record = `mutation ($input: RecordStatementsInput!) {
  recordStatements(input: $input) { accepted { id } refused { code message } }
}`;

interface Recorded {
  readonly recordStatements: {
    readonly refused: readonly { readonly code: string; readonly message: string }[];
  };
}

/** Hands one request to the gateway; whatever it refuses ends the measurement. */
async function offer(graphql: GraphQL, part: readonly BenchStatement[]): Promise<void> {
  const input = { requestId: 'bench', statements: part.map(({ jws }) => jws) };
  const [refused] = (await graphql<Recorded>(record, { input })).recordStatements.refused;
  if (refused !== undefined) throw new Error(`${refused.code}: ${refused.message}`);
}

/** Waits until the gateway's index holds every statement. */
async function allRecorded(graphql: GraphQL, statements: readonly BenchStatement[]): Promise<void> {
  for (let rest = statements; rest.length > 0;) {
    const asked = rest.slice(0, 100);
    const fields = asked.map(({ id }, i) => `s${String(i)}: statement(id: ${JSON.stringify(id)}) { state }`);
    const states = await graphql<Record<string, { state: string } | null>>(`{ ${fields.join(' ')} }`, {});
    const recorded = asked.filter((_, i) => states[`s${String(i)}`]?.state === 'RECORDED').length;
    if (recorded < asked.length) await sleep(100);
    else rest = rest.slice(asked.length);
  }
}

async function run(stage: Stage, ways: Ways, way: keyof Ways, shape: Shape, name: string): Promise<Run> {
  const statements = statementsOf(await registeredDevice(stage, WHO, name), shape.statements);
  const parts = Array.from({ length: shape.statements / shape.perRequest }, (_, part) =>
    statements.slice(part * shape.perRequest, (part + 1) * shape.perRequest),
  );
  const meter = new CpuMeter(stage.network.dir);
  const began = performance.now();
  if (way === 'graphql') {
    await inTurn(parts, shape.clients, (part) => offer(ways.graphql, part));
    await allRecorded(ways.graphql, statements);
  } else {
    await inTurn(parts, shape.clients, (part) =>
      ways.plain.submit('RecordStatements', { statements: part.map(({ jws }) => jws) }),
    );
  }
  const seconds = (performance.now() - began) / 1000;
  const used = meter.used();
  const total = [...used.values()].reduce((sum, one) => sum + one, 0);
  const per = 1000 / shape.statements;
  return {
    perSecond: shape.statements / seconds,
    cpu: total * per,
    gatewayCpu: (used.get('gateway-business') ?? 0) * per,
  };
}

const figures: readonly (readonly [string, string, (one: Run) => number])[] = [
  ['committed', 'statements/s', (one) => one.perSecond],
  ['processor time, all processes', 'ms/statement', (one) => one.cpu],
  ["processor time, business' gateway", 'ms/statement', (one) => one.gatewayCpu],
];

function rowsOf(ours: readonly Run[], theirs: readonly Run[]): Row[] {
  return figures.map(([what, unit, read]) => {
    const [own, other] = [ours.map(read), theirs.map(read)];
    return { what, unit, ours: spread(own), theirs: spread(other), ratio: ratios(own, other) };
  });
}

/** Signed statements through the gateway, which gathers them into transactions, and with the plain client as they come. */
export async function measureStatements(stage: Stage, rounds: number): Promise<Measurement[]> {
  await enrolledParty(stage, WHO);
  const ways = await stage.party(WHO);
  const measurements: Measurement[] = [];
  for (const shape of shapes) {
    const taken: Record<keyof Ways, Run[]> = { graphql: [], plain: [] };
    for (let round = 0; round < rounds; round++) {
      const turns = ['graphql', 'plain'] as const;
      for (const way of round % 2 === 0 ? turns : turns.toReversed()) {
        const name = `${way}-${String(shape.perRequest)}-${String(round)}`;
        taken[way].push(await run(stage, ways, way, shape, name));
      }
    }
    measurements.push({
      title: `Signed statements, ${String(shape.perRequest)} to a request, ${String(shape.clients)} requests in flight`,
      ours: 'GraphQL, until every statement is in a verified block',
      theirs: 'plain client, one transaction a request',
      rows: rowsOf(taken.graphql, taken.plain),
      notes: ['the same kind of statement, device key and submitting party both ways'],
    });
  }
  return measurements;
}
