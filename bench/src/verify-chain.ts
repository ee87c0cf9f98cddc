import { readFileSync } from 'node:fs';

import { collectEarly, openRecorded, replay } from '@passage/auditor';

import { verifyNaively } from './naive-verifier.js';
import { mostResidentMegabytesOf } from './process-usage.js';
import { blocksIn } from './recorded-blocks.js';

/** How a chain is to be verified. */
export interface Verification {
  readonly file: string;
  readonly genesisHash: string;
  /** `naive` is the comparator. */
  readonly level: 'hash' | 'ledger' | 'naive';
  readonly threads: number;
  /** Folder where the state is kept from run to run. */
  readonly state?: string;
}

/** What a verification took and came to, of a process of its own. */
export interface VerificationCost {
  readonly transactions: number;
  /** Of all threads, from when the program was loaded; that of its threads counts. */
  readonly processorSeconds: number;
  readonly seconds: number;
  /** Of processor time, that it took until the program was loaded. */
  readonly startSeconds: number;
  /** The most that was resident at one time. */
  readonly megabytes: number;
}

async function verified({ file, genesisHash, level, threads, state }: Verification): Promise<number> {
  if (level === 'naive') return verifyNaively(blocksIn(file)).transactions;
  // As `passage replay` does.
  collectEarly();
  const kept = state === undefined ? {} : { state: { folder: state } };
  const report = await replay(openRecorded(file), { genesisHash, level, threads, ...kept });
  if (report.differences.length > 0) throw new Error('the replay found a difference: no figure');
  return report.transactions;
}

const secondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

/** A process of its own, so that its memory is that of the verification: `verify-chain.js JSON` prints its cost as JSON. */
const start = process.cpuUsage();
const began = performance.now();
const transactions = await verified(JSON.parse(process.argv[2] ?? '{}') as Verification);
const cost: VerificationCost = {
  transactions,
  processorSeconds: secondsOf(process.cpuUsage(start)),
  seconds: (performance.now() - began) / 1000,
  startSeconds: secondsOf(start),
  megabytes: mostResidentMegabytesOf(readFileSync('/proc/self/status', 'utf8')),
};
process.stdout.write(`${JSON.stringify(cost)}\n`);
