import { headerHash, readEnvelope } from '../block/index.js';
import { toHex } from '../codec/index.js';
import { channelConfigOf } from '../config/index.js';
import { LedgerError } from '../errors.js';
import { HeaderType, TxValidationCode } from '../proto/index.js';
import { checkDataHash } from './block-checks.js';
import { compareClaims, readClaims } from './claims.js';
import { envelopeOf } from './head.js';
import { requireSupported } from './supported.js';
import type { RawBlock } from '../block/index.js';
import type { ConfigOptions } from '../config/index.js';
import type { BlockVerdict } from '../validation/index.js';
import type { VerifiedBlock } from './verify-next-block.js';

const NOTHING = new Uint8Array();

/**
 * Begins a chain with block 0, which nobody signed: it is believed because its header hash is the one that was handed
 * over out of band. Peers do not judge it either; it has no commit hash.
 *
 * @param genesisHash header hash of block 0, lower-case hex
 * @throws LedgerError WRONG_GENESIS if it is another block; INVALID_CONFIG, INVALID_MSP, INVALID_POLICY or
 *   MALFORMED_MESSAGE if it carries no usable configuration
 */
export function startChain(block: RawBlock, genesisHash: string, options: ConfigOptions = {}): VerifiedBlock {
  const { header } = block;
  const found = headerHash(header);
  if (header.number !== 0 || toHex(found) !== genesisHash) {
    throw new LedgerError(
      'WRONG_GENESIS',
      `block ${header.number} with header hash ${toHex(found)} is not the trusted genesis block ${genesisHash}`,
    );
  }
  const config = channelConfigOf(block, options);
  requireSupported(config);
  const verdict = genesisVerdict(block);
  const dataHash = checkDataHash(block, true);
  return {
    head: {
      channel: config.channelId,
      height: 1,
      headerHash: found,
      commitHash: NOTHING,
      configBlock: 0,
      configEnvelope: envelopeOf(block),
      config,
    },
    verdict: { ...verdict, config },
    differences: [...(dataHash ? [dataHash] : []), ...compareClaims(0, readClaims(block), verdict)],
    checks: { 'data-hash': 1, 'chain-link': 1, form: 1 },
  };
}

function genesisVerdict({ envelopes }: RawBlock): BlockVerdict {
  const { txId = '', timestamp } = readEnvelope(envelopes[0] ?? NOTHING).channelHeader ?? {};
  const transaction = {
    index: 0,
    code: TxValidationCode.VALID,
    txId,
    type: HeaderType.CONFIG,
    ...(timestamp && { timestamp }),
    sets: [],
    writes: [],
  };
  return {
    flags: Uint8Array.of(TxValidationCode.VALID),
    transactions: [transaction],
    updates: [],
    commitHash: NOTHING,
  };
}
