import { headerHash, toHex } from '@passage/ledger';
import type { RawBlock } from '@passage/ledger';
import type { Finding } from '../findings.js';

/** What a verifier has to say first of a chain. */
export interface Expected {
  /** 0 nothing differs, 1 it differs, 3 it cannot be read to its end. */
  readonly exitCode: 0 | 1 | 3;
  /** Where it differs first, in which check, and what the sentence has to hold. */
  readonly block?: number;
  readonly transaction?: number;
  readonly check?: string;
  readonly because?: string;
  /** What is allowed and unwelcome, the first of it. */
  readonly finding?: Pick<Finding, 'block' | 'transaction' | 'kind'> & { readonly because: string };
  /** Why it cannot be read: a code of docs/errors.md. */
  readonly code?: string;
}

/** A chain of the corpus: a good one, or one that somebody has broken. */
export interface CorpusCase {
  readonly name: string;
  /** Who did what, in one sentence. */
  readonly what: string;
  /** Where the chain comes from: the generator, a story of our chaincode, or a network that was run. */
  readonly origin: 'generated' | 'custody' | 'recorded';
  /** The header hash of block 0 that is trusted; of a chain whose block 0 was exchanged, that of the good one. */
  readonly genesisHash: string;
  readonly blocks: readonly RawBlock[];
  /** How many bytes are missing at the end of the stream. */
  readonly cutBytes?: number;
  readonly expect: Expected;
  /** What holding it against another chain of the corpus has to say first. */
  readonly compare?: { readonly with: string; readonly block: number; readonly kind: string };
}

/** The header hash of the first block, lower-case hex. @throws RangeError where there is none */
export function genesisHashOf([first]: readonly RawBlock[]): string {
  if (first === undefined) throw new RangeError('a chain has a first block');
  return toHex(headerHash(first.header));
}
