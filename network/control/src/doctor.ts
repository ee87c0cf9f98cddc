import { existsSync, statfsSync } from 'node:fs';
import { type FabricPrograms, fabricPrograms } from './fabric.js';
import { heldKind } from './held-network.js';
import type { Layout } from './layout.js';
import { members } from './members.js';
import { runningPid } from './pid-file.js';
import { networkProcesses } from './plan.js';
import { isFree } from './ports.js';
import { gatewayHealth } from './status.js';

/** One examined thing: fine, or what is wrong and the command that mends it. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly says: string;
  readonly mend?: string;
}

const fine = (check: string, says: string): Finding => ({ check, ok: true, says });
const wrong = (check: string, says: string, mend: string): Finding => ({ check, ok: false, says, mend });

/** Room for the block files, state and logs of a demo run, with a wide margin. */
const neededBytes = 512 * 1024 * 1024;

function node(): Finding {
  const version = process.versions.node;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > 22 || (major === 22 && minor >= 12);
  return enough ? fine('node', `Node ${version}`) : wrong('node', `Node ${version} is too old`, 'npm ci');
}

/** Where Fabric publishes its programs, of which no package registry carries the peer and the orderer. */
const releases = 'github.com/hyperledger/fabric/releases and github.com/hyperledger/fabric-ca/releases';

/** Which of Fabric's programs are here; missing ones are only wrong where the folder holds a network of them. */
async function fabric(at: Layout): Promise<Finding> {
  if (!existsSync(at.program('fabric'))) return wrong('fabric', 'not compiled', 'npm ci && npm run build');
  const { found, missing, versions = {} }: FabricPrograms = await fabricPrograms(at, true);
  const here = Object.keys(found).map((name) => `${name} ${versions[name] ?? '(tells no version)'}`);
  if (missing.length === 0) return fine('fabric', here.join(', '));
  const says = `${here.length === 0 ? '' : `${here.join(', ')}; `}not found: ${missing.join(', ')} (${releases})`;
  if (heldKind(at) !== 'fabric') return fine('fabric', `${says}; the embedded network needs none of them`);
  return wrong('fabric', says, 'FABRIC_BIN=<folder of the programs> ./test-network.sh up');
}

const running = (at: Layout, names: readonly string[]): readonly string[] =>
  names.filter((name) => runningPid(at.runFile(name)) !== undefined);

async function ports(at: Layout): Promise<Finding> {
  if (running(at, [...networkProcesses(at, 'embedded'), ...networkProcesses(at, 'fabric')]).length > 0)
    return fine('ports', 'held by the network that runs here');
  const wanted = members(at).flatMap((organization) =>
    (['orderer', 'peer', 'ca', 'chaincode', 'gateway'] as const).map((service) =>
      at.port(organization, service),
    ),
  );
  const free = await Promise.all(wanted.map((port) => isFree(port)));
  const taken = wanted.filter((_, index) => free[index] !== true);
  if (taken.length === 0) return fine('ports', `${String(wanted[0])} and on are free`);
  return wrong(
    'ports',
    `taken: ${taken.join(', ')}`,
    `./test-network.sh up --base-port ${String(at.basePort + 1000)}`,
  );
}

function disk(at: Layout): Finding {
  const folder = existsSync(at.dir) ? at.dir : process.cwd();
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const says = `${(free / 1e9).toFixed(1)} GB free`;
  return free >= neededBytes
    ? fine('disk', says)
    : wrong('disk', says, './test-network.sh reset, or --dir on another disk');
}

function packages(at: Layout): Finding {
  const missing = (['network', 'fabric', 'gateway'] as const).filter((name) => !existsSync(at.program(name)));
  if (missing.length === 0) return fine('packages', 'installed and compiled');
  return wrong('packages', `not compiled: ${missing.join(', ')}`, 'npm ci && npm run build');
}

/** Every one of `names` has to run. */
function allRun(at: Layout, check: string, names: readonly string[]): Finding {
  const alive = running(at, names);
  const dead = names.find((name) => !alive.includes(name));
  if (dead === undefined) return fine(check, `runs (${alive.join(', ')})`);
  return wrong(check, `${dead} does not run (log: ${at.logFile(dead)})`, './test-network.sh up');
}

/** One process for all in fast mode, one for each organisation otherwise. */
function chaincode(at: Layout): Finding {
  const each = members(at).map(({ name }) => `chaincode-${name}`);
  const perOrganization = heldKind(at) === 'fabric' || running(at, each).length > 0;
  return allRun(at, 'chaincode', perOrganization ? each : ['chaincode']);
}

async function gateways(at: Layout): Promise<Finding> {
  const sick = (await gatewayHealth(at)).find((gateway) => !gateway.ready);
  if (sick === undefined) return fine('gateway', 'all are ready');
  return wrong('gateway', `${sick.organization}: ${sick.says}`, './test-network.sh up');
}

/** Examines node, packages, Fabric's programs, ports, disk, network, chaincode and gateway in turn; stops at the first that is wrong. */
export async function* doctor(at: Layout): AsyncGenerator<Finding> {
  const checks: readonly (() => Finding | Promise<Finding>)[] = [
    node,
    () => packages(at),
    () => fabric(at),
    () => ports(at),
    () => disk(at),
    () => allRun(at, 'network', networkProcesses(at, heldKind(at) ?? 'embedded')),
    () => chaincode(at),
    () => gateways(at),
  ];
  for (const check of checks) {
    const finding = await check();
    yield finding;
    if (!finding.ok) return;
  }
}
