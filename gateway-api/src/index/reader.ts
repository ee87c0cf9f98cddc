import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';

import type { Commit } from '../submission/commits.js';
import { DUPLICATE_TXID } from '../submission/commits.js';
import { cursorOf, positionOf } from './cursor.js';
import { CustomsReader } from './customs-reader.js';
import { DeclarationReader } from './declaration-reader.js';
import { DocumentReader } from './document-reader.js';
import { HandoverReader } from './handover-reader.js';
import { OriginReader } from './origin-reader.js';
import { SealReader } from './seal-reader.js';
import type {
  AeoTable,
  BlockTable,
  CustodyTable,
  DeviceTable,
  EquivocationTable,
  EventTable,
  HistoryTable,
  IndexDatabase,
  MandateTable,
  NamingTable,
  Origin,
  PartyTable,
  ShipmentTable,
  StatementTable,
  TransactionTable,
} from './tables/index.js';

/** An event with its statement, where it is an observation. */
export type EventRow = Selectable<EventTable> &
  Partial<Pick<StatementTable, 'jws' | 'seq' | 'signature_holds' | 'late'>> & { readonly cursor: string };

/** A recorded statement with the ledger time of its block, and whose device signed it. */
export type RecordedStatement = StatementTable &
  Pick<BlockTable, 'ledger_time'> &
  Pick<DeviceTable, 'owner' | 'msp_id' | 'kind'>;

/** One page of a timeline. */
export interface EventPage {
  readonly events: readonly EventRow[];
  readonly hasNext: boolean;
  readonly total: number;
}

/** What the gateway reads from its index. Nothing here writes. */
export class IndexReader {
  readonly declarations: DeclarationReader;
  readonly documents: DocumentReader;
  readonly handovers: HandoverReader;
  readonly customs: CustomsReader;
  readonly origin: OriginReader;
  readonly seals: SealReader;
  readonly #rows: Kysely<IndexDatabase>;

  constructor(rows: Kysely<IndexDatabase>) {
    this.#rows = rows;
    this.declarations = new DeclarationReader(rows);
    this.documents = new DocumentReader(rows);
    this.handovers = new HandoverReader(rows);
    this.customs = new CustomsReader(rows);
    this.origin = new OriginReader(rows);
    this.seals = new SealReader(rows);
  }

  /** The newest indexed block. */
  async head(): Promise<{ readonly number: number; readonly headerHash: string } | undefined> {
    const row = await this.#rows.selectFrom('head').select(['number', 'header_hash']).executeTakeFirst();
    return row && { number: row.number, headerHash: row.header_hash };
  }

  party(partyId: string): Promise<PartyTable | undefined> {
    return this.#rows.selectFrom('party').selectAll().where('party_id', '=', partyId).executeTakeFirst();
  }

  /** A party's standing as a trusted trader. */
  aeo(partyId: string): Promise<AeoTable | undefined> {
    return this.#rows.selectFrom('aeo').selectAll().where('party_id', '=', partyId).executeTakeFirst();
  }

  /** The mandates that a party has granted. */
  mandates(mandator: string): Promise<readonly MandateTable[]> {
    return this.#rows
      .selectFrom('mandate')
      .selectAll()
      .where('mandator', '=', mandator)
      .orderBy('mandatary')
      .orderBy('mandate')
      .execute();
  }

  mandate(mandator: string, mandatary: string, mandate: string): Promise<MandateTable | undefined> {
    return this.#rows
      .selectFrom('mandate')
      .selectAll()
      .where('mandator', '=', mandator)
      .where('mandatary', '=', mandatary)
      .where('mandate', '=', mandate)
      .executeTakeFirst();
  }

  /** The parties that were named in a shipment after its opening. */
  namings(ucr: string): Promise<readonly NamingTable[]> {
    return this.#rows.selectFrom('naming').selectAll().where('ucr', '=', ucr).orderBy('party_id').execute();
  }

