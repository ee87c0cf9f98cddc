import { setTimeout as sleep } from 'node:timers/promises';

import { organizations } from '@passage/network-control';

import type { BareNetwork } from '../bare-network.js';
import { partyInput } from '../party-input.js';
import type { PlainClient } from '../plain-client.js';
import { processesOf } from '../process-usage.js';
import type { Measurement } from '../report.js';
import { spread } from '../statistics.js';

const CLIENTS = 32;

/** Load before the leader is killed and after writing has begun again, milliseconds. */
const AROUND_MS = 3000;

/** Writing has to be seen again within this time, milliseconds; otherwise there is no figure. */
const PATIENCE_MS = 60_000;

/** Port of an orderer's metrics, from the first port of its organisation. */
const OPERATIONS = 6;

/** What one death of a leader did. */
interface Failover {
  /** Seconds from the kill to the next commit. */
  readonly pause: number;
  readonly acknowledged: number;
  readonly lost: number;
}

/** The organisation whose orderer leads, as customs' orderer tells. */
async function leader({ network: { layout } }: BareNetwork): Promise<string> {
  const port = layout.port('customs', 'orderer') + OPERATIONS;
  const metrics = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
  const id = Number(/^consensus_BFT_leader_id\{.*\} (\d+)$/m.exec(metrics)?.[1]);
  const found = organizations[id - 1];
  if (found === undefined) throw new Error('no orderer leads');
  return found;
}

/** Registers parties until told to stop; what fails is sent again, as a client does that wants it done. */
class Writers {
  readonly acknowledged: { readonly partyId: string; readonly at: number }[] = [];
  readonly #client: PlainClient;
  readonly #name: string;
  readonly #all: Promise<unknown>;
  #next = 0;
  #ended = false;

  constructor(client: PlainClient, name: string) {
    this.#client = client;
    this.#name = name;
    this.#all = Promise.all(Array.from({ length: CLIENTS }, () => this.#write()));
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#all;
  }

  async #write(): Promise<void> {
    while (!this.#ended) {
      const input = partyInput(this.#name, this.#next++) as { readonly partyId: string };
      while (!(await this.#sent(input))) await sleep(100);
      this.acknowledged.push({ partyId: input.partyId, at: performance.now() });
    }
  }

  /** The request id makes a second sending harmless: the answer is that it is done. */
  async #sent(input: object): Promise<boolean> {
    try {
      await this.#client.submit('RegisterParty', input);
      return true;
    } catch {
      return false;
    }
  }
}

async function failover(fabric: BareNetwork, round: number): Promise<Failover> {
  const business = fabric.administrator('business');
  const name = `orderer-${await leader(fabric)}`;
  const pid = processesOf(fabric.network.dir).get(name);
  if (pid === undefined) throw new Error(`${name} does not run`);
  const writers = new Writers(business, `LEADER-${String(round)}`);
  await sleep(AROUND_MS);
  process.kill(pid, 'SIGKILL');
  const killed = performance.now();
  const pause = await pauseAfter(writers, killed);
  await sleep(AROUND_MS);
  await writers.end();
  const lost = await missing(business, writers);
  business.close();
  await fabric.start();
  return { pause, acknowledged: writers.acknowledged.length, lost };
}

/** Seconds until something that was sent when the leader was dead is committed: what was under way may still come first. */
async function pauseAfter({ acknowledged }: Writers, killed: number): Promise<number> {
  for (;;) {
    const behind = acknowledged.filter(({ at }) => at > killed);
    const found = behind[CLIENTS];
    if (found !== undefined) return longestGap(killed, behind);
    if (performance.now() - killed > PATIENCE_MS) throw new Error('writing did not begin again');
    await sleep(50);
  }
}

/** The longest time without a commit from the kill on, seconds. */
function longestGap(killed: number, acknowledged: readonly { readonly at: number }[]): number {
  const times = [killed, ...acknowledged.map(({ at }) => at)];
  return Math.max(...times.slice(1).map((at, before) => at - (times[before] ?? at))) / 1000;
}

async function missing(client: PlainClient, { acknowledged }: Writers): Promise<number> {
  let lost = 0;
  for (const { partyId } of acknowledged) {
    const found = await client.evaluate('GetParty', { partyId }).catch(() => '');
    if (!found.includes(partyId)) lost += 1;
  }
  return lost;
}

/** How long writing stops when the leading orderer is killed under load, and whether anything acknowledged is lost. */
export async function measureLeader(fabric: BareNetwork, rounds: number): Promise<Measurement[]> {
  const taken: Failover[] = [];
  for (let round = 0; round < rounds; round++) taken.push(await failover(fabric, round));
  const column = (name: keyof Failover): number[] => taken.map((one) => one[name]);
  return [
    {
      title: `The leading orderer is killed with ${String(CLIENTS)} writes in flight`,
      ours: 'this network',
      theirs: '',
      rows: [
        { what: 'no commit for', unit: 's', ours: spread(column('pause')), goal: { of: 'ours', atMost: 5 } },
        { what: 'acknowledged before and after', unit: '', ours: spread(column('acknowledged')) },
        {
          what: 'of these not on the ledger',
          unit: '',
          ours: spread(column('lost')),
          goal: { of: 'ours', atMost: 0 },
        },
      ],
      notes: ['the killed orderer is repaired before the next round'],
    },
  ];
}
