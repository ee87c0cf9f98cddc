import { createHash } from 'node:crypto';

import { openSnapshot } from './index-database.js';
import { tableDigests } from './index-digest.js';
import { eachRow } from './index-snapshot.js';
import type { IndexSnapshot } from './index-snapshot.js';

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
export async function exportDigest(place: string): Promise<ExportedDigest | undefined> {
  const snapshot = await openSnapshot(place);
  try {
    const head = await headIn(snapshot);
    if (head === undefined) return undefined;
    const every = Math.ceil(head.height / MOST_CHECKPOINTS);
    return {
      format: 'passage-index-digest-1',
      channel: head.channel,
      genesisHash: await genesisHashIn(snapshot),
      height: head.height,
      headerHash: head.headerHash,
      commitHash: head.commitHash,
      every,
      checkpoints: await checkpointsIn(snapshot, every),
      state: await stateIn(snapshot),
      tables: await tableDigests(snapshot),
    };
  } finally {
    await snapshot.close();
  }
}

interface Head {
  readonly channel: string;
  readonly height: number;
  readonly headerHash: string;
  readonly commitHash: string;
}

async function headIn(snapshot: IndexSnapshot): Promise<Head | undefined> {
  for await (const { head } of eachRow(snapshot, 'head', ['id']))
    return JSON.parse(Buffer.from(head as Uint8Array).toString('utf8')) as Head;
  return undefined;
}

async function genesisHashIn(snapshot: IndexSnapshot): Promise<string> {
  for await (const { header_hash } of eachRow(snapshot, 'block', ['number'])) return String(header_hash);
  return '';
}

async function checkpointsIn(snapshot: IndexSnapshot, every: number): Promise<[string, string][]> {
  const [headers, verdicts] = [createHash('sha256'), createHash('sha256')];
  const found: [string, string][] = [];
  const note = (): number => found.push([headers.copy().digest('hex'), verdicts.copy().digest('hex')]);
  const transactions = eachRow(snapshot, 'transaction', ['block', 'position']);
  let next = await transactions.next();
  let sinceLast = 0;
  for await (const { number, header_hash } of eachRow(snapshot, 'block', ['number'])) {
    const ended: unknown[] = [];
    for (; next.done !== true && next.value['block'] === number; next = await transactions.next())
      ended.push([next.value['transaction_id'], next.value['code']]);
    headers.update(`${JSON.stringify([number, header_hash])}\n`);
    verdicts.update(`${JSON.stringify([number, ended])}\n`);
    sinceLast = (Number(number) + 1) % every;
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

async function stateIn(snapshot: IndexSnapshot): Promise<ExportedDigest['state']> {
  const parts = new Map<string, { keys: number; hash: ReturnType<typeof createHash> }>();
  for await (const stored of eachRow(snapshot, 'state', ['namespace', 'key'])) {
    const row = stored as unknown as StateRow;
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
