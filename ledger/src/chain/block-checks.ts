import { dataHash, isCanonicalEnvelope } from '../block/index.js';
import { equalBytes, toHex } from '../codec/index.js';
import { recover } from '../errors.js';
import { signatureFaults, verifyBlockSignatures } from '../ordering/index.js';
import type { RawBlock } from '../block/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { BlockFacts } from './block-facts.js';
import type { Difference } from './difference.js';
import type { ChainHead } from './head.js';

/**
 * The header's hash over the envelopes. Because it covers their mere concatenation, each must also be exactly what
 * protobuf makes of it (Fabric: protoutil/blockutils.go, VerifyTransactionsAreWellFormed, which spares configuration blocks).
 *
 * @param facts what was found out about this very block.
 */
export function checkDataHash(
  block: RawBlock,
  isConfigBlock: boolean,
  facts?: BlockFacts,
): Difference | undefined {
  const { header } = block;
  const place = { block: header.number, check: 'data-hash' } as const;
  // With facts the envelopes are not looked at: who has the facts need not have them at hand.
  const expected = facts?.dataHash ?? dataHash(block.envelopes);
  if (!equalBytes(expected, header.dataHash)) {
    return { ...place, expected: toHex(expected), found: toHex(header.dataHash) || 'none' };
  }
  const transactions = facts?.transactions ?? block.envelopes.length;
  if (transactions === 0) return { ...place, expected: 'at least one transaction', found: 'none' };
  if (isConfigBlock) return undefined;
  const transaction = facts?.misshapen ?? block.envelopes.findIndex((bytes) => !isCanonicalEnvelope(bytes));
  if (transaction < 0) return undefined;
  return { ...place, transaction, expected: 'one canonical envelope', found: 'other bytes' };
}

/** Number and hash of the block before. */
export function checkLink(head: ChainHead, { header }: RawBlock): Difference | undefined {
  const place = { block: header.number, check: 'chain-link' } as const;
  if (header.number !== head.height) {
    return { ...place, expected: `block ${head.height}`, found: `block ${header.number}` };
  }
  if (equalBytes(header.previousHash, head.headerHash)) return undefined;
  return { ...place, expected: toHex(head.headerHash), found: toHex(header.previousHash) || 'none' };
}

/** Signatures of enough orderers of the configuration in force before the block. */
export function checkOrderers(config: ChannelConfig, block: RawBlock): Difference | undefined {
  const place = { block: block.header.number, check: 'orderer-quorum' } as const;
  return recover(
    () => {
      const { satisfied, signers, mspIds, required } = verifyBlockSignatures(block, config);
      if (satisfied) return undefined;
      const expected = `valid signatures of ${required} orderers`;
      const count = config.consenters.length > 0 ? signers.length : mspIds.length;
      const faults = signatureFaults(block, config);
      const why = faults.length > 0 ? ` (${faults.join('; ')})` : '';
      return { ...place, expected, found: `${count}${why}`, signedBy: mspIds };
    },
    ({ message }) => ({ ...place, expected: 'signatures of orderers', found: message }),
  );
}
