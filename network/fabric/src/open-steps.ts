import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Network } from './administrator.js';
import { isComplete } from './identities.js';
import { isAdmitted } from './membership.js';
import type { StepName } from './plan.js';
import { CHANNEL, peersOf } from './topology.js';

/**
 * The steps that a bring-up still has to take, told from the files: a restart need not wait for the others. `definition` is
 * always one, because it proves that all organisations endorse.
 */
export function openSteps({ paths, own, together }: Omit<Network, 'programs'>): readonly StepName[] {
  const enrolled = own.every(
    (one) =>
      isComplete(paths, one) && existsSync(together ? paths.genesis : paths.organization(one.name).card),
  );
  const joined = own
    .filter(({ isFounder }) => isFounder)
    .every((one) => {
      const files = paths.organization(one.name);
      const ledgers = peersOf(one).map(({ name }) =>
        join(files.member(name).folder, 'data/ledgersData/chains/chains'),
      );
      return [join(files.member('orderer').folder, 'data/chains'), ...ledgers].every((folder) =>
        existsSync(join(folder, CHANNEL)),
      );
    });
  return [
    ...(enrolled ? [] : ['identities' as const]),
    ...(joined ? [] : ['channel' as const]),
    ...(own.every((one) => isAdmitted(paths, one)) ? [] : ['membership' as const]),
    'definition',
  ];
}
