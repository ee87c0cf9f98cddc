import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeLongChains } from '../long-chain.js';
import { BATCHES, SINGLE_WRITES, writeChains, type ChainForm } from '../recorded-blocks.js';
import type { Measurement } from '../report.js';
import { measureGoingOn, measureGrowth } from './audit/growth.js';
import { measureHashLevel } from './audit/hash-level.js';
import { measureLedgerLevel } from './audit/ledger-level.js';

/** For level hash: so much that starting does not count, and so little that it does. */
const LONG_BYTES = 1_500_000_000;
const SHORT_BYTES = 100_000_000;

/** Parts of the longest chain: to see how cost grows, what starting takes, and what a run costs that goes on from one of them. */
const PARTS = [0.01, 0.1, 0.3, 1];

/** Says what is being done: some of it takes minutes. */
function tell(what: string): void {
  process.stderr.write(`${what}\n`);
}

/**
 * Replay of generated chains of plain writes, each with two endorsements: no network, and no statements of devices. The chains are made
 * once for all of it.
 */
export async function* measureAudit(rounds: number, transactions: number): AsyncGenerator<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'));
  try {
    tell(`making chains of up to ${String(transactions)} transactions`);
    const lengths = PARTS.map((part) => Math.ceil(transactions * part));
    const chains = writeChains(lengths, (length) => join(folder, `${String(length)}.bin`));
    const [small, tenth, third, whole] = chains;
    if (!small || !tenth || !third || !whole) throw new Error('no chains');
    tell(
      `level ledger, ${String(rounds)} rounds of replay, naive verifier (which takes a minute each) and OpenSSL`,
    );
    for (const measurement of measureLedgerLevel(whole, tenth, rounds)) yield measurement;
    tell('level hash');
    for (const form of [SINGLE_WRITES, BATCHES]) yield measureHashing(form, rounds, folder);
    tell('memory and time of longer chains');
    for (const threads of [1, 2] as const) yield measureGrowth([small, tenth, whole], threads, rounds);
    yield await Promise.resolve(measureGoingOn(whole, third, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measureHashing(form: ChainForm, rounds: number, folder: string): Measurement {
  const fileOf = (length: number): string => join(folder, `hash-${String(length)}.bin`);
  const [short, long] = writeLongChains([SHORT_BYTES, LONG_BYTES], fileOf, form);
  if (!short || !long) throw new Error('no chains');
  return measureHashLevel(long, short, rounds);
}
