import { contentsOf } from '@passage/domain';

import { gatewayError } from '../errors.js';
import type { IndexReader } from '../index/reader.js';
import type { ContainmentTable } from '../index/tables/index.js';
import { Listed } from '../paging/listed.js';
import type { PageArgs } from '../paging/page.js';
import { containmentOf } from '../index/unit-reader.js';
import type { GatewayContext } from './context.js';
import { connection } from './connection.js';
import { blockOf } from './moment.js';
import type { Moment } from './moment.js';
import { answerVerification, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

/** The most units that one answer goes through: a ship carries many containers. */
const MOST_UNITS = 5_000;

/** Every version up to a block of the records of a unit and of whatever it ever carried, further and further in. */
async function versionsInside(
  { units }: IndexReader,
  unit: string,
  upTo: number,
): Promise<readonly ContainmentTable[]> {
  const known = new Set([unit]);
  const versions = [...(await units.versions([unit], upTo))];
  for (let outer: readonly string[] = [unit]; outer.length > 0;) {
    const inner = (await units.everWithin(outer, upTo)).filter((each) => !known.has(each));
    for (const each of inner) known.add(each);
    if (known.size > MOST_UNITS) {
      throw gatewayError('BAD_ARGUMENT', `${unit} has carried more than ${String(MOST_UNITS)} units`, {
        next: 'Ask for the units inside it, one by one.',
      });
    }
    versions.push(...(await units.versions(inner, upTo)));
    outer = inner;
  }
  return versions;
}

async function contents(
  _: unknown,
  { unit, ...moment }: { readonly unit: string } & Moment,
  context: GatewayContext,
): Promise<Node> {
  const { reader } = context;
  const block = await blockOf(reader, moment);
  const versions = await versionsInside(reader, unit, block);
  return {
    ...(block >= 0 && { block }),
    ...contentsOf(unit, versions.map(containmentOf)),
    verification: () => answerVerification(context),
  };
}

/** The units that had something of a shipment in them at a moment, by name. */
export async function unitsOf(services: Services, ucr: string, asked: Moment & PageArgs): Promise<Node> {
  const block = await blockOf(services.reader, asked);
  const versions = await services.reader.units.versionsOf(ucr, block);
  const newest = new Map(versions.map((row) => [row.unit, row]));
  const units = [...newest.values()]
    .filter(({ goods, within }) => goods === 1 || within !== null)
    .sort((one, other) => (one.unit < other.unit ? -1 : 1));
  return connection(new Listed('units', units, ({ unit }) => [unit]), asked, (row) => ({
    unit: row.unit,
    goods: row.goods === 1,
    packages: row.packages,
    within: row.within,
    at: row.at,
    by: row.by,
    verification: () => verification(services, row),
  }));
}

/** Fields of `Query` that are about what carries goods. */
export const unitQueries = { contents };
