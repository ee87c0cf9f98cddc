import { parseArgs } from 'node:util';

import type { Network } from './administrator.js';
import { joinChannel } from './channel.js';
import { addCard, cardSummaries, organizationsByCard, writeCard } from './card.js';
import { writeConfigFiles, writeConfigtx } from './config-files.js';
import { approveChaincode, type ChaincodePackage, defineChaincode } from './definition.js';
import { FabricError } from './errors.js';
import { ensureTrust, makeGenesisBlock, settleGenesisBlock } from './genesis.js';
import { enrolOrganizations } from './identities.js';
import { admitOrganizations } from './membership.js';
import { openSteps } from './open-steps.js';
import { foundOrganization, needMember, ownOrganization } from './own-organization.js';
import { fabricPaths } from './paths.js';
import { plan, type StepName } from './plan.js';
import { writeProfile } from './profile.js';
import { findPrograms, needPrograms, PROGRAM_NAMES } from './programs.js';
import { proveEndorsement } from './proof.js';
import { ORGANIZATIONS, parseJoining, topology } from './topology.js';
import { programVersions } from './versions.js';

/** Exit code when it could not be done; 2 is wrong use (docs/architecture.md, CLI). */
const COULD_NOT = 3;
const WRONG_USE = 2;

const USAGE =
  'usage: main.js programs [--versions] | (prepare|approve|identities|channel|membership|definition) --dir DIR [--base-port N] ' +
  '--package FILE --package-id ID --chaincode-version VERSION [--collections FILE] ' +
  '[--organization NAME:MSPID[:orderer]]… | ' +
  'member-init --dir DIR --org NAME --host HOST --base-port N [--second-host HOST] | member-cards --dir DIR | ' +
  'member-add --dir DIR FILE… | member-genesis --dir DIR [--from FILE]';

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
    const { paths, programs, own, together } = network;
    await enrolOrganizations(paths, own);
    if (together) await makeGenesisBlock(paths, programs);
    else for (const organization of own) writeCard(paths, organization);
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

/** What one organisation does for itself, before it starts its programs. */
const memberCommands = {
  'member-init': (values: Values) => {
    const host = values['second-host'];
    const founding = { name: need(values, 'org'), host: need(values, 'host'), basePort: readPort(values) };
    const second = host === undefined ? {} : { secondHost: host };
    print(foundOrganization(fabricPaths(need(values, 'dir')), { ...founding, ...second }));
  },
  'member-cards': (values: Values) => {
    print(cardSummaries(fabricPaths(need(values, 'dir'))));
  },
  'member-add': (values: Values, files: readonly string[]) => {
    const paths = fabricPaths(need(values, 'dir'));
    const own = needMember(paths);
    print(files.map((file) => addCard(paths, own, file)));
  },
  'member-genesis': async (values: Values) => {
    const { paths, organizations, programs } = networkOf(values);
    needMember(paths);
    const missing = ORGANIZATIONS.filter(({ name }) => organizations.every((one) => one.name !== name));
    if (missing.length > 0)
      throw new FabricError(
        'CARD_UNUSABLE',
        `cards of ${missing.map(({ name }) => name).join(', ')} are missing`,
      );
    writeConfigtx(paths, organizations);
    print({ genesisHash: await settleGenesisBlock(paths, programs, values.from), file: paths.genesis });
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
  const { paths, organizations, own, together, programs } = network;
  for (const organization of own) writeConfigFiles(paths, organization);
  if (together) writeConfigtx(paths, organizations);
  print(plan(paths, own, programs, openSteps(network), args));
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
        org: { type: 'string' },
        host: { type: 'string' },
        'second-host': { type: 'string' },
        from: { type: 'string' },
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

function readPort(values: Values): number {
  const basePort = Number(need(values, 'base-port'));
  if (!Number.isInteger(basePort)) throw new FabricError('USAGE', `--base-port is no port; ${USAGE}`);
  return basePort;
}

/** One organisation's network, as far as its folder knows the others; or all of them on this machine. */
function networkOf(values: Values): Network {
  const paths = fabricPaths(need(values, 'dir'));
  const programs = needPrograms(findPrograms(process.env));
  const member = ownOrganization(paths);
  if (member !== undefined)
    return { paths, programs, organizations: organizationsByCard(paths), own: [member], together: false };
  const organizations = topology(readPort(values), values.organization.map(parseJoining));
  return { paths, programs, organizations, own: organizations, together: true };
}

function readSettings(values: Values): Settings {
  const network = networkOf(values);
  const { dir } = network.paths;
  const chaincode = {
    path: need(values, 'package'),
    packageId: need(values, 'package-id'),
    version: need(values, 'chaincode-version'),
    ...(values.collections !== undefined && { collections: values.collections }),
  };
  return {
    network,
    chaincode,
    args: [
      ...['--dir', dir, '--package', chaincode.path],
      ...(network.together ? ['--base-port', String(readPort(values))] : []),
      ...['--package-id', chaincode.packageId, '--chaincode-version', chaincode.version],
      ...(values.collections === undefined ? [] : ['--collections', values.collections]),
      ...values.organization.flatMap((one) => ['--organization', one]),
    ],
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parse(process.argv.slice(2));
  const [command = '', ...rest] = positionals;
  if (command === 'programs') await printPrograms(values.versions);
  else if (command === 'prepare') prepare(readSettings(values));
  else if (command === 'approve') await approve(readSettings(values));
  else if (command in steps) await steps[command as StepName](readSettings(values));
  else if (command in memberCommands)
    await memberCommands[command as keyof typeof memberCommands](values, rest);
  else throw new FabricError('USAGE', `there is no command ${command}; ${USAGE}`);
}

main().catch((error: unknown) => {
  if (error instanceof FabricError) process.stderr.write(`${error.message}\n`);
  else console.error(error);
  process.exitCode = error instanceof FabricError && error.code === 'USAGE' ? WRONG_USE : COULD_NOT;
});
