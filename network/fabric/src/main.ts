import { parseArgs } from 'node:util';

import type { Network } from './administrator.js';
import { joinChannel } from './channel.js';
import { writeConfigFiles } from './config-files.js';
import { approveChaincode, type ChaincodePackage, defineChaincode } from './definition.js';
import { FabricError } from './errors.js';
import { ensureTrust, makeGenesisBlock } from './genesis.js';
import { enrolOrganizations } from './identities.js';
import { admitOrganizations } from './membership.js';
import { openSteps } from './open-steps.js';
import { fabricPaths } from './paths.js';
import { plan, type StepName } from './plan.js';
import { writeProfile } from './profile.js';
import { findPrograms, needPrograms, PROGRAM_NAMES } from './programs.js';
import { proveEndorsement } from './proof.js';
import { parseJoining, topology } from './topology.js';
import { programVersions } from './versions.js';

/** Exit code when it could not be done; 2 is wrong use (docs/architecture.md, CLI). */
const COULD_NOT = 3;
const WRONG_USE = 2;

const USAGE =
  'usage: main.js programs [--versions] | (prepare|approve|identities|channel|membership|definition) --dir DIR --base-port N ' +
  '--package FILE --package-id ID --chaincode-version VERSION [--collections FILE] ' +
  '[--organization NAME:MSPID[:orderer]]…';

interface Settings {
  readonly network: Network;
  readonly chaincode: ChaincodePackage;
  /** What the steps are called with. */
  readonly args: readonly string[];
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

/** What each step of a bring-up does. Each finds what is done already and does the rest. */
const steps: Readonly<Record<StepName, (settings: Settings) => Promise<void>>> = {
  identities: async ({ network }) => {
    await enrolOrganizations(network.paths, network.organizations);
    await makeGenesisBlock(network.paths, network.programs);
  },
  channel: ({ network }) => joinChannel(network),
  membership: ({ network }) => admitOrganizations(network),
  definition: async ({ network, chaincode }) => {
    await defineChaincode(network, chaincode);
    await proveEndorsement(network);
    ensureTrust(network.paths);
    writeProfile(network);
  },
};

/** Prints which of Fabric's programs this machine has. */
async function printPrograms(withVersions: boolean): Promise<void> {
  const found = findPrograms(process.env);
  const missing = PROGRAM_NAMES.filter((name) => found[name] === undefined);
  print({ found, missing, ...(withVersions && { versions: await programVersions(found) }) });
}

/** Writes the configuration files and prints the plan. */
function prepare({ network, args }: Settings): void {
  const { paths, organizations, programs } = network;
  writeConfigFiles(paths, organizations);
  print(plan(paths, organizations, programs, openSteps(paths, organizations), args));
}

/** Lets every organisation approve the package before anything runs on it, and prints the definition that it would be. */
async function approve({ network, chaincode }: Settings): Promise<void> {
  const { sequence, version } = await approveChaincode(network, chaincode);
  print({ sequence, version });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        versions: { type: 'boolean', default: false },
        dir: { type: 'string' },
        'base-port': { type: 'string' },
        package: { type: 'string' },
        'package-id': { type: 'string' },
        'chaincode-version': { type: 'string' },
        collections: { type: 'string' },
        organization: { type: 'string', multiple: true, default: [] },
      },
    });
  } catch (error) {
    throw new FabricError('USAGE', `${error instanceof Error ? error.message : String(error)}; ${USAGE}`);
  }
}

type Values = ReturnType<typeof parse>['values'];

function need(values: Values, name: Exclude<keyof Values, 'versions' | 'organization'>): string {
  const value = values[name];
  if (value === undefined) throw new FabricError('USAGE', `--${name} is missing; ${USAGE}`);
  return value;
}

function readSettings(values: Values): Settings {
  const dir = need(values, 'dir');
  const basePort = Number(need(values, 'base-port'));
  if (!Number.isInteger(basePort)) throw new FabricError('USAGE', `--base-port is no port; ${USAGE}`);
  const chaincode = {
    path: need(values, 'package'),
    packageId: need(values, 'package-id'),
    version: need(values, 'chaincode-version'),
    ...(values.collections !== undefined && { collections: values.collections }),
  };
  return {
    network: {
      paths: fabricPaths(dir),
      organizations: topology(basePort, values.organization.map(parseJoining)),
      programs: needPrograms(findPrograms(process.env)),
    },
    chaincode,
    args: [
      ...['--dir', dir, '--base-port', String(basePort), '--package', chaincode.path],
      ...['--package-id', chaincode.packageId, '--chaincode-version', chaincode.version],
      ...(values.collections === undefined ? [] : ['--collections', values.collections]),
      ...values.organization.flatMap((one) => ['--organization', one]),
    ],
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parse(process.argv.slice(2));
  const [command = ''] = positionals;
  if (command === 'programs') await printPrograms(values.versions);
  else if (command === 'prepare') prepare(readSettings(values));
  else if (command === 'approve') await approve(readSettings(values));
  else if (command in steps) await steps[command as StepName](readSettings(values));
  else throw new FabricError('USAGE', `there is no command ${command}; ${USAGE}`);
}

main().catch((error: unknown) => {
  if (error instanceof FabricError) process.stderr.write(`${error.message}\n`);
  else console.error(error);
  process.exitCode = error instanceof FabricError && error.code === 'USAGE' ? WRONG_USE : COULD_NOT;
});
