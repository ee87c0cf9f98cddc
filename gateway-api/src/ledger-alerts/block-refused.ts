import type { RefusedBlock } from '../index/follower.js';
import { signedHeaderOf } from '../sources/signed-header.js';
import type { LedgerAlert } from './ledger-alert.js';

/** The alert of a block that fails a check, with its header where it has one. */
export function blockRefusedAlert(
  organization: string,
  { block, check, message, bytes }: RefusedBlock,
): LedgerAlert {
  const theirs = headerIn(bytes);
  return {
    kind: 'block_refused',
    // A block that cannot be read has no number.
    block: Math.max(block, 0),
    organization,
    message: `block ${String(block)} of our own peer fails the check "${check}": ${message}`,
    ...(theirs && { theirs }),
  };
}

function headerIn(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return signedHeaderOf(bytes).signed;
  } catch {
    return undefined;
  }
}
