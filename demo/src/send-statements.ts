import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedStatement, Simulation } from '@passage/devices';
import type { Callers } from './callers.js';
import { type GraphQLClient, RefusedError } from './graphql-client.js';
import { inParallel } from './in-parallel.js';
import type { Directory } from './register.js';

/** What became of the statements that were sent. `refused` counts by code. */
export interface Tally {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
}

const perRequest = 100;

/** Between two questions about the same statements, in milliseconds: soon at first, then ever less often. */
const firstPause = 50;
const longestPause = 800;

const record = `mutation ($input: RecordStatementsInput!) {
  recordStatements(input: $input) { accepted { id } refused { index code message } }
}`;

interface Recorded {
  readonly recordStatements: {
    readonly accepted: readonly { readonly id: string }[];
    readonly refused: readonly { readonly index: number; readonly code: string; readonly message: string }[];
  };
}

/** Hands statements to a gateway; one that is full says so, and is asked again. */
export async function offer(
  gateway: GraphQLClient,
  statements: readonly string[],
): Promise<Recorded['recordStatements']> {
  const input = { requestId: 'demo', statements };
  for (;;) {
    try {
      return (await gateway<Recorded>(record, { input })).recordStatements;
    } catch (error) {
      if (!(error instanceof RefusedError) || error.code !== 'OVERLOADED') throw error;
      await sleep(firstPause);
    }
  }
}

interface Fate {
  readonly state: 'PENDING' | 'RECORDED' | 'REFUSED';
  readonly code: string | null;
}

/** What a gateway knows of statements, in the order of `ids`. */
async function ask(gateway: GraphQLClient, ids: readonly string[]): Promise<readonly (Fate | null)[]> {
  const fields = ids.map((id, i) => `s${String(i)}: statement(id: ${JSON.stringify(id)}) { state code }`);
  return Object.values(await gateway<Record<string, Fate | null>>(`query { ${fields.join(' ')} }`));
}

/** Waits until every statement is recorded or refused, and returns the codes of the refused ones. */
async function refusals(gateway: GraphQLClient, ids: readonly string[]): Promise<readonly string[]> {
  const codes: string[] = [];
  let pending = ids;
  for (let pause = firstPause; pending.length > 0; pause = Math.min(2 * pause, longestPause)) {
    await sleep(pause);
    const fates = await ask(gateway, pending);
    codes.push(...fates.flatMap((fate) => (fate?.state === 'REFUSED' ? [fate.code ?? 'UNKNOWN'] : [])));
    pending = pending.filter((_, i) => (fates[i] ?? { state: 'PENDING' }).state === 'PENDING');
  }
  return codes;
}

function count(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Adds up tallies. */
export function add(tallies: readonly Tally[]): Tally {
  const refused: Record<string, number> = {};
  for (const tally of tallies) {
    for (const [code, n] of Object.entries(tally.refused)) refused[code] = (refused[code] ?? 0) + n;
  }
  return {
    sent: tallies.reduce((sum, { sent }) => sum + sent, 0),
    accepted: tallies.reduce((sum, { accepted }) => sum + accepted, 0),
    refused,
  };
}

async function sendOne(gateway: GraphQLClient, statements: readonly SimulatedStatement[]): Promise<Tally> {
  const { accepted, refused } = await offer(
    gateway,
    statements.map(({ jws }) => jws),
  );
  const later = await refusals(
    gateway,
    accepted.map(({ id }) => id),
  );
  return {
    sent: statements.length,
    accepted: accepted.length - later.length,
    refused: count([...refused.map(({ code }) => code), ...later]),
  };
}

/**
 * Sends what the devices signed through the gateway of each device's owner, and waits until every statement is in a verified
 * block or refused.
 */
export async function sendStatements(
  callers: Callers,
  directory: Directory,
  simulation: Simulation,
): Promise<Tally> {
  const ownerOf = new Map(simulation.devices.map((device) => [device.kid, device.description.owner]));
  const byOwner = Map.groupBy(simulation.statements, ({ kid }) => ownerOf.get(kid) ?? '');
  const requests = [...byOwner].flatMap(([owner, statements]) => {
    const home = directory.get(owner);
    if (home === undefined) throw new Error(`nobody registered the owner ${owner}`);
    const gateway = callers.party(home.host, owner, home.role);
    const parts = Array.from({ length: Math.ceil(statements.length / perRequest) }, (_, part) =>
      statements.slice(part * perRequest, (part + 1) * perRequest),
    );
    return parts.map((part) => ({ gateway, part }));
  });
  return add(await inParallel(requests, 8, ({ gateway, part }) => sendOne(gateway, part)));
}
