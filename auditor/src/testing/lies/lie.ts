import type { Told } from '@passage/evidence/testing';
import type { Finding } from '../../findings.js';
import type { CustodyCheck } from '../../custody/custody-rule.js';

/** A lie that three organisations sign together, after an honest story, and what is to be said of it. */
export interface Lie {
  readonly what: string;
  readonly story: (ledger: string) => readonly Told[];
  readonly check: CustodyCheck;
  readonly expected: RegExp;
  readonly found: RegExp;
  /** What is found besides, of what is allowed and unwelcome. */
  readonly finding?: { readonly kind: Finding['kind']; readonly because: string };
}
