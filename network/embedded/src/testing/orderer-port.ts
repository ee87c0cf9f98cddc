import {
  decode,
  headerHash,
  MemoryState,
  readBlock,
  startChain,
  toHex,
  verifyNextBlock,
  type Difference,
} from '@passage/ledger';

import type { BroadcastResult, Ledger, Organization } from '../network.js';
import { BroadcastResponse } from '../proto/seek.js';
import { openStream } from './raw-stream.js';

/** Sends one envelope to an organisation's orderer and gives its answer. */
export async function broadcastTo(
  organization: Organization,
  envelope: Uint8Array,
): Promise<BroadcastResult> {
  const stream = openStream(organization, '/orderer.AtomicBroadcast/Broadcast');
  try {
    stream.send(envelope);
    const answer = await stream.next();
    if (answer === undefined) throw new Error('the orderer said nothing');
    return decode(BroadcastResponse, answer);
  } finally {
    stream.close();
  }
}

/** Resolves when the ledger is that high. */
export function heightOf(ledger: Ledger, height: number): Promise<void> {
  return new Promise((resolve) => {
    if (ledger.height() >= height) {
      resolve();
      return;
    }
    const stop = ledger.onCommit(({ number }) => {
      if (number + 1 < height) return;
      stop();
      resolve();
    });
  });
}

/** The codes of a block's transactions, as its peer wrote them. */
export function codesOf(ledger: Ledger, number: number): number[] {
  return [...(readBlock(ledger.getBlock(number) ?? new Uint8Array()).metadata[2] ?? [])];
}

/** Everything in which an independent reader, who has only the blocks, comes to another result. */
export function replayDifferences(ledger: Ledger): Difference[] {
  const genesis = readBlock(ledger.getBlock(0) ?? new Uint8Array());
  const state = new MemoryState();
  const known = new Set<string>();
  let { head } = startChain(genesis, toHex(headerHash(genesis.header)));
  const differences: Difference[] = [];
  for (let number = 1; number < ledger.height(); number++) {
    const block = readBlock(ledger.getBlock(number) ?? new Uint8Array());
    const verified = verifyNextBlock(head, block, state, { isKnownTransaction: (id) => known.has(id) });
    differences.push(...verified.differences);
    state.apply(verified.verdict.updates);
    for (const { txId } of verified.verdict.transactions) known.add(txId);
    head = verified.head;
  }
  return differences;
}
