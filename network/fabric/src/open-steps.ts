import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { isComplete } from './identities.js';
import type { FabricPaths } from './paths.js';
import type { StepName } from './plan.js';
import { CHANNEL, type Organization } from './topology.js';

/**
 * The steps that a bring-up still has to take, told from the files: a restart need not wait for the others. `definition` is
 * always one, because it proves that all four organisations endorse.
 */
export function openSteps(paths: FabricPaths, organizations: readonly Organization[]): readonly StepName[] {
  const files = organizations.map(({ name }) => paths.organization(name));
  const enrolled = existsSync(paths.genesis) && files.every(isComplete);
  const joined = files.every(
    (of) =>
      existsSync(join(of.member('orderer').folder, 'data', 'chains', CHANNEL)) &&
      existsSync(join(of.member('peer').folder, 'data', 'ledgersData', 'chains', 'chains', CHANNEL)),
  );
  return [
    ...(enrolled ? [] : ['identities' as const]),
    ...(joined ? [] : ['channel' as const]),
    'definition',
  ];
}
