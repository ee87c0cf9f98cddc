import { dataHash, headerHash, LedgerError, startChain, toHex } from '@passage/ledger';
import { AuditError } from './errors.js';
import type { ConfigOptions, RawBlock, VerifiedBlock } from '@passage/ledger';
import type { AuditDifference } from './report.js';

/**
 * Begins a chain with the first block of a source, or says how it is not the one that is trusted: without it nothing after it
 * means anything.
 *
 * @throws AuditError CHAIN_UNSUPPORTED where it is the right one and cannot be judged
 */
export function startTrusted(
  block: RawBlock,
  genesisHash: string,
  options: ConfigOptions = {},
): VerifiedBlock | AuditDifference {
  try {
    return startChain(block, genesisHash, options);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    if (error.code === 'WRONG_GENESIS') return wrongGenesis(block, genesisHash);
    return alteredGenesis(block) ?? unsupported(error);
  }
}

function wrongGenesis({ header }: RawBlock, expected: string): AuditDifference {
  const found = header.number === 0 ? toHex(headerHash(header)) : `block ${header.number}`;
  return { block: header.number, check: 'chain-link', expected: `genesis block ${expected}`, found };
}

/** Bytes under the trusted header that it is not the hash of: no wonder if they cannot be read. */
function alteredGenesis({ header, envelopes }: RawBlock): AuditDifference | undefined {
  const [expected, found] = [toHex(dataHash(envelopes)), toHex(header.dataHash)];
  return expected === found ? undefined : { block: 0, check: 'data-hash', expected, found };
}

/** Throws: the chain is the right one, and cannot be judged. */
function unsupported(error: LedgerError): never {
  throw new AuditError(
    'CHAIN_UNSUPPORTED',
    `the genesis block is the trusted one, but cannot be judged by (${error.message}): replay it with a newer version`,
    { cause: error },
  );
}
