import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

import type { IndexDatabase } from '../index/tables/index.js';
import type { PartOfLedger } from './sight.js';
import { subjects } from './subjects.js';
import type { Subject } from './subjects.js';

type Condition = RawBuilder<unknown>;

const NEVER = sql`FALSE`;
const ALWAYS = sql`TRUE`;

/**
 * The rows of a table that a caller sees, out of `rows`; undefined where it sees them all. What is seen is judged by the index as it
 * stands (tables of `main`), also where the rows are those of an earlier block: a later joiner sees earlier history.
 */
export function rowsSeen(
  table: keyof IndexDatabase,
  rows: RawBuilder<unknown>,
  sight: PartOfLedger,
): RawBuilder<unknown> | undefined {
  const subject = subjects[table];
  if (subject === 'registry') return undefined;
  return sql`SELECT * FROM (${rows}) AS r WHERE ${conditions[subject](new Seen(sight))}`;
}

/**
 * The same for a query of the events of one consignment: of the tables that tell of goods, what is of this consignment alone, and that
 * if the caller sees it. So sight is judged once for the query, and not row by row. `ucr` may be a prepared query's slot. Statements are
 * those that the query joins to these events: whose event is seen is seen itself, and to look for the event once more would cost as
 * much as all else. What is about statements alone has no business here (ShipmentReader).
 */
export function rowsSeenOfOne(
  table: keyof IndexDatabase,
  rows: RawBuilder<unknown>,
  sight: PartOfLedger,
  ucr: RawBuilder<string>,
): RawBuilder<unknown> | undefined {
  const isOf = ofOne[subjects[table]];
  if (!isOf) return rowsSeen(table, rows, sight);
  return sql`SELECT * FROM (${rows}) AS r WHERE ${isOf(ucr)} AND ${new Seen(sight).consignment(ucr)}`;
}

const ofOne: { readonly [Each in Subject]?: (ucr: RawBuilder<string>) => Condition } = {
  consignment: (ucr) => sql`r.ucr = ${ucr}`,
  statement: () => ALWAYS,
};

/** The conditions that the others are made of. */
class Seen {
  readonly #sight: PartOfLedger;

  constructor(sight: PartOfLedger) {
    this.#sight = sight;
  }

  get customs(): Condition {
    return this.#sight.isCustoms ? ALWAYS : NEVER;
  }

  /** Whether a column holds the caller's party. */
  own(column: Condition): Condition {
    const { party } = this.#sight;
    return party === undefined ? NEVER : sql`${column} = ${party}`;
  }

  /** The same of an id that a party numbers itself. */
  ownId(column: Condition): Condition {
    const { party } = this.#sight;
    return party === undefined ? NEVER : sql`substr(${column}, 1, ${party.length + 1}) = ${`${party}:`}`;
  }

  consignment(ucr: Condition): Condition {
    return this.#subject(ucr);
  }

  /** What has, or had, something of a consignment in it that is seen. */
  unit(unit: Condition): Condition {
    return sql`EXISTS (SELECT 1 FROM main.containment AS c WHERE c.unit = ${unit} AND ${this.#subject(sql`c.ucr`)})`;
  }

  /** A statement about what is seen, by an own device, or handed in by the caller's party. */
  statement(id: Condition): Condition {
    return sql`(EXISTS (SELECT 1 FROM main.event AS e WHERE e.statement_id = ${id} AND ${this.#subject(sql`e.ucr`)})
      OR EXISTS (SELECT 1 FROM main.statement AS s JOIN main.device AS d ON d.kid = s.kid
        WHERE s.statement_id = ${id} AND ${this.own(sql`d.owner`)})
      OR EXISTS (SELECT 1 FROM main.statement AS s
        JOIN main."transaction" AS t ON t.block = s.block AND t.position = s.position
        WHERE s.statement_id = ${id} AND ${this.own(sql`t.party`)}))`;
  }

  /** A document of the caller's, or of a consignment that is seen; any may be shown to customs. */
  document(document: Condition): Condition {
    if (this.#sight.isCustoms) return ALWAYS;
    return sql`EXISTS (SELECT 1 FROM main.document AS d WHERE d.document = ${document}
      AND (${this.own(sql`d.anchored_by`)} OR ${this.#subject(sql`d.ucr`)}))`;
  }

  /** A lot of the caller's, one that went with a consignment that is seen, and what these were made of, further and further back. */
  lot(lot: Condition): Condition {
    const { viewers, isCustoms, certifies } = this.#sight;
    if (isCustoms || certifies) return ALWAYS;
    if (viewers.length === 0) return NEVER;
    const by = sql`g.viewer IN (${sql.join(viewers)})`;
    return sql`${lot} IN (WITH RECURSIVE seen (lot) AS (
      SELECT substr(g.subject, 5) FROM main.sight AS g WHERE ${by} AND g.subject >= 'lot:' AND g.subject < 'lot;'
      UNION SELECT d.lot FROM main.sight AS g JOIN main.drawdown AS d ON d.ucr = g.subject WHERE ${by}
      UNION SELECT json_extract(i.value, '$.lot') FROM seen JOIN main.lot AS l ON l.lot = seen.lot
        JOIN main.transformation AS t ON t.transformation = json_extract(l.record, '$.transformation')
        CROSS JOIN json_each(t.record, '$.inputs') AS i)
      SELECT lot FROM seen)`;
  }

  /** What stands at an end of a lineage. */
  lotOrConsignment(thing: Condition): Condition {
    return sql`CASE substr(${thing}, 1, 4) WHEN 'lot:' THEN ${this.lot(sql`substr(${thing}, 5)`)}
      ELSE ${this.#subject(thing)} END`;
  }

  #subject(subject: Condition): Condition {
    const { viewers } = this.#sight;
    if (viewers.length === 0) return NEVER;
    return sql`EXISTS (SELECT 1 FROM main.sight AS g
      WHERE g.viewer IN (${sql.join(viewers)}) AND g.subject = ${subject})`;
  }
}

