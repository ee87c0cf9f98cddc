import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { ControlError } from './errors.js';
import type { Layout } from './layout.js';
import { type JoinedOrganization, joiningText } from './joined-organization.js';
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
 * Lets every organisation of a running network of Fabric's approve another package. What runs goes on as it is.
 *
 * @throws ControlError NOT_BUILT, FABRIC_UNUSABLE with the peer's words where the channel would not take it
 */
export async function approveOnFabric(
  at: Layout,
  code: ChaincodePackage,
  joined: readonly JoinedOrganization[],
): Promise<void> {
  await ask(at, ['approve', ...settingsOf(at, code, joined)]);
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
  return (await ask(at, ['prepare', ...settingsOf(at, code, joined)])) as readonly PlannedProcess[];
}

/** What every command of `network/fabric` is told. */
function settingsOf(
  at: Layout,
  code: ChaincodePackage,
  joined: readonly JoinedOrganization[],
): readonly string[] {
  return [
    ...['--dir', at.dir, '--base-port', String(at.basePort), '--package', code.path],
    ...['--package-id', code.packageId, '--chaincode-version', code.version],
    ...(code.collections === undefined ? [] : ['--collections', code.collections]),
    ...joined.flatMap((one) => ['--organization', joiningText(one)]),
  ];
}

/**
 * One organisation's own commands of `network/fabric`: `member-init`, `member-cards`, `member-add`, `member-genesis`.
 *
 * @returns what it prints
 * @throws ControlError NOT_BUILT, FABRIC_UNUSABLE with the command's own words
 */
export async function askMember(at: Layout, command: string, args: readonly string[] = []): Promise<unknown> {
  return ask(at, [command, '--dir', at.dir, ...args]);
}
