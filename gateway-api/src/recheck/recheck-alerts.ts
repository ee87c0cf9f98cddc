import { signedHeaderOf } from '../sources/signed-header.js';
import type { LedgerAlert } from '../ledger-alerts/ledger-alert.js';
import type { RecheckedRow } from './row-difference.js';

/** The alert of a block that our own peer serves otherwise than it was verified, with its header where it has one. */
export function blockAltered(
  organization: string,
  block: number,
  reason: string,
  bytes: Uint8Array,
): LedgerAlert {
  const theirs = headerIn(bytes);
  return {
    kind: 'block_altered',
    block,
    organization,
    message: `block ${String(block)}, read again from our own peer, is not the one that was verified: ${reason}`,
    ...(theirs && { theirs }),
  };
}

/** The alert of rows that are not what their block gives: the first of them by name. */
export function rowsAltered(
  organization: string,
  block: number,
  [first, ...others]: readonly RecheckedRow[],
): LedgerAlert {
  const more = others.length === 0 ? '' : `, and ${String(others.length)} more`;
  const named = first === undefined ? '' : `: ${sentenceOf(first)}`;
  return {
    kind: 'index_altered',
    block,
    organization,
    message: `rows of this gateway's index are not what block ${String(block)} of our own peer gives${named}${more}`,
  };
}

/** One row that differs, in words. */
export function sentenceOf({ table, kind, key, columns }: RecheckedRow): string {
  const where = columns.length === 0 ? '' : ` in ${columns.join(', ')}`;
  return `${table} ${key} is ${kind}${where}`;
}

function headerIn(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return signedHeaderOf(bytes).signed;
  } catch {
    return undefined;
  }
}
