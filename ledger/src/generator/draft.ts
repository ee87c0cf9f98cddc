import { utf8 } from '../codec/index.js';
import type { RwsetBuilder } from '../rwset/index.js';
import { founderOf } from './consortium.js';
import { endorsersOf } from './definition.js';
import { transact } from './transact.js';
import type { ChannelConfig } from '../config/index.js';
import type { Timestamp } from '../proto/index.js';
import type { StateReader } from '../state/index.js';
import type { Consortium } from './consortium.js';
import type { SeededRandom } from './random.js';
import type { Invocation } from './transact.js';

/** A transaction that was made, and what every peer must make of it. */
export interface Drafted {
  readonly envelope: Uint8Array;
  /** The TxValidationCode that follows from Fabric's rules. */
  readonly code: number;
}

/** A kind of transaction: the unit that a mix is made of. */
export interface Kind {
  readonly name: string;
  /** Stands in a block of its own, as configuration does. */
  readonly alone?: true;
  /** Makes the next one. Whatever it reads is as of the block before. */
  draft(draft: BlockDraft): Drafted;
}

/** What kinds see of the chain that they add to. */
export interface DraftContext {
  readonly consortium: Consortium;
  readonly chaincode: string;
  readonly random: SeededRandom;
  /** The state before the block. */
  readonly state: StateReader;
  readonly config: ChannelConfig;
  readonly timestamp: Timestamp;
  /** Length of the values that are written. */
  readonly valueBytes: number;
  /** Valid envelopes of earlier blocks, of which one may be sent again. */
  readonly committed: readonly Uint8Array[];
}

/** One block being made: the chain before it, and what its own valid transactions have written so far. */
export class BlockDraft {
  readonly context: DraftContext;
  /** Keys whose value a transaction of this block changes. */
  readonly written = new Set<string>();
  /** Keys whose endorsement policy a transaction of this block changes. */
  readonly policyChanged = new Set<string>();

  constructor(context: DraftContext) {
    this.context = context;
  }

  /** A key of a pool that no transaction of this block has written; the pool must be larger than a block. */
  untouched(prefix: string, pool: number): string {
    const start = this.context.random.below(pool);
    for (let step = 0; step < pool; step++) {
      const key = poolKey(prefix, (start + step) % pool);
      if (!this.written.has(key)) return key;
    }
    throw new RangeError(`a block writes all ${pool} keys ${prefix}: make it smaller`);
  }

  /** A new value. */
  value(): Uint8Array {
    return this.context.random.bytes(this.context.valueBytes);
  }

  /** The envelope of a transaction of the chaincode, by the first client and two peers unless told otherwise. */
  transact(name: string, results: RwsetBuilder, changes: Partial<Invocation> = {}): Uint8Array {
    const { consortium, chaincode, random, timestamp } = this.context;
    return transact({
      channel: consortium.channel,
      chaincode,
      args: [utf8(name)],
      results: results.build().publicBytes,
      creator: founderOf(consortium).client,
      endorsers: endorsersOf(consortium),
      nonce: random.bytes(24),
      timestamp,
      ...changes,
    });
  }
}

/** Keys of a pool sort as their numbers do. */
export function poolKey(prefix: string, index: number): string {
  return `${prefix}/${String(index).padStart(6, '0')}`;
}
