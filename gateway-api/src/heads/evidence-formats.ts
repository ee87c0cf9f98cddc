import { SHIPMENT_STATEMENT_FORMAT, TREE_HEAD_FORMAT } from '@passage/evidence';
import * as z from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const natural = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const network = z.enum(['embedded', 'fabric']);

const signature = z.strictObject({
  mspId: z.string().max(200),
  certificate: z.string().max(10_000),
  signature: z.string().max(1_000),
});

const treeHead = z.strictObject({
  format: z.literal(TREE_HEAD_FORMAT),
  network,
  genesisHash: hash,
  height: natural,
  size: natural,
  root: hash,
});

/** What a gateway answers at `/tree-head`: its head, signed; and that the tree of `from` events is a beginning of it. */
export const headAnswer = z.strictObject({
  head: treeHead,
  signatures: z.array(signature).max(10),
  consistency: z.strictObject({ from: natural, proof: z.array(hash).max(64) }).optional(),
});

export type HeadAnswer = z.infer<typeof headAnswer>;

/** What a gateway takes at `/shipment-statement`. */
export const shipmentStatement = z.strictObject({
  format: z.literal(SHIPMENT_STATEMENT_FORMAT),
  network,
  genesisHash: hash,
  height: natural,
  ucr: z.string().min(1).max(100),
  events: natural,
  root: hash,
  state: hash,
  devices: hash,
});

/** Its answer: a signature where its own index says the same, and nothing else where it does not. */
export const statementAnswer = z.union([
  z.strictObject({ equal: z.literal(true), signature }),
  z.strictObject({ equal: z.literal(false) }),
]);

export type StatementAnswer = z.infer<typeof statementAnswer>;
