import { findAlerts } from '@passage/domain';
import type { Alert, KeyFact, StatementFact } from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import type { RecordedStatement } from '../index/statement-reader.js';
import { holdFactsOf, releaseFactsOf } from './customs-facts.js';
import { madeOf } from './made-of.js';
import { packingFactsOf } from './packing-facts.js';
import { factOf, keyFactOf, offersOf, timeOf } from './facts-of-rows.js';
import { judgedKey } from './standing.js';
import { isRevoked, othersAbout, statementsAboutShipment } from './shipment-statements.js';
import { tolerancesOf } from './tolerances.js';
import { sealOpeningsOf, withinFactsOf } from './unit-facts.js';

/** The most statements that are read of a key around those about one shipment. */
const MOST_AROUND = 2_000;

interface OneKey {
  readonly key: KeyFact;
  readonly statements: readonly StatementFact[];
}

/**
 * The alerts of a shipment: what follows from the statements about it, from those of the same keys around them, from its
 * handovers, holds and seals, and from what it lay in and was made of. Of a key that was revoked all statements are read; of another, those from
 * just before its first about this shipment to just after its last, because one that is missing in between may have been about
 * this shipment too. Of what a revoked key said, independent witnesses are looked for.
 */
export async function shipmentAlerts(reader: IndexReader, ucr: string): Promise<readonly Alert[]> {
  const head = await reader.chain.head();
  const newest = head && (await reader.chain.block(head.number));
  if (!newest) return [];
  const packing = await packingFactsOf(reader, ucr);
  const { contents } = packing;
  const within = withinFactsOf(ucr, contents);
  const { rows, facts: own } = await statementsAboutShipment(reader, ucr, within);
  const revoked = new Set(rows.filter(isRevoked).map(({ statement_id }) => statement_id));
  const others = await othersAbout(
    reader,
    own.filter(({ statementId }) => revoked.has(statementId)),
  );
  const made = await madeOf(reader, ucr);
  const judged = [...rows, ...others.filter(isRevoked), ...made.rows];
  const keys = await Promise.all([...rowsByKey(judged).values()].map((each) => keyAround(reader, each)));
  const all = [...keys.flatMap((each) => each.statements), ...others.map(factOf), ...made.facts, ...own];
  const statements = new Map(all.map((each) => [each.statementId, each]));
  const facts = {
    statements: [...statements.values()],
    keys: keys.map(({ key }) => key),
    holds: await holdFactsOf(reader, ucr, contents),
    releases: await releaseFactsOf(reader, ucr, contents),
    sealOpenings: await sealOpeningsOf(reader, ucr, contents),
    offers: await offersOf(reader, ucr),
    within: [...within, ...made.within],
    madeInto: made.madeInto,
    packing,
  };
  const now = { block: newest.number, ledgerTime: timeOf(newest.ledger_time) };
  const isOwn = aboutShipment(ucr, own);
  return findAlerts(facts, await tolerancesOf(reader), now).filter(isOwn);
}

/** Gaps and proofs of equivocation count for whatever the key has said; everything else has to come from this shipment or from a statement about it. */
function aboutShipment(ucr: string, own: readonly StatementFact[]): (alert: Alert) => boolean {
  const ids = new Set([ucr, ...own.map(({ statementId }) => statementId)]);
  const kids = new Set(own.map(({ kid }) => kid));
  return ({ kind, subject, path }) =>
    kind === 'gap' || kind === 'equivocation' ? kids.has(subject) : path.some(({ id }) => ids.has(id));
}

function rowsByKey(rows: readonly RecordedStatement[]): ReadonlyMap<string, readonly RecordedStatement[]> {
  const byKey = new Map<string, RecordedStatement[]>();
  for (const row of rows) byKey.set(row.kid, [...(byKey.get(row.kid) ?? []), row]);
  return byKey;
}

async function keyAround(reader: IndexReader, rows: readonly RecordedStatement[]): Promise<OneKey> {
  const { kid = '', kind = '' } = rows[0] ?? {};
  const key = await keyFactOf(reader, kid, kind);
  if (key.revoked !== undefined) {
    const { facts } = await judgedKey(reader, key);
    return { key, statements: facts };
  }
  const numbers = rows.map(({ seq }) => seq);
  const around = { from: Math.max(1, Math.min(...numbers) - 1), to: Math.max(...numbers) + 1 };
  const read = await reader.statements.ofKey(kid, around, MOST_AROUND);
  const to = read.length < MOST_AROUND ? around.to : (read.at(-1)?.seq ?? around.to);
  return { key: { ...key, known: { from: around.from, to } }, statements: read.map(factOf) };
}
