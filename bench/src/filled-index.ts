import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { encodeRecord, keys, readStatement, type StatementRecord } from '@passage/domain';
import { openIndex, openIndexer, type VerifiedBlock } from '@passage/gateway-api/indexing';

import type { BenchNetwork } from './bench-network.js';

const PER_BLOCK = 200;

const CHAINCODE = 'passage';

/** A transaction as the indexer takes it: what it called, and what it wrote. */
interface Filling {
  readonly call: { readonly command: string; readonly argument: string };
  readonly writes: readonly { readonly key: string; readonly value: Uint8Array }[];
}

/**
 * Lets the index of a stopped gateway hold statements that no ledger has: blocks behind its newest go straight into the gateway's
 * own indexer, one transaction of two hundred statements each, as if its verifier had passed them. So everything but the verification
 * of blocks is as it is with a chain of that length.
 *
 * @returns how many were added
 */
export async function fillIndex(
  network: BenchNetwork,
  organization: string,
  statements: Iterable<string>,
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

function* batches(statements: Iterable<string>): Generator<readonly string[]> {
  let batch: string[] = [];
  for (const statement of statements) {
    batch.push(statement);
    if (batch.length < PER_BLOCK) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function recording(statements: readonly string[]): Filling {
  const writes = statements.map((jws) => {
    const { header, statementId } = readStatement(jws);
    const record: StatementRecord = { v: 1, id: statementId.slice(statementId.indexOf(';') + 1) };
    return { key: keys.statement(header.kid, header.seq), value: encodeRecord(record) };
  });
  return { call: { command: 'RecordStatements', argument: JSON.stringify({ statements }) }, writes };
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
  };
}
