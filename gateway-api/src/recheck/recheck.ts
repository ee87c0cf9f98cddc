import type { Kysely } from 'kysely';

import { messageOf } from '../errors.js';
import type { OneBlock } from '../fabric/ports.js';
import { servedBlock } from '../fabric/served-block.js';
import type { BlockRows } from '../index/rows.js';
import type { IndexDatabase, Origin } from '../index/tables/index.js';
import type { AlertBook } from '../ledger-alerts/alert-book.js';
import type { HeaderSource } from '../sources/header-source.js';
import { Gate } from '../submission/gate.js';
import { compareBlockRow, compareRows } from './compare-rows.js';
import { derivedRows } from './derived-rows.js';
import { KeptRows } from './kept-rows.js';
import { blockAltered, rowsAltered } from './recheck-alerts.js';
import { RecheckFacts } from './recheck-facts.js';
import type { RereadBlock, RereadRules } from './reread-block.js';
import type { RecheckedRow } from './row-difference.js';

/** What re-reading a node's block came to. */
export interface Recheck {
  /** Organisations whose peer showed the verified block just now. */
  readonly sources: readonly string[];
  /** Rows that were held against the block. */
  readonly rows: number;
  /** Why the block that our own peer serves is not the one that was verified. */
  readonly blockDiffers?: string;
  /** Rows that are not what the block gives. */
  readonly differences: readonly RecheckedRow[];
}

/** What blocks are re-read with. */
export interface RecheckParts {
  readonly rows: Kysely<IndexDatabase>;
  readonly organization: string;
  readonly source: OneBlock;
  readonly others: readonly HeaderSource[];
  readonly rules: RereadRules;
  readonly alerts: Pick<AlertBook, 'raise'>;
}

/** Blocks that are read at once, and that may wait for it, whoever asks. */
const AT_ONCE = 2;
const IN_LINE = 200;

/** A block that was read again: the rows that it gives, or why it is not the one that was verified. */
type Reread =
  { readonly rows: BlockRows; readonly sources: readonly string[] } | { readonly differs: string };

/**
 * Re-reads rows from the blocks that they came from: the block comes from our own peer once more, its header is held against the
 * chain that the index has verified and against other organisations' peers, its rows are made anew and held against the index's. What
 * differs becomes an alert. Nodes of one block that are asked for together share one reading.
 */
export class Rechecks {
  readonly #parts: RecheckParts;
  readonly #facts: RecheckFacts;
  readonly #kept: KeptRows;
  readonly #gate = new Gate(AT_ONCE, IN_LINE);
  readonly #reading = new Map<number, Promise<Reread>>();

  constructor(parts: RecheckParts) {
    this.#parts = parts;
    this.#facts = new RecheckFacts(parts.rows);
    this.#kept = new KeptRows(parts.rows);
  }

  /** Throws `LEDGER_UNAVAILABLE` where the peer does not give the block, `OVERLOADED` where too many are asked for. */
  async of({ block, position }: Pick<Origin, 'block' | 'position'>): Promise<Recheck> {
    const reread = await this.#read(block);
    if ('differs' in reread) return { sources: [], rows: 0, blockDiffers: reread.differs, differences: [] };
    const { rows: given, sources } = reread;
    const ofBlock = await compareBlockRow(given, this.#kept);
    const compared = await compareRows(given, this.#kept, block, position);
    const differences = [...ofBlock, ...compared.differences];
    const { alerts, organization } = this.#parts;
    if (differences.length > 0) await alerts.raise(rowsAltered(organization, block, differences));
    return { sources, rows: compared.rows + 1, differences };
  }

  #read(number: number): Promise<Reread> {
    const known = this.#reading.get(number);
    if (known) return known;
    const reading = this.#gate
      .run(() => this.#readNow(number))
      .finally(() => {
        this.#reading.delete(number);
      });
    this.#reading.set(number, reading);
    return reading;
  }

  async #readNow(number: number): Promise<Reread> {
    const { organization, alerts } = this.#parts;
    const bytes = await servedBlock(this.#parts.source, number);
    const block = await this.#right(number, bytes);
    if (typeof block === 'string') {
      await alerts.raise(blockAltered(organization, number, block, bytes));
      return { differs: block };
    }
    const others = await this.#alsoShownBy(block);
    return { rows: await derivedRows(block, this.#facts), sources: [organization, ...others] };
  }

  /** The block in the bytes, or why it is not the one that was verified. */
  async #right(number: number, bytes: Uint8Array): Promise<RereadBlock | string> {
    const [expected, head] = await Promise.all([this.#facts.headerHashes(number), this.#facts.head()]);
    let block: RereadBlock;
    try {
      block = await this.#parts.rules(bytes, head, (at, key) => this.#facts.valueBefore(at, key));
    } catch (error) {
      return `it cannot be read: ${messageOf(error)}`;
    }
    if (block.number !== number) return `it is block ${String(block.number)}`;
    if (!expected.includes(block.headerHash)) {
      return `its header hash is ${block.headerHash}, not ${expected.join(' or ')}`;
    }
    return block.fault ?? block;
  }

  /** Who else has the same header; the watch over sources (docs/sources.md) sees to those that have another. */
  async #alsoShownBy({ number, headerHash }: RereadBlock): Promise<readonly string[]> {
    const shown = await Promise.allSettled(this.#parts.others.map((source) => source.header(number)));
    return this.#parts.others.flatMap(({ organization }, at) => {
      const answer = shown[at];
      return answer?.status === 'fulfilled' && answer.value.headerHash === headerHash ? [organization] : [];
    });
  }
}
