import type { FabricPaths } from './paths.js';
import type { Programs } from './programs.js';
import { type ProgramResult, run } from './run-program.js';
import type { Organization, PeerSite } from './topology.js';

/** What the steps after enrolment need. */
export interface Network {
  readonly paths: FabricPaths;
  /** Everybody on the channel, in the fixed order. */
  readonly organizations: readonly Organization[];
  /** Those of them whose keys lie here: all, or the one whose folder it is. */
  readonly own: readonly Organization[];
  /** Whether one folder holds all of them; otherwise the others act for themselves, in their own time. */
  readonly together: boolean;
  readonly programs: Programs;
}

/** Runs `peer …` as an organisation's administrator at its own peer, the first unless told otherwise. */
export function peerCommand(
  { paths, programs }: Network,
  { name }: Organization,
  args: readonly string[],
  peer: PeerSite['name'] = 'peer',
): Promise<ProgramResult> {
  const files = paths.organization(name);
  return run(programs.peer, args, {
    FABRIC_CFG_PATH: files.member(peer).folder,
    FABRIC_LOGGING_SPEC: 'error',
    CORE_PEER_MSPCONFIGPATH: files.member('admin').msp,
  });
}
