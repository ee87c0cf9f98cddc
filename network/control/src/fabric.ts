import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { ControlError } from './errors.js';
import type { Layout } from './layout.js';
import type { JoinedOrganization } from './held-network.js';
import type { ChaincodePackage } from './package-chaincode.js';
import type { PlannedProcess } from './planned-process.js';

/** Which of Fabric's programs this machine has, on the PATH or in FABRIC_BIN: paths by name. */
export interface FabricPrograms {
  readonly found: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
  /** Versions by name, of the programs that tell theirs; only when asked for. */
  readonly versions?: Readonly<Record<string, string>>;
}

const outputLimit = 16 * 1024 * 1024;

/** What `network/fabric` prints; it is a program of its own, taken by its path. */
async function ask(at: Layout, args: readonly string[]): Promise<unknown> {
  const program = at.program('fabric');
  if (!existsSync(program))
    throw new ControlError('NOT_BUILT', 'The program of network/fabric is not compiled.');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], {
      maxBuffer: outputLimit,
    });
    return JSON.parse(stdout);
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new ControlError('FABRIC_UNUSABLE', said);
  }
}

/** Looks for Fabric's programs. @throws ControlError NOT_BUILT, FABRIC_UNUSABLE */
export async function fabricPrograms(at: Layout, versions = false): Promise<FabricPrograms> {
  return (await ask(at, versions ? ['programs', '--versions'] : ['programs'])) as FabricPrograms;
}

/**
 * Writes the configuration files of Fabric's programs, and tells which processes and steps make up their network.
 *
 * @throws ControlError NOT_BUILT, FABRIC_UNUSABLE
 */
export async function prepareFabric(
  at: Layout,
  code: ChaincodePackage,
  joined: readonly JoinedOrganization[],
): Promise<readonly PlannedProcess[]> {
  const settings = ['--dir', at.dir, '--base-port', String(at.basePort), '--package', code.path];
  const named = ['--package-id', code.packageId, '--chaincode-version', code.version];
  const listed = code.collections === undefined ? [] : ['--collections', code.collections];
  const others = joined.flatMap(({ name, mspId, orders }) => [
    '--organization',
    [name, mspId, ...(orders ? ['orderer'] : [])].join(':'),
  ]);
  return (await ask(at, [
    'prepare',
    ...settings,
    ...named,
    ...listed,
    ...others,
  ])) as readonly PlannedProcess[];
}