  device(kid: string): Promise<DeviceTable | undefined> {
    return this.#rows.selectFrom('device').selectAll().where('kid', '=', kid).executeTakeFirst();
  }

  equivocation(kid: string, seq: number): Promise<EquivocationTable | undefined> {
    return this.#rows
      .selectFrom('equivocation')
      .selectAll()
      .where('kid', '=', kid)
      .where('seq', '=', seq)
      .executeTakeFirst();
  }

  /** What was proven against a key, by number. */
  equivocations(kid: string): Promise<readonly EquivocationTable[]> {
    return this.#rows.selectFrom('equivocation').selectAll().where('kid', '=', kid).orderBy('seq').execute();
  }

  shipment(ucr: string): Promise<ShipmentTable | undefined> {
    return this.#rows.selectFrom('shipment').selectAll().where('ucr', '=', ucr).executeTakeFirst();
  }

  custody(ucr: string): Promise<CustodyTable | undefined> {
    return this.#rows.selectFrom('custody').selectAll().where('ucr', '=', ucr).executeTakeFirst();
  }

  statement(statementId: string): Promise<StatementTable | undefined> {
    return this.#rows
      .selectFrom('statement')
      .selectAll()
      .where('statement_id', '=', statementId)
      .executeTakeFirst();
  }

  transaction({
    block,
    position,
  }: Pick<Origin, 'block' | 'position'>): Promise<TransactionTable | undefined> {
    return this.#rows
      .selectFrom('transaction')
      .selectAll()
      .where('block', '=', block)
      .where('position', '=', position)
      .executeTakeFirst();
  }

  block(number: number): Promise<BlockTable | undefined> {
    return this.#rows.selectFrom('block').selectAll().where('number', '=', number).executeTakeFirst();
  }

  /** Events of a shipment in the ledger's order, after a cursor. Throws `BAD_ARGUMENT` for a cursor that is none. */
  async events(ucr: string, first: number, after?: string): Promise<EventPage> {
    const from = after === undefined ? undefined : positionOf(after);
    let query = this.#rows
      .selectFrom('event')
      .leftJoin('statement', 'statement.statement_id', 'event.statement_id')
      .selectAll('event')
      .select(['statement.jws', 'statement.seq', 'statement.signature_holds', 'statement.late'])
      .where('event.ucr', '=', ucr)
      .orderBy('event.block')
      .orderBy('event.position')
      .orderBy('event.item')
      .limit(first + 1);
    if (from) {
      query = query.where(
        sql<boolean>`(event.block, event.position, event.item) > (${from.block}, ${from.position}, ${from.item})`,
      );
    }
    const rows = await query.execute();
    const { total } = await this.#rows
      .selectFrom('event')
      .select((e) => e.fn.countAll<number>().as('total'))
      .where('ucr', '=', ucr)
      .executeTakeFirstOrThrow();
    const events = rows.slice(0, first).map((row) => eventRow(row));
    return { events, hasNext: rows.length > first, total };
  }

