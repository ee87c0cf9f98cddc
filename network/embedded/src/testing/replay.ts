import { MemoryState, readBlock, startChain, toHex, headerHash, verifyNextBlock } from '@passage/ledger';
import type { ChainHead, Difference, VerifiedBlock } from '@passage/ledger';

import type { Ledger } from '../network.js';

/** What an independent reader makes of a chain, from its blocks alone. */
export interface Replayed {
  readonly differences: readonly Difference[];
  readonly state: MemoryState;
  readonly head: ChainHead;
  /** How often each validation code was given. */
  readonly codes: ReadonlyMap<number, number>;
}

/** Replays every block that a ledger serves, into an empty state. */
export function replay({ height, getBlock }: Pick<Ledger, 'height' | 'getBlock'>): Replayed {
  const state = new MemoryState();
  const known = new Set<string>();
  const differences: Difference[] = [];
  const codes = new Map<number, number>();
  let head: ChainHead | undefined;
  for (let number = 0; number < height(); number++) {
    const block = readBlock(getBlock(number) ?? new Uint8Array());
    const verified: VerifiedBlock =
      head === undefined
        ? startChain(block, toHex(headerHash(block.header)))
        : verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) });
    differences.push(...verified.differences);
    for (const { txId, code } of verified.verdict.transactions) {
      known.add(txId);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    state.apply(verified.verdict.updates);
    ({ head } = verified);
  }
  if (head === undefined) throw new TypeError('a chain without a block');
  return { differences, state, head, codes };
}

/** The differences of a replay, and of its state from the ledger's own, in every namespace that the replay knows. */
export function disagreements(ledger: Ledger): unknown[] {
  const { differences, state } = replay({
    height: () => ledger.height(),
    getBlock: (number) => ledger.getBlock(number),
  });
  const unequal = state.namespaces().filter((namespace) => {
    const [own, replayed] = [ledger.state, state].map((side) =>
      [...side.range(namespace, '', '')].map(([key, { value, version, metadata }]) =>
        [key, toHex(value), version.block, version.tx, toHex(metadata ?? new Uint8Array())].join(' '),
      ),
    );
    return own?.join('\n') !== replayed?.join('\n');
  });
  return [...differences, ...unequal];
}
