import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

import { tableDigests } from './index-digest.js';

/** More checkpoints than this are not written, however long the ledger is. */
const MOST_CHECKPOINTS = 1024;

/**
 * What an index says that it holds, in a form that somebody else can compute from the ledger alone (docs/replay.md, "An index against
 * the ledger"): all of it but `tables`, which only another index of the same version has. Hashes are lower-case hex.
 */
export interface ExportedDigest {
  readonly format: 'passage-index-digest-1';
  readonly channel: string;
  readonly genesisHash: string;
  /** How many blocks it has read. */
  readonly height: number;
  /** Of its last block. */
  readonly headerHash: string;
  readonly commitHash: string;
  /** A checkpoint stands behind every so many blocks, and behind the last. */
  readonly every: number;
  /** SHA-256 over all lines up to there, of headers and of transactions' verdicts. */
  readonly checkpoints: readonly (readonly [headers: string, verdicts: string])[];
  /** The world state, by namespace and kind of record. */
  readonly state: Readonly<Record<string, { readonly keys: number; readonly sha256: string }>>;
  /** Every row of every table. */
  readonly tables: Readonly<Record<string, string>>;
}

/** Reads an index as it is at one moment, also while its gateway writes on; undefined where it has no block yet. */
export function exportDigest(path: string): ExportedDigest | undefined {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec('BEGIN');
    const row = database.prepare('SELECT head FROM head').get() as { readonly head: Uint8Array } | undefined;
    if (row === undefined) return undefined;
    const head = JSON.parse(Buffer.from(row.head).toString('utf8')) as Head;
    const every = Math.ceil(head.height / MOST_CHECKPOINTS);
    return {
      format: 'passage-index-digest-1',
      channel: head.channel,
      genesisHash: genesisHashIn(database),
      height: head.height,
      headerHash: head.headerHash,
      commitHash: head.commitHash,
      every,
      checkpoints: checkpointsIn(database, every),
      state: stateIn(database),
      tables: tableDigests(database),
    };
  } finally {
    database.close();
  }
}

interface Head {
  readonly channel: string;
  readonly height: number;
  readonly headerHash: string;
  readonly commitHash: string;
}

function genesisHashIn(database: DatabaseSync): string {
  const row = database.prepare('SELECT header_hash AS hash FROM block WHERE number = 0').get();
  return String(row?.hash);
}

function checkpointsIn(database: DatabaseSync, every: number): [string, string][] {
  const [headers, verdicts] = [createHash('sha256'), createHash('sha256')];
  const ofBlock = database.prepare(
    'SELECT transaction_id AS id, code FROM "transaction" WHERE block = ? ORDER BY position',
  );
  const found: [string, string][] = [];
  const note = (): number => found.push([headers.copy().digest('hex'), verdicts.copy().digest('hex')]);
  let sinceLast = 0;
  for (const row of database
    .prepare('SELECT number, header_hash AS hash FROM block ORDER BY number')
    .iterate()) {
    const number = Number(row.number);
    const transactions = ofBlock.all(number).map(({ id, code }) => [id, code]);
    headers.update(`${JSON.stringify([number, row.hash])}\n`);
    verdicts.update(`${JSON.stringify([number, transactions])}\n`);
    sinceLast = (number + 1) % every;
    if (sinceLast === 0) note();
  }
  if (sinceLast !== 0) note();
  return found;
}

interface StateRow {
  readonly namespace: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly block: number;
  readonly tx: number;
  readonly metadata: Uint8Array | null;
}

function stateIn(database: DatabaseSync): ExportedDigest['state'] {
  const parts = new Map<string, { keys: number; hash: ReturnType<typeof createHash> }>();
  const rows = database.prepare(
    'SELECT namespace, key, value, block, tx, metadata FROM state ORDER BY namespace, key',
  );
  for (const row of rows.iterate() as unknown as Iterable<StateRow>) {
    const key = Buffer.from(row.key).toString('utf8');
    const [kind = ''] = key.split('/');
    const name = `${row.namespace} ${kind}`;
    const part = parts.get(name) ?? { keys: 0, hash: createHash('sha256') };
    parts.set(name, part);
    part.keys += 1;
    const metadata = row.metadata === null ? null : base64(row.metadata);
    part.hash.update(`${JSON.stringify([key, row.block, row.tx, base64(row.value), metadata])}\n`);
  }
  return Object.fromEntries(
    [...parts].map(([name, { keys, hash }]) => [name, { keys, sha256: hash.digest('hex') }]),
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