  /** The newest event of a shipment that names a place. */
  newestPlace(
    ucr: string,
  ): Promise<
    ({ place: string | null; statement_id: string | null } & Origin & { item: number }) | undefined
  > {
    return this.#rows
      .selectFrom('event')
      .select(['place', 'statement_id', 'transaction_id', 'block', 'position', 'item'])
      .where('ucr', '=', ucr)
      .where('place', 'is not', null)
      .orderBy('block', 'desc')
      .orderBy('position', 'desc')
      .orderBy('item', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** Every record that stood under a key, the oldest first. */
  history(key: string): Promise<readonly HistoryTable[]> {
    return this.#rows
      .selectFrom('history')
      .selectAll()
      .where('key', '=', key)
      .orderBy('block')
      .orderBy('position')
      .execute();
  }

  /** The statements of a key whose numbers lie in a range, by number: at most `limit` of them. */
  statementsOfKey(
    kid: string,
    range: { readonly from: number; readonly to: number },
    limit: number,
  ): Promise<readonly RecordedStatement[]> {
    return this.#statements()
      .where('statement.kid', '=', kid)
      .where('statement.seq', '>=', range.from)
      .where('statement.seq', '<=', range.to)
      .orderBy('statement.seq')
      .limit(limit)
      .execute();
  }

  /** The statements that name a shipment, in the ledger's order: the first `limit` of them. */
  statementsNaming(ucr: string, limit: number): Promise<readonly RecordedStatement[]> {
    const named = this.#rows
      .selectFrom('event')
      .select('statement_id')
      .where('ucr', '=', ucr)
      .where('statement_id', 'is not', null);
    return this.#statements()
      .where('statement.statement_id', 'in', named)
      .orderBy('statement.block')
      .orderBy('statement.position')
      .orderBy('statement.item')
      .limit(limit)
      .execute();
  }

  #statements() {
    return this.#rows
      .selectFrom('statement')
      .innerJoin('block', 'block.number', 'statement.block')
      .innerJoin('device', 'device.kid', 'statement.kid')
      .selectAll('statement')
      .select(['block.ledger_time', 'device.owner', 'device.msp_id', 'device.kind']);
  }

  /** Every device that has signed an observation of the shipment, in the order in which they first did. */
  async devicesThatSaw(ucr: string): Promise<readonly DeviceTable[]> {
    const seen = this.#rows
      .selectFrom('event')
      .select(['kid', sql<number>`min(block * 1000000 + position)`.as('first_seen')])
      .where('ucr', '=', ucr)
      .where('kid', 'is not', null)
      .groupBy('kid')
      .as('seen');
    return this.#rows
      .selectFrom(seen)
      .innerJoin('device', 'device.kid', 'seen.kid')
      .selectAll('device')
      .orderBy('seen.first_seen')
      .execute();
  }

  /** Where a transaction ended; of twins with one id, the first that was not refused as a duplicate. */
  async commit(transactionId: string): Promise<Commit | undefined> {
    const row = await this.#rows
      .selectFrom('transaction')
      .select(['block', 'position', 'code'])
      .where('transaction_id', '=', transactionId)
      .where('code', '<>', DUPLICATE_TXID)
      .orderBy('block')
      .orderBy('position')
      .executeTakeFirst();
    return row && { transactionId, ...row };
  }

  /** Which of these statements are on the ledger. */
  async recorded(statementIds: readonly string[]): Promise<readonly string[]> {
    if (statementIds.length === 0) return [];
    const rows = await this.#rows
      .selectFrom('statement')
      .select('statement_id')
      .where('statement_id', 'in', statementIds)
      .execute();
    return rows.map((row) => row.statement_id);
  }

  /** The transaction that carried out a request. */
  request(who: string, requestId: string): Promise<Origin | undefined> {
    return this.#rows
      .selectFrom('request')
      .select(['block', 'position', 'transaction_id'])
      .where('who', '=', who)
      .where('request_id', '=', requestId)
      .executeTakeFirst();
  }

  /** Values of world-state keys; absent keys are absent in the map. */
  async values(chaincode: string, keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    if (keys.length === 0) return new Map();
    const rows = await this.#rows
      .selectFrom('state')
      .select(['key', 'value'])
      .where('namespace', '=', chaincode)
      .where(
        'key',
        'in',
        keys.map((key) => Buffer.from(key)),
      )
      .execute();
    return new Map(rows.map((row) => [Buffer.from(row.key).toString('utf8'), row.value]));
  }
}

type Signed = Pick<StatementTable, 'jws' | 'seq' | 'signature_holds' | 'late'>;

function eventRow(row: EventTable & { readonly [Column in keyof Signed]: Signed[Column] | null }): EventRow {
  const { jws, seq, signature_holds, late, ...event } = row;
  const signed = jws !== null && seq !== null && signature_holds !== null && late !== null;
  return { ...event, cursor: cursorOf(event), ...(signed && { jws, seq, signature_holds, late }) };
}
