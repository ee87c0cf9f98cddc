import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { isComplete } from './identities.js';
import { isAdmitted } from './membership.js';
import type { FabricPaths, OrganizationFiles } from './paths.js';
import type { StepName } from './plan.js';
import { CHANNEL, type Organization } from './topology.js';

/**
 * The steps that a bring-up still has to take, told from the files: a restart need not wait for the others. `definition` is
 * always one, because it proves that all organisations endorse.
 */
export function openSteps(paths: FabricPaths, organizations: readonly Organization[]): readonly StepName[] {
  const filesOf = ({ name }: Organization): OrganizationFiles => paths.organization(name);
  const enrolled = existsSync(paths.genesis) && organizations.map(filesOf).every(isComplete);
  const founders = organizations.filter(({ isFounder }) => isFounder);
  const joined = founders
    .map(filesOf)
    .every(
      (of) =>
        existsSync(join(of.member('orderer').folder, 'data', 'chains', CHANNEL)) &&
        existsSync(join(of.member('peer').folder, 'data', 'ledgersData', 'chains', 'chains', CHANNEL)),
    );
  return [
    ...(enrolled ? [] : ['identities' as const]),
    ...(joined ? [] : ['channel' as const]),
    ...(organizations.every((one) => isAdmitted(paths, one)) ? [] : ['membership' as const]),
    'definition',
  ];
}
