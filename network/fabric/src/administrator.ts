import type { FabricPaths } from './paths.js';
import type { Programs } from './programs.js';
import { type ProgramResult, run } from './run-program.js';
import type { Organization } from './topology.js';

/** What the steps after enrolment need. */
export interface Network {
  readonly paths: FabricPaths;
  readonly organizations: readonly Organization[];
  readonly programs: Programs;
}

/** Runs `peer …` as an organisation's administrator at its own peer, which its core.yaml names. */
export function peerCommand(
  { paths, programs }: Network,
  { name }: Organization,
  args: readonly string[],
): Promise<ProgramResult> {
  const files = paths.organization(name);
  return run(programs.peer, args, {
    FABRIC_CFG_PATH: files.member('peer').folder,
    FABRIC_LOGGING_SPEC: 'error',
    CORE_PEER_MSPCONFIGPATH: files.member('admin').msp,
  });
}
