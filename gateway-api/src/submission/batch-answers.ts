import * as z from 'zod';

import type { Refusal } from '../errors.js';

const results = z.object({
  results: z.array(z.object({ statementId: z.string(), status: z.enum(['accepted', 'duplicate']) })),
});

const refused = z.object({
  refused: z.array(z.object({ index: z.number().int(), code: z.string(), message: z.string() })),
});

/** What the chaincode answered for each statement of a batch (docs/architecture.md, "The chaincode's face"). */
export function batchResults(result: string): z.infer<typeof results>['results'] {
  return results.parse(JSON.parse(result)).results;
}

/** The statements that a BATCH_REFUSED names, by their index in the batch; empty for any other refusal. */
export function refusedStatements(error: Refusal): ReadonlyMap<number, { code: string; message: string }> {
  const parsed = error.code === 'BATCH_REFUSED' ? refused.safeParse(error.facts.details) : undefined;
  return new Map(parsed?.success ? parsed.data.refused.map((r) => [r.index, r]) : []);
}
