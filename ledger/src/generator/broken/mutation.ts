import type { RawBlock } from '../../block/index.js';
import type { Check } from '../../chain/index.js';
import type { Forge } from './forge.js';

/** What a verifier must say first of a broken chain. */
export type Verdict =
  | {
      readonly says: 'difference';
      readonly block: number;
      readonly transaction?: number;
      readonly check: Check;
      /** What the sentence of the difference must hold: the code that is due, or what was found instead. */
      readonly because: string;
    }
  /** The bytes end before a block does: it cannot be checked, and nothing before it differs. */
  | { readonly says: 'truncated' }
  /** What is left is a sound chain; the reason says who would notice. */
  | { readonly says: 'nothing'; readonly because: string };

/** A broken chain. */
export interface Broken {
  readonly blocks: readonly RawBlock[];
  /** How many bytes are missing at the end of the stream of blocks. */
  readonly cutBytes?: number;
  readonly verdict: Verdict;
}

/** A way to break a chain. */
export interface Mutation {
  readonly name: string;
  /** Who did what, in one sentence for the table of docs/replay.md. */
  readonly what: string;
  break(forge: Forge): Broken;
}

/** A verdict on one transaction, or on a block as a whole. */
export function differs(
  place: { readonly block: number; readonly transaction?: number },
  check: Check,
  because: string,
): Verdict {
  return { says: 'difference', ...place, check, because };
}
