import { readFileSync } from 'node:fs';
import { AuditError, messageOf } from '../errors.js';

/** Transient inputs by transaction id: what endorsers saw and no block holds. */
export type Openings = ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;

/**
 * Reads a file of transient inputs: `{ "<transaction id>": { "<name>": "<base64>" } }`.
 *
 * @throws AuditError OPENINGS_UNUSABLE
 */
export function readOpenings(path: string): Openings {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return new Map(entriesOf(read).map(([txId, inputs]) => [txId, inputsOf(inputs)]));
  } catch (error) {
    throw new AuditError(
      'OPENINGS_UNUSABLE',
      `${path} holds no transient inputs (${messageOf(error)}): write it as docs/replay.md says of --openings`,
      { cause: error },
    );
  }
}

function inputsOf(value: unknown): ReadonlyMap<string, Uint8Array> {
  return new Map(
    entriesOf(value).map(([name, base64]) => {
      if (typeof base64 !== 'string') throw new Error(`${name} is no text`);
      return [name, Buffer.from(base64, 'base64')];
    }),
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new Error('an object is expected');
}
