import { readFileSync } from 'node:fs';
import { AuditError, messageOf } from './errors.js';

const HASH = /^[0-9a-f]{64}$/;

/** The header hash of block 0 as somebody typed it: 64 hexadecimal digits, in lower case from here on. */
export function parseGenesisHash(text: string): string | undefined {
  const hash = text.toLowerCase();
  return HASH.test(hash) ? hash : undefined;
}

/**
 * The genesis hash in a trust file (docs/architecture.md, "Trust file"; schema network/schemas/trust.schema.json).
 *
 * @throws AuditError TRUST_UNUSABLE
 */
export function readTrustFile(path: string): string {
  const unusable = (why: string, cause?: unknown): AuditError =>
    new AuditError(
      'TRUST_UNUSABLE',
      `${path} ${why}: give --genesis HASH, or --trust FILE as starting the network wrote it`,
      { cause },
    );
  let trust: unknown;
  try {
    trust = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unusable(`cannot be read (${messageOf(error)})`, error);
  }
  const { format, genesisHash } = Object(trust) as Record<string, unknown>;
  if (format !== 'passage-trust-1') throw unusable('is no trust file of format passage-trust-1');
  if (typeof genesisHash !== 'string' || !HASH.test(genesisHash)) {
    throw unusable('has no genesisHash of 64 lower-case hexadecimal digits');
  }
  return genesisHash;
}
