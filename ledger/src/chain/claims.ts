import { decode, equalBytes, toHex } from '../codec/index.js';
import { recover } from '../errors.js';
import { BlockMetadataIndex, Metadata } from '../proto/index.js';
import { codeName } from '../validation/index.js';
import { checkOfCode } from './difference.js';
import type { RawBlock } from '../block/index.js';
import type { BlockVerdict } from '../validation/index.js';
import type { Difference } from './difference.js';

/** What a peer wrote into a block after judging it. Nobody signed it; blocks from orderers have none of it. */
export interface Claims {
  readonly flags?: Uint8Array;
  readonly commitHash?: Uint8Array;
}

export function readClaims({ metadata }: RawBlock): Claims {
  const flags = metadata[BlockMetadataIndex.TRANSACTIONS_FILTER];
  const commitHash = recover(
    () => decode(Metadata, metadata[BlockMetadataIndex.COMMIT_HASH] ?? new Uint8Array()).value,
    () => new Uint8Array(1), // there is something, and it is no hash
  );
  return {
    ...(flags !== undefined && flags.length > 0 && { flags }),
    ...(commitHash.length > 0 && { commitHash }),
  };
}

/** Where a peer's verdict on a block is not ours. `expected` is what the rules give, `found` what the block says. */
export function compareClaims(block: number, claims: Claims, verdict: BlockVerdict): Difference[] {
  return [...compareFlags(block, claims, verdict), ...compareCommitHash(block, claims, verdict)];
}

function compareFlags(block: number, { flags }: Claims, verdict: BlockVerdict): Difference[] {
  if (flags === undefined) return [];
  const { transactions } = verdict;
  if (flags.length !== transactions.length) {
    return [
      { block, check: 'form', expected: `${transactions.length} flags`, found: `${flags.length} flags` },
    ];
  }
  return transactions.flatMap(({ index, code, reason }) => {
    const found = flags[index] ?? 0;
    if (found === code) return [];
    const check = checkOfCode(code) ?? checkOfCode(found) ?? 'form';
    const expected = reason === undefined ? codeName(code) : `${codeName(code)} (${reason})`;
    return { block, transaction: index, check, expected, found: codeName(found) };
  });
}

function compareCommitHash(
  block: number,
  { commitHash: found }: Claims,
  verdict: BlockVerdict,
): Difference[] {
  if (found === undefined || equalBytes(found, verdict.commitHash)) return [];
  return [
    { block, check: 'commit-hash', expected: toHex(verdict.commitHash) || 'none', found: toHex(found) },
  ];
}
