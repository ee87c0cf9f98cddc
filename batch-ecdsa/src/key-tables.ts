import type { KeyObject } from 'node:crypto';
import type { AffinePoint } from './curve/table.js';

/** What is known of a key. */
interface KnownKey {
  /** Its point; undefined for a key of another curve or algorithm, which has no table. */
  readonly point: AffinePoint | undefined;
  /** Signatures by it that were met since it was first met, or lost its table. */
  met: number;
  /** Address of its table. */
  table?: number;
  /** How many signatures had been met in all when this one was last used. */
  usedAt: number;
}

/** Where tables come from. */
export interface TableMaker {
  takeTable(): number;
  buildTable(table: number, point: AffinePoint): void;
}

/** How many tables there are, and for whom. */
export interface TableLimits {
  /** How many there may be at a time. */
  readonly tables: number;
  /** Signatures by a key after which it is worth one. */
  readonly worth: number;
}

/** Decides which keys have tables: those that sign often, and of these the ones that have lately done so. */
export class KeyTables {
  readonly #known = new WeakMap<KeyObject, KnownKey>();
  readonly #maker: () => TableMaker;
  readonly #limits: TableLimits;
  readonly #having: KnownKey[] = [];
  #met = 0;

  constructor(maker: () => TableMaker, limits: TableLimits) {
    this.#maker = maker;
    this.#limits = limits;
  }

  /**
   * The tables of the keys that some signatures are to be checked by, as far as they have any; they hold until the next call.
   *
   * @param counts of signatures by each of the keys.
   */
  tablesFor(counts: ReadonlyMap<KeyObject, number>): ReadonlyMap<KeyObject, number> {
    for (const count of counts.values()) this.#met += count;
    const keys = Array.from(counts, ([key, count]) => [key, this.#meet(key, count)] as const);
    for (const [, known] of keys) if (known.met >= this.#limits.worth) this.#build(known);
    return new Map(keys.flatMap(([key, { table }]) => (table === undefined ? [] : [[key, table]])));
  }

  #meet(key: KeyObject, count: number): KnownKey {
    const known = this.#known.get(key) ?? { point: pointOf(key), met: 0, usedAt: 0 };
    this.#known.set(key, known);
    known.met += count;
    known.usedAt = this.#met;
    return known;
  }

  #build(known: KnownKey): void {
    if (known.table !== undefined || known.point === undefined) return;
    const isRoom = this.#having.length < this.#limits.tables;
    const table = isRoom ? this.#maker().takeTable() : this.#takeFromIdle();
    if (table === undefined) return;
    this.#maker().buildTable(table, known.point);
    known.table = table;
    this.#having.push(known);
  }

  /**
   * The table of the key that has not been met for longest, if that is long enough: with more busy keys than tables, it is better
   * that some have none than that all lose theirs before they have paid.
   */
  #takeFromIdle(): number | undefined {
    const idle = this.#having.reduce((a, b) => (a.usedAt <= b.usedAt ? a : b));
    const { table } = idle;
    if (this.#met - idle.usedAt < this.#limits.tables * this.#limits.worth) return undefined;
    this.#having.splice(this.#having.indexOf(idle), 1);
    delete idle.table;
    idle.met = 0;
    return table;
  }
}

/** Undefined for a key of another kind. Node imports no key whose point is not on its curve. */
function pointOf(key: KeyObject): AffinePoint | undefined {
  if (key.type !== 'public' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
  const { x, y } = key.export({ format: 'jwk' });
  return x === undefined || y === undefined ? undefined : { x: integer(x), y: integer(y) };
}

function integer(base64url: string): bigint {
  return BigInt(`0x${Buffer.from(base64url, 'base64url').toString('hex')}`);
}
