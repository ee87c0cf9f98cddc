import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { encodeRecord, keys, type StatementRecord } from '@passage/domain';
import { openIndex, openIndexer, type VerifiedBlock } from '@passage/gateway-api/indexing';

import type { BenchNetwork } from './bench-network.js';
import type { BenchStatement } from './statements.js';

/** Many, because what is written at once is written to fewer pages. */
const PER_BLOCK = 1000;

const CHAINCODE = 'passage';

/** A transaction as the indexer takes it: what it called, and what it wrote. */
interface Filling {
  readonly call: { readonly command: string; readonly argument: string };
  readonly writes: readonly { readonly key: string; readonly value: Uint8Array }[];
}

/**
 * Lets the index of a stopped gateway hold statements that no ledger has: blocks behind its newest go straight into the gateway's
 * own indexer, one transaction of a thousand statements each, as if its verifier had passed them and their devices' signatures. So
 * everything but the verification is as it is with a chain of that length.
 *
 * @returns how many were added
 */
export async function fillIndex(
  network: BenchNetwork,
  organization: string,
  statements: Iterable<BenchStatement>,
): Promise<number> {
  let added = 0;
  const index = await openIndex(join(network.dir, 'gateways', organization, 'index.sqlite'));
  try {
    const add = await adder(index);
    for (const batch of batches(statements)) {
      await add(recording(batch));
      added += batch.length;
    }
  } finally {
    await index.close();
  }
  return added;
}

/** Adds transactions to an open index, each as a block of its own behind its newest. */
export async function adder(
  index: Awaited<ReturnType<typeof openIndex>>,
): Promise<(filling: Filling) => Promise<void>> {
  let next: VerifiedBlock | undefined;
  const verifier = {
    checks: [],
    notChecked: [],
    verify: () => {
      if (next === undefined) throw new TypeError('there is no block');
      return next;
    },
  };
  const indexer = openIndexer(index, verifier, CHAINCODE);
  let number = (await indexer.head())?.number ?? -1;
  return async (filling) => {
    number += 1;
    next = blockOf(number, filling);
    await indexer.add(new Uint8Array());
  };
}

function* batches(statements: Iterable<BenchStatement>): Generator<readonly BenchStatement[]> {
  let batch: BenchStatement[] = [];
  for (const statement of statements) {
    batch.push(statement);
    if (batch.length < PER_BLOCK) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function recording(statements: readonly BenchStatement[]): Filling {
  const writes = statements.map(({ id, jws }) => {
    const { kid, seq } = headerOf(jws);
    const record: StatementRecord = { v: 1, id: id.slice(id.indexOf(';') + 1) };
    return { key: keys.statement(kid, seq), value: encodeRecord(record) };
  });
  const argument = JSON.stringify({ statements: statements.map(({ jws }) => jws) });
  return { call: { command: 'RecordStatements', argument }, writes };
}

/** The header of a compact JWS, which was made here. */
function headerOf(jws: string): { readonly kid: string; readonly seq: number } {
  const header = Buffer.from(jws.slice(0, jws.indexOf('.')), 'base64url').toString('utf8');
  return JSON.parse(header) as { kid: string; seq: number };
}

function blockOf(number: number, { call, writes }: Filling): VerifiedBlock {
  const hash = createHash('sha256').update(String(number)).digest('hex');
  return {
    number,
    headerHash: hash,
    previousHash: hash,
    dataHash: hash,
    checks: [],
    transactions: [
      {
        position: 0,
        transactionId: hash,
        code: 0,
        timestamp: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
        creator: { mspId: 'BusinessMSP' },
        call,
        writes,
      },
    ],
    updates: writes.map((write) => ({
      ...write,
      namespace: CHAINCODE,
      version: { block: number, tx: 0 },
    })),
    head: Buffer.from(hash),
    signedStatements: 'believed',
  };
}
