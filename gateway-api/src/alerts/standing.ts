import { judgeKey, judgeStatements } from '@passage/domain';
import type { KeyFact, Standing, StatementFact, Witness } from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import type { RecordedStatement } from '../index/statement-reader.js';
import { factOf, keyFactOf } from './facts-of-rows.js';
import { MOST_OF_A_SHIPMENT, isRevoked, othersAbout } from './shipment-statements.js';
import { tolerancesOf } from './tolerances.js';

/** What a recorded statement is worth after what became of its key. */
export interface StatementStanding {
  readonly standing: Standing;
  readonly witnesses: readonly Witness[];
}

/** More statements of one key than a device signs in years; those beyond are not followed. */
const MOST_OF_A_KEY = 200_000;

/** All statements of a key, and what each is worth. */
export async function judgedKey(
  reader: IndexReader,
  key: KeyFact,
): Promise<{ readonly facts: readonly StatementFact[]; readonly standings: ReadonlyMap<string, Standing> }> {
  const range = { from: 1, to: Number.MAX_SAFE_INTEGER };
  const facts = (await reader.statements.ofKey(key.kid, range, MOST_OF_A_KEY)).map(factOf);
  return { facts, standings: judgeKey(key, facts) };
}

/** What the statements of a key are worth; nothing of one that nobody revoked, whose statements are all clean. */
export async function standingsOfKey(
  reader: IndexReader,
  kid: string,
): Promise<ReadonlyMap<string, Standing>> {
  const device = await reader.devices.device(kid);
  if (device?.status !== 'revoked') return new Map();
  return (await judgedKey(reader, await keyFactOf(reader, kid, device.kind))).standings;
}

/**
 * The standing of one statement. Of a key that nobody revoked every statement is clean, and nothing is read; else the key's
 * whole chain is, and for a tainted statement what other devices said of the same shipments and things.
 */
export async function standingOf(
  reader: IndexReader,
  statement: { readonly statementId: string; readonly kid: string; readonly ucrs: readonly string[] },
): Promise<StatementStanding> {
  const device = await reader.devices.device(statement.kid);
  if (device?.status !== 'revoked') return { standing: { standing: 'clean' }, witnesses: [] };
  const key = await keyFactOf(reader, device.kid, device.kind);
  const { facts, standings } = await judgedKey(reader, key);
  const standing = standings.get(statement.statementId) ?? { standing: 'clean' };
  const own = facts.find(({ statementId }) => statementId === statement.statementId);
  if (standing.standing !== 'tainted' || own === undefined) return { standing, witnesses: [] };
  const named = statement.ucrs.map((ucr) => reader.statements.naming(ucr, MOST_OF_A_SHIPMENT));
  const others = (await Promise.all([...named, othersAbout(reader, [own])])).flat();
  const keys = await revokedKeys(reader, others);
  const all = new Map([...standings, ...(await standingsOf(reader, keys))]);
  const judged = judgeStatements(
    [own, ...others.map(factOf)],
    new Map([...keys, key].map((each) => [each.kid, each])),
    all,
    await tolerancesOf(reader),
  );
  return { standing, witnesses: judged[0]?.witnesses ?? [] };
}

async function revokedKeys(
  reader: IndexReader,
  statements: readonly RecordedStatement[],
): Promise<readonly KeyFact[]> {
  const kinds = new Map(statements.filter(isRevoked).map(({ kid, kind }) => [kid, kind]));
  return Promise.all([...kinds].map(([kid, kind]) => keyFactOf(reader, kid, kind)));
}

async function standingsOf(
  reader: IndexReader,
  keys: readonly KeyFact[],
): Promise<readonly (readonly [string, Standing])[]> {
  const judged = await Promise.all(keys.map((key) => judgedKey(reader, key)));
  return judged.flatMap(({ standings }) => [...standings]);
}
