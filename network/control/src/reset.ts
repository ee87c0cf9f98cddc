import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { down } from './down.js';
import type { Layout } from './layout.js';

/** What a network leaves in its folder; nothing else in there is touched. */
const ours = [
  'profile.json',
  'trust.json',
  'network.json',
  'network',
  'gateways',
  'issuer',
  'run',
  'logs',
  'demo',
];

/** Stops everything and removes what was recorded. The folder itself stays if it holds anything else. */
export async function reset(at: Layout): Promise<void> {
  await down(at);
  for (const name of ours) rmSync(join(at.dir, name), { recursive: true, force: true });
}
