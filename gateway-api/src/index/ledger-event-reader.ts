import { Frontier, consistencyProof, eventLeaf, inclusionProof, treeRoot } from '@passage/evidence';
import type { TreeNodes } from '@passage/evidence';
import { toHex } from '@passage/ledger';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import { withLookups } from './lookups.js';
import type { IndexDatabase, LedgerEventTable } from './tables/index.js';

const UNREAD = new Uint8Array(32);

/** The events that concern a consignment, up to a height. */
export interface EventsOfConsignment {
  readonly count: number;
  /** RFC 9162 root over their ids, hex. */
  readonly root: string;
  /** Keys of the devices that signed statements among them. */
  readonly kids: readonly string[];
}

/** What the gateway reads of the tree over all events. A height is a number of blocks: those before it count. */
export class LedgerEventReader {
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
  }

  /** How many events the blocks before a height hold. */
  async size(height: number): Promise<number> {
    const row = await this.#rows
      .selectFrom('ledger_event')
      .select('leaf')
      .where('block', '<', height)
      .orderBy('block', 'desc')
      .orderBy('leaf', 'desc')
      .limit(1)
      .executeTakeFirst();
    return (row?.leaf ?? -1) + 1;
  }

  /** Root over the first events, hex. */
  async root(size: number): Promise<string> {
    return toHex(await this.#overNodes((nodes) => treeRoot(size, nodes)));
  }

  /** Where an event stands: the first of that id. */
  event(id: string): Promise<LedgerEventTable | undefined> {
    return this.#rows
      .selectFrom('ledger_event')
      .selectAll()
      .where('event_id', '=', id)
      .orderBy('leaf')
      .limit(1)
      .executeTakeFirst();
  }

  /** RFC 9162 section 2.1.3.1, hex. */
  async inclusion(leaf: number, size: number): Promise<readonly string[]> {
    return (await this.#overNodes((nodes) => inclusionProof(leaf, size, nodes))).map(toHex);
  }

  /** RFC 9162 section 2.1.4.1, hex; needs 0 < from ≤ to. */
  async consistency(from: number, to: number): Promise<readonly string[]> {
    return (await this.#overNodes((nodes) => consistencyProof(from, to, nodes))).map(toHex);
  }

  async ofConsignment(ucr: string, height: number): Promise<EventsOfConsignment> {
    const events = await this.#rows
      .selectFrom('event_about')
      .innerJoin('ledger_event', 'ledger_event.leaf', 'event_about.leaf')
      .select(['ledger_event.event_id', 'ledger_event.kid'])
      .where('event_about.ucr', '=', ucr)
      .where('event_about.block', '<', height)
      .orderBy('event_about.leaf')
      .execute();
    const tree = new Frontier();
    for (const { event_id } of events) tree.append(eventLeaf(event_id));
    const kids = new Set(events.flatMap(({ kid }) => kid ?? []));
    return { count: events.length, root: toHex(tree.root()), kids: [...kids] };
  }

  /** Keys under which a record has named a consignment. */
  async keysNaming(ucr: string, height: number): Promise<readonly string[]> {
    const rows = await this.#rows
      .selectFrom('record_naming')
      .select('key')
      .where('ucr', '=', ucr)
      .where('block', '<', height)
      .execute();
    return rows.map(({ key }) => key);
  }

  /** What stood under keys behind the last block before a height; bookkeeping is not kept. */
  async records(keys: readonly string[], height: number): Promise<ReadonlyMap<string, Uint8Array>> {
    const rows = await this.#rows
      .selectFrom('history')
      .select(['key', 'value'])
      .where('key', 'in', sql<string>`(SELECT value FROM json_each(${JSON.stringify(keys)}))`)
      .where('block', '<', height)
      .orderBy('block')
      .orderBy('position')
      .execute();
    return new Map(rows.map(({ key, value }) => [key, Buffer.from(value)]));
  }

  /** A rule over nodes of the tree, of which it reads few. */
  #overNodes<Result>(rule: (nodes: TreeNodes) => Result): Promise<Result> {
    return withLookups(
      (keys) => this.#nodes(keys),
      UNREAD,
      (get) => rule({ get: (level, number) => get(`[${String(level)},${String(number)}]`) }),
    );
  }

  async #nodes(keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const wanted = sql`(SELECT value ->> 0, value ->> 1 FROM json_each(${`[${keys.join(',')}]`}))`;
    const rows = await this.#rows
      .selectFrom('tree_node')
      .select(['level', 'number', 'hash'])
      .where(sql<boolean>`(level, number) IN ${wanted}`)
      .execute();
    return new Map(rows.map(({ level, number, hash }) => [`[${String(level)},${String(number)}]`, hash]));
  }
}
