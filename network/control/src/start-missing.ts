import type { Layout } from './layout.js';
import { runningPid } from './pid-file.js';
import type { PlannedProcess } from './planned-process.js';
import { needFreePorts } from './ports.js';
import { start } from './start.js';

/** Which processes had to be started, and which ran. */
export interface StartedProcesses {
  readonly started: readonly string[];
  readonly alreadyRunning: readonly string[];
}

/** How {@link startMissing} goes about it. */
export interface StartOptions {
  /** Called when every port is found free, before the first process starts. */
  readonly onBegin: () => void;
  readonly onReady: (name: string) => void;
  /** Whether steps run even where no process is missing. */
  readonly always: boolean;
}

/** Whether `name` is what `after` means: the very name, or one organisation's process of that kind. */
function isMeant(name: string, after: readonly string[]): boolean {
  return after.some((prefix) => name === prefix || name.startsWith(`${prefix}-`));
}

/** Starts the missing processes and runs the steps, each as soon as those it needs are ready. */
async function startAll(
  at: Layout,
  missing: readonly PlannedProcess[],
  tell: (name: string) => void,
): Promise<void> {
  const begun = new Map<string, Promise<void>>();
  const begin = (planned: PlannedProcess): Promise<void> => {
    const known = begun.get(planned.name);
    if (known !== undefined) return known;
    const needed = missing.filter(({ name }) => isMeant(name, planned.after));
    const ready = Promise.all(needed.map(begin))
      .then(() => start(at, planned))
      .then(() => tell(planned.name));
    begun.set(planned.name, ready);
    return ready;
  };
  const outcomes = await Promise.allSettled(missing.map(begin));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/**
 * Starts what of a plan does not run, and runs its steps. Every port is checked before the first process starts.
 *
 * @throws ControlError PORT_IN_USE, NOT_BUILT, PROCESS_FAILED, PROCESS_SLOW
 */
export async function startMissing(
  at: Layout,
  planned: readonly PlannedProcess[],
  { onBegin, onReady, always }: StartOptions,
): Promise<StartedProcesses> {
  const processes = planned.filter((one) => one.readyText !== undefined);
  const missing = processes.filter((one) => runningPid(at.runFile(one.name)) === undefined);
  await needFreePorts(missing);
  onBegin();
  // Gateways start last: where nothing is missing, every step was done.
  const steps = missing.length === 0 && !always ? [] : planned.filter((one) => one.readyText === undefined);
  await startAll(at, [...missing, ...steps], onReady);
  const started = missing.map(({ name }) => name);
  return {
    started,
    alreadyRunning: processes.map(({ name }) => name).filter((name) => !started.includes(name)),
  };
}