const or = (...conditions: readonly Condition[]): Condition => sql`(${sql.join(conditions, sql` OR `)})`;

/** What stands in a key of the ledger behind its kind, up to the next part. */
const partOfKey = (kind: string): Condition => {
  const rest = sql`substr(r.key, ${kind.length + 2})`;
  return sql`substr(${rest}, 1, instr(${rest} || '/', '/') - 1)`;
};

const keyOf = (kind: string): Condition => sql`r.key >= ${`${kind}/`} AND r.key < ${`${kind}0`}`;

const certificateOfLot = (seen: Seen, lot: Condition): Condition =>
  or(seen.lot(lot), seen.ownId(sql`r.certificate`));

const conditions: { readonly [Each in Exclude<Subject, 'registry'>]: (seen: Seen) => Condition } = {
  consignment: (seen) => seen.consignment(sql`r.ucr`),
  acceptance: (seen) =>
    sql`EXISTS (SELECT 1 FROM main.declaration AS d WHERE d.declaration = r.declaration AND ${seen.consignment(sql`d.ucr`)})`,
  assessment: (seen) => sql`(${seen.customs} AND ${seen.consignment(sql`r.ucr`)})`,
  statement: (seen) => seen.statement(sql`r.statement_id`),
  equivocation: (seen) =>
    or(
      seen.customs,
      seen.own(sql`r.filed_by`),
      sql`EXISTS (SELECT 1 FROM main.device AS d WHERE d.kid = r.kid AND ${seen.own(sql`d.owner`)})`,
    ),
  master: (seen) =>
    or(
      seen.ownId(sql`r.master`),
      sql`EXISTS (SELECT 1 FROM main.consolidation AS c WHERE c.master = r.master AND ${seen.consignment(sql`c.ucr`)})`,
    ),
  consolidation: (seen) => or(seen.ownId(sql`r.master`), seen.consignment(sql`r.ucr`)),
  seal: (seen) => or(seen.unit(sql`r.unit`), seen.own(sql`json_extract(r.fitted, '$.by')`)),
  sealcheck: (seen) => or(seen.unit(sql`r.unit`), seen.own(sql`r.party_id`)),
  mandate: (seen) => or(seen.customs, seen.own(sql`r.mandator`), seen.own(sql`r.mandatary`)),
  document: (seen) => seen.document(sql`r.document`),
  anchor: (seen) => seen.document(sql`r.document`),
  lot: (seen) => seen.lot(sql`r.lot`),
  // Whoever does not see both ends is not told that one is linked to the other.
  link: (seen) => sql`(${seen.lotOrConsignment(sql`r.input`)} AND ${seen.lotOrConsignment(sql`r.output`)})`,
  transformation: (seen) =>
    sql`EXISTS (SELECT 1 FROM json_each(r.record, '$.outputs') AS o WHERE ${seen.lot(sql`o.value`)})`,
  certificate: (seen) => certificateOfLot(seen, sql`r.lot`),
  // It names a consignment, so that whoever sees the lot alone does not see it.
  drawdown: (seen) =>
    or(
      seen.consignment(sql`r.ucr`),
      sql`EXISTS (SELECT 1 FROM main.lot AS l WHERE l.lot = r.lot AND ${seen.own(sql`l.holder`)})`,
    ),
  // Records by key: those of devices, seals, lots and certificates are read; what alerts follow from is computed elsewhere.
  history: (seen) =>
    or(
      sql`(${keyOf('device')})`,
      sql`(${keyOf('seal')} AND ${seen.unit(partOfKey('seal'))})`,
      sql`(${keyOf('sealcheck')} AND ${seen.unit(partOfKey('sealcheck'))})`,
      sql`(${keyOf('lot')} AND ${seen.lot(partOfKey('lot'))})`,
      sql`(${keyOf('certificate')} AND ${seen.lot(
        sql`(SELECT c.lot FROM main.certificate AS c WHERE c.certificate = ${partOfKey('certificate')})`,
      )})`,
    ),
  customs: (seen) => seen.customs,
  nobody: () => NEVER,
};
