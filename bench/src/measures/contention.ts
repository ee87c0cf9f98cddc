import { CommitError } from '@hyperledger/fabric-gateway';

import { CpuMeter } from '../process-usage.js';
import type { Measurement } from '../report.js';
import type { ActingParty, Stage, Ways } from '../stage.js';
import { type BenchStatement, enrolledParty, registeredDevice, statementsOf } from '../statements.js';
import { ratios, spread } from '../statistics.js';

const WHO: ActingParty = { party: 'BENCHWRITERS', role: 'warehouse' };
const WRITERS = 64;
const UCR = '6KRBENCHWRITERS-1';
/** As many as the fastest machine sends in a second, several times over: what is left over was signed for nothing. */
const SIGNED_A_SECOND = 150;
const PER_BATCH = 50;

/** Fabric's code for a transaction that read what another has changed since (peer.TxValidationCode). */
const MVCC_READ_CONFLICT = 11;

/** What 64 writers came to. */
interface Writing {
  readonly events: number;
  readonly perSecond: number;
  /** Share of the transactions that were ordered in vain, from 0 to 1. */
  readonly conflicts: number;
  /** Milliseconds of processor time per event, of all processes. */
  readonly cpu: number;
}

/** Each writer sends its next transaction when the last is decided; a conflict counts as one that was sent in vain. */
async function write(
  dir: string,
  seconds: number,
  events: number,
  send: () => Promise<boolean>,
): Promise<Writing> {
  const meter = new CpuMeter(dir);
  const began = performance.now();
  let [done, conflicts] = [0, 0];
  const writer = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1000 && (await send())) done += 1;
  };
  const persistent = async (): Promise<void> => {
    while (performance.now() - began < seconds * 1000) {
      try {
        await writer();
        return;
      } catch (error) {
        if (!(error instanceof CommitError) || error.code !== MVCC_READ_CONFLICT) throw error;
        conflicts += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, persistent));
  const elapsed = (performance.now() - began) / 1000;
  const used = [...meter.used().values()].reduce((sum, one) => sum + one, 0);
  return {
    events: done * events,
    perSecond: (done * events) / elapsed,
    conflicts: conflicts / (done + conflicts),
    cpu: (used * 1000) / (done * events),
  };
}

/** Sends statements, so many to a transaction; false when there are none left. */
function sender(plain: Ways['plain'], statements: readonly BenchStatement[], size: number) {
  let next = 0;
  return async (): Promise<boolean> => {
    const part = statements.slice(next, (next += size));
    if (part.length < size) return false;
    await plain.submit('RecordStatements', { statements: part.map(({ jws }) => jws) });
    return true;
  };
}

/** 64 writers who write about one thing: events of one shipment by one device, and one record that all change. */
export async function measureContention(
  stage: Stage,
  rounds: number,
  seconds: number,
): Promise<Measurement[]> {
  await enrolledParty(stage, WHO);
  const { plain } = await stage.party(WHO);
  const { plain: admin } = await stage.admin();
  const { dir } = stage.network;
  const observe = async (name: string, size: number): Promise<Writing> => {
    const count = SIGNED_A_SECOND * seconds * (size === 1 ? 1 : 8);
    const statements = statementsOf(await registeredDevice(stage, WHO, name), count, 1, UCR);
    return write(dir, seconds, size, sender(plain, statements, size));
  };
  let updates = 0;
  const change = (round: number): Promise<Writing> =>
    write(dir, seconds, 1, async () => {
      const requestId = `change-${String(round)}-${String(updates++)}`;
      await admin.submit('UpdateParty', { requestId, partyId: WHO.party, name: requestId });
      return true;
    });
  const taken: { one: Writing; batches: Writing; changes: Writing }[] = [];
  for (let round = 0; round < rounds; round++) {
    taken.push({
      one: await observe(`one-${String(round)}`, 1),
      changes: await change(round),
      batches: await observe(`batches-${String(round)}`, PER_BATCH),
    });
  }
  const [one, batches, changes] = [
    taken.map((round) => round.one),
    taken.map((round) => round.batches),
    taken.map((round) => round.changes),
  ];
  return [
    compared(
      `${String(WRITERS)} writers on one shipment, by one device, a statement to a transaction`,
      ['statements of one shipment', one],
      ['read-modify-write of one record (UpdateParty)', changes],
    ),
    compared(
      `${String(WRITERS)} writers on one shipment, in batches`,
      [`${String(PER_BATCH)} statements to a transaction`, batches],
      ['one statement to a transaction', one],
    ),
  ];
}

const figures: readonly (readonly [string, string, (one: Writing) => number])[] = [
  ['committed', 'events/s', (one) => one.perSecond],
  ['ordered in vain (MVCC_READ_CONFLICT)', '% of transactions', (one) => one.conflicts * 100],
  ['processor time, all processes', 'ms/event', (one) => one.cpu],
];

function compared(
  title: string,
  [ours, own]: readonly [string, readonly Writing[]],
  [theirs, other]: readonly [string, readonly Writing[]],
): Measurement {
  return {
    title,
    ours,
    theirs,
    rows: figures.map(([what, unit, read]) => {
      const [left, right] = [own.map(read), other.map(read)];
      return {
        what,
        unit,
        ours: spread(left),
        theirs: spread(right),
        ...(unit.startsWith('%') ? {} : { ratio: ratios(left, right) }),
      };
    }),
    notes: ['the plain client both ways; gateways follow the chain'],
  };
}
