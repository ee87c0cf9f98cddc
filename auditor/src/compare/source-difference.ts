import type { SignedHeader } from '../resume/signed-header.js';

/**
 * What sources may differ in, in the order in which it is looked for:
 * - height: a source has no such block, when it is asked a second time: it lags, or withholds it
 * - header: another block under the same number: a fork; nothing behind it is compared
 * - data: other transactions under the same header
 * - orderer-signatures: enough signatures of orderers here, too few there; which of them signed may differ from source to source
 * - flags: another verdict on a transaction, as the peers wrote it
 * - commit-hash: another hash over flags and state, as the peers wrote it
 * - metadata: other bytes elsewhere in the block's metadata
 * - state: other records in the world state, where an index is held against the ledger
 * - rules: all have the same block, and it is not in order: data hash, link, orderers' signatures, configuration
 */
export const SOURCE_DIFFERENCE_KINDS = [
  'height',
  'header',
  'data',
  'orderer-signatures',
  'flags',
  'commit-hash',
  'metadata',
  'state',
  'rules',
] as const;

export type SourceDifferenceKind = (typeof SOURCE_DIFFERENCE_KINDS)[number];

/** What some of the sources have. */
export interface SourceVersion {
  /** What the sources are called. */
  readonly sources: readonly string[];
  /** What they have, in words that stand behind "has". */
  readonly has: string;
  /** The header with its signatures, for others to check. */
  readonly header?: SignedHeader;
  /** MSP ids of the orderers whose signatures under it are good. */
  readonly signedBy?: readonly string[];
}

/** Where sources do not have the same. */
export interface SourceDifference {
  readonly block: number;
  /** Index of the transaction, where the difference is in one. */
  readonly transaction?: number;
  readonly kind: SourceDifferenceKind;
  /** Each thing that some of them have, that of the source which was named first in front. */
  readonly versions: readonly SourceVersion[];
}

/** A difference in one sentence. */
export function describeSourceDifference({ block, transaction, kind, versions }: SourceDifference): string {
  const place =
    transaction === undefined
      ? `block ${String(block)}`
      : `block ${String(block)}, transaction ${String(transaction)}`;
  return `${place}: ${kind}: ${versions.map(describeVersion).join('; ')}`;
}

export function describeVersion({ sources, has }: SourceVersion): string {
  return `${sources.join(' and ')} ${sources.length === 1 ? 'has' : 'have'} ${has}`;
}
