import { existsSync, statfsSync } from 'node:fs';
import { type Layout, layout, organizations } from './layout.js';
import { runningPid } from './pid-file.js';
import { isFree } from './ports.js';
import { gatewayHealth, startedBasePort } from './status.js';

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

async function ports(at: Layout): Promise<Finding> {
  if (runningPid(at.runFile('network')) !== undefined)
    return fine('ports', 'held by the network that runs here');
  const wanted = organizations.flatMap((organization) =>
    (['orderer', 'peer', 'ca', 'chaincode', 'gateway'] as const).map((service) =>
      at.port(organization, service),
    ),
  );
  const free = await Promise.all(wanted.map(isFree));
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
  const missing = (['network', 'gateway'] as const).filter((name) => !existsSync(at.program(name)));
  if (missing.length === 0) return fine('packages', 'installed and compiled');
  return wrong('packages', `not compiled: ${missing.join(', ')}`, 'npm ci && npm run build');
}

function runs(at: Layout, check: string, names: readonly string[]): Finding {
  const pids = names.map((name) => runningPid(at.runFile(name)));
  if (pids.some((pid) => pid !== undefined))
    return fine(check, `runs (${pids.filter((pid) => pid !== undefined).join(', ')})`);
  return wrong(check, `does not run (log: ${at.logFile(names[0] ?? check)})`, './test-network.sh up');
}

async function gateways(at: Layout): Promise<Finding> {
  const sick = (await gatewayHealth(at)).find((gateway) => !gateway.ready);
  if (sick === undefined) return fine('gateway', 'all three are ready');
  return wrong('gateway', `${sick.organization}: ${sick.says}`, './test-network.sh up');
}

/** Examines node, ports, disk, packages, network, chaincode and gateway in turn, and stops at the first that is wrong. */
export async function* doctor(dir: string, basePort: number): AsyncGenerator<Finding> {
  const asked = layout(dir, basePort);
  const at = layout(dir, startedBasePort(asked) ?? basePort);
  const checks: readonly (() => Finding | Promise<Finding>)[] = [
    node,
    () => ports(at),
    () => disk(at),
    () => packages(at),
    () => runs(at, 'network', ['network']),
    () =>
      runs(at, 'chaincode', [
        'chaincode',
        ...organizations.map((organization) => `chaincode-${organization}`),
      ]),
    () => gateways(at),
  ];
  for (const check of checks) {
    const finding = await check();
    yield finding;
    if (!finding.ok) return;
  }
}
