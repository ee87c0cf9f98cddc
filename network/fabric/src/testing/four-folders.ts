import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fabricPaths } from '../paths.js';
import { type OrganizationName, ORGANIZATIONS } from '../topology.js';
import { fourMachines, type Machines } from './four-machines.js';
import { type Outcome, passageOn } from './passage.js';

/** On a busy machine the others may need more than one round. */
const MOST_TRIES = 4;

const NAMES = ORGANIZATIONS.map(({ name }) => name);

/** Four organisations, each with a folder and an address of its own; only files that a person copies pass between them. */
export class FourFolders {
  readonly machines: Machines;
  readonly #root = mkdtempSync(join(tmpdir(), 'passage-four-'));
  readonly #basePort: number;

  constructor(basePort: number) {
    this.machines = fourMachines(NAMES);
    this.#basePort = basePort;
  }

  dir(name: OrganizationName): string {
    return join(this.#root, name);
  }

  /** `passage network member …` on the organisation's machine; fails the test if it fails. */
  async member(name: OrganizationName, command: string, ...args: readonly string[]): Promise<Outcome> {
    const outcome = await this.tryMember(name, command, ...args);
    if (outcome.code !== 0) throw new Error(`${name}: member ${command}: ${outcome.stderr}`);
    return outcome;
  }

  tryMember(name: OrganizationName, command: string, ...args: readonly string[]): Promise<Outcome> {
    const { inside } = this.machines.of(name);
    return passageOn(inside, 'network', 'member', command, '--dir', this.dir(name), ...args);
  }

  /** Founds all four; customs with a second peer. */
  async init(): Promise<void> {
    await Promise.all(
      NAMES.map((name) => {
        const { host, second } = this.machines.of(name);
        const settings = ['--org', name, '--host', host, '--base-port', String(this.#basePort)];
        return this.member(
          name,
          'init',
          ...settings,
          ...(name === 'customs' ? ['--second-host', second] : []),
        );
      }),
    );
  }

  /** Gives one organisation's card to another: what they would do by mail. */
  async giveCard(from: OrganizationName, to: OrganizationName): Promise<void> {
    const received = join(this.dir(to), `from-${from}.card.json`);
    copyFileSync(fabricPaths(this.dir(from)).organization(from).card, received);
    await this.member(to, 'add', received);
  }

  /** Hands a genesis block on; the outcome is the receiver's comparison. */
  async giveGenesis(from: OrganizationName, to: OrganizationName): Promise<Outcome> {
    const received = join(this.dir(to), `from-${from}.block`);
    copyFileSync(fabricPaths(this.dir(from)).genesis, received);
    return this.tryMember(to, 'genesis', '--from', received);
  }

  /** Starts what of an organisation does not run, again while it waits for others, and returns what was started. */
  async up(name: OrganizationName): Promise<readonly string[]> {
    const before = this.#running(name);
    for (let tries = 1; ; tries += 1) {
      const { code, stderr } = await this.tryMember(name, 'up');
      if (code === 0) return this.#running(name).filter((one) => !before.includes(one));
      if (tries === MOST_TRIES || !stderr.includes('DEFINITION_WAITS')) throw new Error(`${name}: ${stderr}`);
    }
  }

  /** Processes that were started and are alive. */
  #running(name: OrganizationName): readonly string[] {
    const folder = join(this.dir(name), 'run');
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
    return names.filter((one) => isAlive(this.pid(name, one)));
  }

  /** `passage network status` on the organisation's machine. */
  async isHealthy(name: OrganizationName): Promise<boolean> {
    const { inside } = this.machines.of(name);
    return (await passageOn(inside, 'network', 'status', '--dir', this.dir(name))).code === 0;
  }

  pid(name: OrganizationName, process: string): number {
    const file = join(this.dir(name), 'run', `${process}.json`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly pid: number }).pid;
  }

  async down(name: OrganizationName): Promise<void> {
    await passageOn([], 'network', 'down', '--dir', this.dir(name));
  }

  async remove(): Promise<void> {
    await Promise.all(NAMES.map((name) => this.down(name)));
    this.machines.remove();
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** Every file of an organisation's folder, as text that holds its bytes one to one. */
  files(name: OrganizationName): ReadonlyMap<string, string> {
    const folder = this.dir(name);
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return new Map(files.map((file) => [file, readFileSync(file, 'latin1')]));
  }
}

/** Whether a process runs. One that was killed and that nobody has buried yet still has a pid (proc(5), state Z). */
function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return false;
  }
}
