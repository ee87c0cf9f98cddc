import { tolerancesAlong } from '@passage/domain';
import type { ParametersRecord, TolerancesAt } from '@passage/domain';

import type { IndexReader } from '../index/reader.js';

/** The tolerances that were in force at each place of the ledger. */
export async function tolerancesOf({ parameters }: IndexReader): Promise<TolerancesAt> {
  const versions = await parameters.history();
  return tolerancesAlong(
    versions.map(({ block, position, record }) => ({
      from: { block, position, item: 0 },
      values: (JSON.parse(record) as ParametersRecord).values,
    })),
  );
}
