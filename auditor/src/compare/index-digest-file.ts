import { readFile } from 'node:fs/promises';
import { AuditError, messageOf } from '../errors.js';

/** What an index says that it holds, as far as the ledger alone can confirm it (docs/replay.md). Hashes are lower-case hex. */
export interface IndexDigest {
  readonly channel: string;
  readonly genesisHash: string;
  /** How many blocks it has read. */
  readonly height: number;
  readonly headerHash: string;
  readonly commitHash: string;
  /** A checkpoint stands behind every so many blocks, and behind the last. */
  readonly every: number;
  readonly checkpoints: readonly (readonly [headers: string, verdicts: string])[];
  readonly state: Readonly<Record<string, StatePart>>;
}

/** One kind of record in the world state. */
export interface StatePart {
  readonly keys: number;
  readonly sha256: string;
}

const FORMAT = 'passage-index-digest-1';
const SECONDS = 30;

/** Reads the digest that a gateway exported, from a file or an address. @throws AuditError INDEX_UNUSABLE */
export async function readIndexDigest(place: string): Promise<IndexDigest> {
  const unusable = (why: string, cause?: unknown): AuditError =>
    new AuditError('INDEX_UNUSABLE', `${place} ${why}: give --index what passage index-digest has exported`, {
      cause,
    });
  let read: unknown;
  try {
    read = JSON.parse(await textOf(place));
  } catch (error) {
    throw unusable(`cannot be read (${messageOf(error)})`, error);
  }
  const why = whyUnusable(Object(read) as Record<string, unknown>);
  if (why !== undefined) throw unusable(why);
  return read as IndexDigest;
}

async function textOf(place: string): Promise<string> {
  if (!/^https?:/.test(place)) return readFile(place, 'utf8');
  const response = await fetch(place, { signal: AbortSignal.timeout(SECONDS * 1000) });
  if (!response.ok) throw new Error(`status ${String(response.status)}`);
  return response.text();
}

function whyUnusable(digest: Record<string, unknown>): string | undefined {
  const { format, channel, genesisHash, height, headerHash, commitHash, every, checkpoints, state } = digest;
  if (format !== FORMAT) return `is no digest of format ${FORMAT}`;
  for (const [name, hash] of Object.entries({ genesisHash, headerHash }))
    if (!isHash(hash)) return `has no ${name} of 64 lower-case hexadecimal digits`;
  for (const [name, text] of Object.entries({ channel, commitHash }))
    if (typeof text !== 'string') return `has no ${name}`;
  for (const [name, count] of Object.entries({ height, every }))
    if (!isCount(count) || count === 0) return `has no ${name} above 0`;
  if (!Array.isArray(checkpoints) || checkpoints.length !== Math.ceil(Number(height) / Number(every)))
    return 'has not as many checkpoints as its height asks for';
  if (!checkpoints.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isHash)))
    return 'has a checkpoint that is no pair of hashes';
  return whyNoState(state);
}

function whyNoState(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null) return 'has no state';
  const parts = Object.values(state).map((part) => Object(part) as Record<string, unknown>);
  return parts.every(({ keys, sha256 }) => isCount(keys) && isHash(sha256))
    ? undefined
    : 'has a part of the state without count and hash';
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
