import { closeSync, openSync, writeSync } from 'node:fs';

import { buildBlock, encodeBlock, headerHash, signBlock, writeFrame, type RawBlock } from '@passage/ledger';
import { generateChain, PUTS, type Consenter, type GeneratedChain } from '@passage/ledger/generator';

import { newKey, type ChainForm, type RecordedChain } from './recorded-blocks.js';

/** Blocks of transactions of their own; those behind them have the same again. */
const BLOCKS = 20;
/** As many of four orderers as BFT asks for. */
const QUORUM = 3;

/**
 * Writes a chain of at least so many bytes for level hash, which does not look into transactions: behind the first blocks it has the same
 * envelopes again, in blocks of their own that are linked and signed as all are. To sign other transactions for each would take minutes.
 *
 * @param lengths bytes of envelopes, ascending: each gives a file of its own
 * @param fileOf where the chain of a length goes
 */
export function writeLongChains(
  lengths: readonly number[],
  fileOf: (length: number) => string,
  { perBlock, valueBytes }: ChainForm,
): RecordedChain[] {
  const chain = generateChain({ newKey, transactions: BLOCKS * perBlock, perBlock, valueBytes, mix: PUTS });
  const open = lengths.map((length) => ({ length, descriptor: openSync(fileOf(length), 'w') }));
  const done: RecordedChain[] = [];
  let [blocks, transactions, envelopeBytes] = [0, 0, 0];
  for (const block of endless(chain)) {
    const framed = writeFrame(encodeBlock(block));
    blocks += 1;
    transactions += block.envelopes.length;
    envelopeBytes += block.envelopes.reduce((sum, { length }) => sum + length, 0);
    for (const { descriptor } of open) writeSync(descriptor, framed);
    while (open[0] !== undefined && envelopeBytes >= open[0].length) {
      const { length, descriptor } = open[0];
      closeSync(descriptor);
      open.shift();
      const { genesisHash } = chain;
      done.push({ file: fileOf(length), genesisHash, transactions, blocks, envelopeBytes });
    }
    if (open.length === 0) break;
  }
  return done;
}

/** The blocks of a chain, and then the last of them again and again, each behind the one before it. */
function* endless(chain: GeneratedChain): Generator<RawBlock> {
  const repeated: RawBlock[] = [];
  let last: RawBlock | undefined;
  for (const { block } of chain.blocks()) {
    yield (last = block);
    repeated.push(block);
    if (repeated.length > BLOCKS) repeated.shift();
  }
  if (last === undefined) throw new Error('no chain');
  const signers = chain.consortium.consenters.slice(0, QUORUM);
  for (;;) for (const { envelopes } of repeated) yield (last = signedBehind(last, envelopes, signers));
}

function signedBehind(
  { header }: RawBlock,
  envelopes: readonly Uint8Array[],
  signers: readonly Consenter[],
): RawBlock {
  const nonce = new Uint8Array(24);
  const block = buildBlock(header.number + 1, headerHash(header), envelopes);
  return signBlock(
    block,
    0,
    new Uint8Array(),
    signers.map(({ id, sign }) => ({ id, sign, nonce })),
  );
}
