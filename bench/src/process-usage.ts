import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The kernel's unit of time in /proc (proc(5)): USER_HZ, 100 a second on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor seconds that a process has used, in user and kernel mode, from the text of /proc/PID/stat. */
export function cpuSecondsOf(stat: string): number {
  // The second field, the name, may hold blanks and brackets: count from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory in MB (10^6 bytes), from the text of /proc/PID/status. */
export function residentMegabytesOf(status: string): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}

/** The most that was resident since the program was loaded, in MB, from the text of /proc/PID/status (`getrusage` begins with its parent's). */
export function mostResidentMegabytesOf(status: string): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}

/** The processes of a running network by name, as `network/control` noted them. */
export function processesOf(dir: string): ReadonlyMap<string, number> {
  const folder = join(dir, 'run');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(
    files.map((name) => {
      const { pid } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { pid: number };
      return [name.slice(0, -'.json'.length), pid] as const;
    }),
  );
}

export function cpuSeconds(pid: number): number {
  return cpuSecondsOf(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
}

export function residentMegabytes(pid: number): number {
  return residentMegabytesOf(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
}

/** Resident memory of each process of a network, in MB. */
export function memoryOf(dir: string): ReadonlyMap<string, number> {
  return new Map([...processesOf(dir)].map(([name, pid]) => [name, residentMegabytes(pid)]));
}

/** Processor seconds used since it was made: by each process of a network, and by ourselves as `client`. */
export class CpuMeter {
  readonly #pids: ReadonlyMap<string, number>;
  readonly #before: ReadonlyMap<string, number>;
  readonly #own = process.cpuUsage();

  constructor(dir: string) {
    this.#pids = processesOf(dir);
    this.#before = this.#read();
  }

  used(): ReadonlyMap<string, number> {
    const { user, system } = process.cpuUsage(this.#own);
    const others = [...this.#read()].map(
      ([name, seconds]) => [name, seconds - (this.#before.get(name) ?? 0)] as const,
    );
    return new Map([...others, ['client', (user + system) / 1e6]]);
  }

  #read(): ReadonlyMap<string, number> {
    return new Map([...this.#pids].map(([name, pid]) => [name, cpuSeconds(pid)]));
  }
}
