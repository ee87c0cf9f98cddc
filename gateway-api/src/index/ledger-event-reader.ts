import { Frontier, consistencyProof, eventLeaf, inclusionProof, treeRoot } from '@passage/evidence';
import type { SignedEvent, TreeNodes } from '@passage/evidence';
import { toHex } from '@passage/ledger';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

import { amongKeys, amongPairs } from './gathered.js';
import { withLookups } from './lookups.js';
import type { IndexDatabase, LedgerEventTable } from './tables/index.js';

const UNREAD = new Uint8Array(32);

/** The events that concern a consignment, up to a height. */
export interface EventsOfConsignment {
  readonly count: number;
  /** RFC 9162 root over their ids, hex. */
  readonly root: string;
  /** The statements among them. */
  readonly statements: readonly SignedEvent[];
}

/** An event of a consignment, and where it stands. */
export type EventOfConsignment = Pick<LedgerEventTable, 'leaf' | 'event_id' | 'kid' | 'block' | 'position'>;

/** Those that devices have signed. */
export function statementsAmong(
  events: readonly Pick<EventOfConsignment, 'event_id' | 'kid'>[],
): readonly SignedEvent[] {
  return events.flatMap(({ event_id: id, kid }) => (kid === null ? [] : { id, kid }));
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
    const [proof = []] = await this.inclusions([leaf], size);
    return proof.map(toHex);
  }

  /** The same for many leaves of one tree, as bytes. */
  inclusions(leaves: readonly number[], size: number): Promise<readonly (readonly Uint8Array[])[]> {
    return this.#overNodes((nodes) => leaves.map((leaf) => inclusionProof(leaf, size, nodes)));
  }

  /** RFC 9162 section 2.1.4.1, hex; needs 0 < from ≤ to. */
  async consistency(from: number, to: number): Promise<readonly string[]> {
    return (await this.#overNodes((nodes) => consistencyProof(from, to, nodes))).map(toHex);
  }

  async ofConsignment(ucr: string, height: number): Promise<EventsOfConsignment> {
    const events = await this.eventsOf(ucr, height);
    const tree = new Frontier();
    for (const { event_id } of events) tree.append(eventLeaf(event_id));
    return { count: events.length, root: toHex(tree.root()), statements: statementsAmong(events) };
  }

  /** The events that concern a consignment, in their order. */
  eventsOf(ucr: string, height: number): Promise<readonly EventOfConsignment[]> {
    return this.#rows
      .selectFrom('event_about')
      .innerJoin('ledger_event', 'ledger_event.leaf', 'event_about.leaf')
      .select([
        'ledger_event.leaf',
        'ledger_event.event_id',
        'ledger_event.kid',
        'ledger_event.block',
        'ledger_event.position',
      ])
      .where('event_about.ucr', '=', ucr)
      .where('event_about.block', '<', height)
      .orderBy('event_about.leaf')
      .execute();
  }

  /** Which other consignments its commands are about, command by command. */
  besides(ucr: string, height: number): Promise<readonly { readonly leaf: number; readonly ucr: string }[]> {
    return this.#rows
      .selectFrom('event_about as own')
      .innerJoin('ledger_event', 'ledger_event.leaf', 'own.leaf')
      .innerJoin('event_about as other', 'other.leaf', 'own.leaf')
      .select(['own.leaf', 'other.ucr'])
      .where('own.ucr', '=', ucr)
      .where('own.block', '<', height)
      .where('other.ucr', '<>', ucr)
      .where('ledger_event.kid', 'is', null)
      .execute();
  }

  /** Which other consignments the records have named that name this one. */
  async namedBeside(ucr: string, height: number): Promise<readonly string[]> {
    const rows = await this.#rows
      .selectFrom('record_naming as own')
      .innerJoin('record_naming as other', 'other.key', 'own.key')
      .select('other.ucr')
      .distinct()
      .where('own.ucr', '=', ucr)
      .where('own.block', '<', height)
      .where('other.block', '<', height)
      .where('other.ucr', '<>', ucr)
      .execute();
    return rows.map((row) => row.ucr);
  }

  /** Transactions that wrote records of a kind about a consignment. */
  wrote(
    kind: string,
    ucr: string,
    height: number,
  ): Promise<readonly Pick<LedgerEventTable, 'block' | 'position'>[]> {
    return this.#rows
      .selectFrom('history')
      .select(['block', 'position'])
      .where('key', '>=', `${kind}/${ucr}/`)
      .where('key', '<', `${kind}/${ucr}0`)
      .where('block', '<', height)
      .execute();
  }

  /** How many events a block holds. */
  async eventsIn(block: number): Promise<number> {
    const row = await this.#rows
      .selectFrom('ledger_event')
      .select(({ fn }) => fn.countAll<number>().as('events'))
      .where('block', '=', block)
      .executeTakeFirstOrThrow();
    return row.events;
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
      .where('key', 'in', amongKeys(keys))
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
    const rows = await this.#rows
      .selectFrom('tree_node')
      .select(['level', 'number', 'hash'])
      .where(sql<boolean>`(level, number) IN ${amongPairs(keys)}`)
      .execute();
    return new Map(rows.map(({ level, number, hash }) => [`[${String(level)},${String(number)}]`, hash]));
  }
}
