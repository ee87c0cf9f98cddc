import { keys } from '@passage/domain';
import type { MadeIntoFact, StatementFact, WithinFact } from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import type { RecordedStatement } from '../index/statement-reader.js';
import type { Origin } from '../index/tables/index.js';
import { tracedOrigin } from '../index/trace-origin.js';
import { factOf } from './facts-of-rows.js';
import { packingFactsOf } from './packing-facts.js';
import { isRevoked, statementsAboutShipment } from './shipment-statements.js';
import { withinFactsOf } from './unit-facts.js';

/** How far back lots are followed, in transformations. */
const MOST_DEPTH = 50;

/** The most consignments that one was made of, however far back. */
const MOST_ANCESTORS = 200;

/** What a shipment was made of, and what revoked keys said of that: taint comes through it. */
export interface MadeOf {
  readonly rows: readonly RecordedStatement[];
  readonly facts: readonly StatementFact[];
  readonly madeInto: readonly MadeIntoFact[];
  readonly within: readonly WithinFact[];
}

/** The lots that went with a shipment and those that they were made of; the consignments that it was split or merged from. */
export async function madeOf(reader: IndexReader, ucr: string): Promise<MadeOf> {
  const [lots, ancestors] = [await fromLots(reader, ucr), await fromConsignments(reader, ucr)];
  return {
    rows: [...lots.rows, ...ancestors.rows],
    facts: [...lots.facts, ...ancestors.facts],
    madeInto: [...lots.madeInto, ...ancestors.madeInto],
    within: ancestors.within,
  };
}

/** A statement is about a lot when the lot's claim rests on it, or when it told how the lot was made. */
async function fromLots(reader: IndexReader, ucr: string): Promise<MadeOf> {
  const drawdowns = await reader.origin.drawdownsFor(ucr).all();
  const shipped = [...new Set(drawdowns.map(({ lot }) => lot))];
  const traces = await Promise.all(shipped.map((lot) => tracedOrigin(reader.origin, lot, MOST_DEPTH)));
  const lots = new Map(traces.flatMap((trace) => [...trace.lots]));
  const transformations = new Map(traces.flatMap((trace) => [...trace.transformations]));
  const told = [
    ...[...lots.values()].flatMap(({ record: { lot, witnesses = [] } }) =>
      witnesses.map((ref) => ({ ref, lots: [lot] })),
    ),
    ...[...transformations.values()].flatMap(({ record: { statement, outputs } }) =>
      statement === undefined ? [] : [{ ref: statement, lots: outputs }],
    ),
  ];
  const found = await Promise.all(
    told.map(async ({ ref: { kid, seq }, lots }) => {
      const rows = await reader.statements.ofKey(kid, { from: seq, to: seq }, 1);
      return rows.filter(isRevoked).map((row) => ({ row, lots }));
    }),
  );
  const made = [...transformations.values()].flatMap(({ row, record: { inputs, outputs } }) =>
    inputs.flatMap(({ lot }) => outputs.map((output) => linkOf(row, lot, output))),
  );
  return {
    rows: found.flat().map(({ row }) => row),
    facts: aboutLots(found.flat()),
    madeInto: [...made, ...drawdowns.map((row) => linkOf(row, row.lot, ucr))],
    within: [],
  };
}

/** Each statement once, with every lot that it is about among its things. */
function aboutLots(
  found: readonly { readonly row: RecordedStatement; readonly lots: readonly string[] }[],
): readonly StatementFact[] {
  const facts = new Map<string, StatementFact>();
  for (const { row, lots } of found) {
    const fact = facts.get(row.statement_id) ?? factOf(row);
    facts.set(row.statement_id, { ...fact, things: [...fact.things, ...lots] });
  }
  return [...facts.values()];
}

async function fromConsignments(reader: IndexReader, ucr: string): Promise<MadeOf> {
  const rows: RecordedStatement[] = [];
  const facts: StatementFact[] = [];
  const madeInto: MadeIntoFact[] = [];
  const within: WithinFact[] = [];
  const known = new Set([ucr]);
  for (const child of known) {
    const shipment = await reader.shipments.shipment(child);
    const [opened] = await reader.chain.history(keys.shipment(child));
    if (!shipment?.parents || opened === undefined) continue;
    for (const parent of JSON.parse(shipment.parents) as readonly string[]) {
      madeInto.push(linkOf(opened, parent, child));
      if (known.has(parent) || known.size > MOST_ANCESTORS) continue;
      known.add(parent);
      const inside = withinFactsOf(parent, (await packingFactsOf(reader, parent)).contents);
      const about = await statementsAboutShipment(reader, parent, inside);
      const ids = new Set(about.rows.filter(isRevoked).map(({ statement_id }) => statement_id));
      rows.push(...about.rows.filter(isRevoked));
      facts.push(...about.facts.filter(({ statementId }) => ids.has(statementId)));
      within.push(...inside);
    }
  }
  return { rows, facts, madeInto, within };
}

function linkOf({ block, position, transaction_id }: Origin, input: string, output: string): MadeIntoFact {
  return { input, output, transactionId: transaction_id, at: { block, position, item: 0 } };
}
