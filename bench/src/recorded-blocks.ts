import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { generateKeyPairSync, sign } from 'node:crypto';

import { readFrame, writeFrame } from '@passage/ledger';
import { type ChainKey, generateChain, PUTS } from '@passage/ledger/generator';

/** Serialized blocks in their order. */
export type RecordedBlocks = Iterable<Uint8Array>;

/** A chain of plain writes, with how large it is. */
export interface RecordedChain {
  readonly file: string;
  readonly genesisHash: string;
  readonly transactions: number;
  readonly blocks: number;
  /** Bytes of its envelopes: what data hashes are made over. */
  readonly envelopeBytes: number;
}

/** How large transactions and blocks of a chain are. */
export interface ChainForm {
  readonly perBlock: number;
  /** Of the one value that each transaction writes. */
  readonly valueBytes: number;
}

/** One small write a transaction, as many as our networks put into a block. */
export const SINGLE_WRITES: ChainForm = { perBlock: 100, valueBytes: 600 };

/**
 * Transactions as large as batches of 50 statements of devices, which stand in the arguments and in what is written, in blocks as
 * large as our networks prefer them: 2 MB. Here one value stands for both.
 */
export const BATCHES: ChainForm = { perBlock: 20, valueBytes: 100_000 };

export function newKey(): ChainKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
    sign: (message) => sign('sha256', message, privateKey),
  };
}

/**
 * Writes one chain into several files, each with the first so many transactions and a few that set the channel up: two endorsements,
 * three orderers' signatures a block.
 *
 * @param lengths ascending
 * @param fileOf where the chain of a length goes
 */
export function writeChains(
  lengths: readonly number[],
  fileOf: (length: number) => string,
  { perBlock, valueBytes }: ChainForm = SINGLE_WRITES,
): RecordedChain[] {
  const transactions = Math.max(...lengths);
  const chain = generateChain({
    newKey,
    transactions,
    perBlock,
    valueBytes,
    mix: PUTS,
  });
  const open = lengths.map((length) => ({ length, descriptor: openSync(fileOf(length), 'w') }));
  const done: RecordedChain[] = [];
  let [blocks, made, envelopeBytes] = [0, 0, 0];
  for (const { block, bytes } of chain.blocks()) {
    blocks += 1;
    made += block.envelopes.length;
    envelopeBytes += block.envelopes.reduce((sum, { length }) => sum + length, 0);
    for (const { descriptor } of open) writeSync(descriptor, writeFrame(bytes));
    while (open[0] !== undefined && made >= open[0].length) {
      const { length, descriptor } = open[0];
      closeSync(descriptor);
      open.shift();
      const { genesisHash } = chain;
      done.push({ file: fileOf(length), genesisHash, transactions: made, blocks, envelopeBytes });
    }
  }
  return done;
}

/** The blocks of a recorded stream, the whole of it in memory. */
export function* blocksIn(file: string): Generator<Uint8Array> {
  const bytes = readFileSync(file);
  for (let frame = readFrame(bytes, 0); frame !== undefined; frame = readFrame(bytes, frame.next))
    yield frame.content;
}
