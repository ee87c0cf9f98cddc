import { accessSync, constants, mkdirSync } from 'node:fs';
import { packageChaincode } from './package-chaincode.js';
import { ControlError } from './errors.js';
import { type Layout, layout } from './layout.js';
import { runningPid } from './pid-file.js';
import { type PlannedProcess, plan } from './plan.js';
import { needFreePorts } from './ports.js';
import { start } from './start.js';

export interface UpOptions {
  readonly dir: string;
  readonly basePort: number;
  readonly faithful?: boolean;
  readonly batchInterval?: number;
  /** Told as each process becomes ready: its name, and seconds since the start of `up`. */
  readonly onReady?: (process: string, seconds: number) => void;
}

/** What came of `up`: which processes it had to start, and how long it took, in seconds. */
export interface Started {
  readonly layout: Layout;
  readonly started: readonly string[];
  readonly alreadyRunning: readonly string[];
  readonly seconds: number;
}

function needFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ControlError(
      'FOLDER_UNUSABLE',
      `${dir} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/** Starts the missing processes, each as soon as those it needs are ready. */
async function startAll(
  at: Layout,
  missing: readonly PlannedProcess[],
  tell: (name: string) => void,
): Promise<void> {
  const ready = new Map<string, Promise<void>>();
  for (const planned of missing) {
    const needed = [...ready].filter(([name]) =>
      planned.after.some((prefix) => name === prefix || name.startsWith(`${prefix}-`)),
    );
    const begun = Promise.all(needed.map(([, promise]) => promise))
      .then(() => start(at, planned))
      .then(() => tell(planned.name));
    ready.set(planned.name, begun);
  }
  const outcomes = await Promise.allSettled(ready.values());
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/**
 * Starts the embedded network, its chaincode and the gateways, or only those of them that do not run: `up` repairs. Every
 * port is checked before the first process starts.
 *
 * @throws ControlError PORT_IN_USE, FOLDER_UNUSABLE, NOT_BUILT, PROCESS_FAILED, PROCESS_SLOW
 */
export async function up(options: UpOptions): Promise<Started> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const at = layout(options.dir, options.basePort);
  needFolder(at.dir);
  const processes = plan(at, {
    faithful: options.faithful ?? false,
    chaincode: await packageChaincode(at),
    ...(options.batchInterval === undefined ? {} : { batchInterval: options.batchInterval }),
  });
  const missing = processes.filter((planned) => runningPid(at.runFile(planned.name)) === undefined);
  await needFreePorts(missing.flatMap((planned) => planned.ports));
  await startAll(at, missing, (name) => options.onReady?.(name, seconds()));
  const started = missing.map((planned) => planned.name);
  const alreadyRunning = processes.map((planned) => planned.name).filter((name) => !started.includes(name));
  return { layout: at, started, alreadyRunning, seconds: seconds() };
}
