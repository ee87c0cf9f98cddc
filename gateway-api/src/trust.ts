import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as z from 'zod';

import { messageOf } from './errors.js';

const NEXT = 'get the genesis hash from those who started the network; without it nothing can be verified';

const trust = z.object({
  format: z.literal('passage-trust-1'),
  network: z.enum(['embedded', 'fabric']),
  channel: z.string().min(1),
  genesisHash: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits'),
});

/** Where trust starts (docs/architecture.md, "Trust file"). */
export type Trust = z.infer<typeof trust>;

/** Reads `trust.json` of a running state's folder. Throws one sentence. */
export function readTrust(dir: string): Trust {
  const path = join(dir, 'trust.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Error(`${path} cannot be read: ${NEXT}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON (${messageOf(error)}): ${NEXT}`, { cause: error });
  }
  const parsed = trust.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((i) => `/${i.path.join('/')} ${i.message}`).join('; ');
  throw new Error(`${path} is not as expected (${wrong}): ${NEXT}`);
}
