import { dataHash, equalBytes, headerHash, LedgerError, readBlock, toHex } from '@passage/ledger';
import type { RawBlock } from '@passage/ledger';

import { gatewayError } from '../errors.js';
import type { OneBlock } from '../fabric/ports.js';
import { servedBlock } from '../fabric/served-block.js';
import type { ChainReader } from '../index/chain-reader.js';
import type { AlertBook } from '../ledger-alerts/alert-book.js';
import { blockRefusedAlert } from '../ledger-alerts/block-refused.js';

interface BlockParts {
  readonly source: OneBlock;
  readonly chain: Pick<ChainReader, 'block'>;
  readonly alerts: Pick<AlertBook, 'raise'>;
  /** This gateway's organisation, whose peer is asked. */
  readonly organization: string;
}

/**
 * Whole blocks from our own peer, held against the index: the header hash is the one that was verified, and covers the
 * transactions. The index keeps no blocks, and a peer serves in silence an old one that somebody has edited on its disk.
 */
export class VerifiedBlocks {
  readonly #parts: BlockParts;

  constructor(parts: BlockParts) {
    this.#parts = parts;
  }

  /** Throws `LEDGER_UNAVAILABLE` where the peer does not give the block, or another than was verified; that is an alert, too. */
  async block(number: number): Promise<RawBlock> {
    const bytes = await servedBlock(this.#parts.source, number);
    const verified = await this.#parts.chain.block(number);
    const block = blockIn(bytes);
    const isSame =
      block !== undefined &&
      toHex(headerHash(block.header)) === verified?.header_hash &&
      equalBytes(dataHash(block.envelopes), block.header.dataHash);
    if (isSame) return block;
    const message = 'it is not the one that was verified here';
    const { organization, alerts } = this.#parts;
    await alerts.raise(
      blockRefusedAlert(organization, { block: number, check: 'header-hash', message, bytes }),
    );
    throw gatewayError('LEDGER_UNAVAILABLE', `block ${String(number)} of our own peer: ${message}`);
  }
}

function blockIn(bytes: Uint8Array): RawBlock | undefined {
  try {
    return readBlock(bytes);
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}
