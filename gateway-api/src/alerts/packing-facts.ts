import { packagesOf } from '@passage/domain';
import type { ContentFact, GoodsLine, PackingFacts, SealedFact, SealRecord } from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import type { ContainmentTable, HistoryTable } from '../index/tables/index.js';
import { containmentOf } from '../index/unit-reader.js';

/** What the index knows of how a consignment was packed, and of the seals on what carried it. */
export async function packingFactsOf(reader: IndexReader, ucr: string): Promise<PackingFacts> {
  const versions = await reader.units.versionsOf(ucr, Number.MAX_SAFE_INTEGER);
  const units = new Set(versions.flatMap(({ unit, within }) => (within === null ? [unit] : [unit, within])));
  const seals = await Promise.all([...units].map((unit) => reader.units.sealVersions(unit)));
  const shipment = await reader.shipments.shipment(ucr);
  const packages = shipment && packagesOf(JSON.parse(shipment.goods) as readonly GoodsLine[]);
  return {
    contents: versions.map(contentFact),
    sealed: seals.flatMap(sealedFacts),
    packages: packages === undefined ? [] : [{ ucr, packages }],
  };
}

function contentFact(row: ContainmentTable): ContentFact {
  const { unit, ucr, goods, within } = containmentOf(row);
  const { block, position, transaction_id } = row;
  return {
    unit,
    ucr,
    at: { block, position, item: 0 },
    transactionId: transaction_id,
    ...(goods && { goods }),
    ...(within !== undefined && { within }),
  };
}

/** The times in which the seals of one unit were closed; a tracker closes nothing. */
function sealedFacts(versions: readonly HistoryTable[]): readonly SealedFact[] {
  const closed = new Map<string, SealedFact>();
  for (const { value, block, position, transaction_id } of versions) {
    const { unit, seal, kind, status } = JSON.parse(value) as SealRecord;
    if (kind !== 'seal') continue;
    const at = { block, position, item: 0 };
    const before = closed.get(seal);
    if (before === undefined) closed.set(seal, { seal, unit, transactionId: transaction_id, from: at });
    else if (status !== 'fitted' && before.until === undefined) closed.set(seal, { ...before, until: at });
  }
  return [...closed.values()];
}
