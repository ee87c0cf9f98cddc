import { createHash } from 'node:crypto';
import { headerHash, toHex } from '@passage/ledger';
import type { MemoryState, RawBlock, TransactionVerdict } from '@passage/ledger';
import type { IndexDigest, StatePart } from './index-digest-file.js';

/** The checkpoints of a ledger as an index writes them, computed from its blocks and from the verdicts that were derived here. */
export class LedgerCheckpoints {
  readonly #every: number;
  readonly #headers = createHash('sha256');
  readonly #verdicts = createHash('sha256');
  readonly #found: [string, string][] = [];

  /** @param every a checkpoint is made behind every so many blocks, and behind the last */
  constructor(every: number) {
    this.#every = every;
  }

  take({ header }: RawBlock, transactions: readonly TransactionVerdict[], isLast: boolean): void {
    const { number } = header;
    this.#headers.update(`${JSON.stringify([number, toHex(headerHash(header))])}\n`);
    const verdicts = transactions.map(({ txId, code }) => [txId, code]);
    this.#verdicts.update(`${JSON.stringify([number, verdicts])}\n`);
    if (isLast || (number + 1) % this.#every === 0)
      this.#found.push([this.#headers.copy().digest('hex'), this.#verdicts.copy().digest('hex')]);
  }

  get checkpoints(): IndexDigest['checkpoints'] {
    return this.#found;
  }
}

/** The world state by namespace and kind of record: what stands before the first `/` of a key. */
export function stateParts(state: MemoryState): Readonly<Record<string, StatePart>> {
  const parts = new Map<string, { keys: number; hash: ReturnType<typeof createHash> }>();
  for (const namespace of state.namespaces()) {
    for (const [key, { value, version, metadata }] of state.range(namespace, '', '')) {
      const [kind = ''] = key.split('/');
      const name = `${namespace} ${kind}`;
      const part = parts.get(name) ?? { keys: 0, hash: createHash('sha256') };
      parts.set(name, part);
      part.keys += 1;
      const policies = metadata === undefined ? null : base64(metadata);
      part.hash.update(`${JSON.stringify([key, version.block, version.tx, base64(value), policies])}\n`);
    }
  }
  return Object.fromEntries(
    [...parts].map(([name, { keys, hash }]) => [name, { keys, sha256: hash.digest('hex') }]),
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
