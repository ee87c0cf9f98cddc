import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlError } from './errors.js';
import type { Layout } from './layout.js';
import { forgetPid, writePid } from './pid-file.js';
import type { PlannedProcess } from './planned-process.js';

const pollMilliseconds = 20;

/** How long a process may take until it says that it is ready: generous, because a busy machine is no failure. */
const patienceMilliseconds = 90_000;

function textFrom(file: string, offset: number): string {
  return readFileSync(file).subarray(offset).toString('utf8');
}

/** What a program said last before it ended: its own sentence, without the log's other lines. */
function lastWords(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  return lines.at(-1) ?? 'it said nothing';
}

/** How a program ended. */
interface End {
  readonly well: boolean;
  readonly how: string;
}

/** Compiled JavaScript runs in the Node that runs us. */
function commandLine({
  program,
  args,
  nodeOptions = [],
}: PlannedProcess): readonly [string, readonly string[]] {
  if (!/\.m?js$/.test(program)) return [program, args];
  return [process.execPath, ['--disable-warning=ExperimentalWarning', ...nodeOptions, program, ...args]];
}

/**
 * Starts a program in the background and waits until its log says that it serves; a step, until it has ended well. The
 * program outlives us; its output goes to its log file.
 *
 * @throws ControlError PROCESS_FAILED when it ends before it is ready (with its last words), PROCESS_SLOW when it is not
 * ready in time (it is stopped then).
 */
export async function start(at: Layout, planned: PlannedProcess): Promise<void> {
  if (!existsSync(planned.program))
    throw new ControlError('NOT_BUILT', `The program of ${planned.name} is not compiled.`);
  const logFile = at.logFile(planned.name);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const offset = statSync(logFile).size;
  const [command, args] = commandLine(planned);
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...planned.env },
  });
  closeSync(log);
  const ended = new Promise<End>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ well: code === 0, how: signal ?? `exit code ${String(code)}` }),
    );
    child.once('error', (error) => resolve({ well: false, how: error.message }));
  });
  const runFile = at.runFile(planned.name);
  if (child.pid !== undefined) writePid(runFile, child.pid);
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const end = await Promise.race([ended, sleep(pollMilliseconds, undefined)]);
    if (end !== undefined) {
      forgetPid(runFile);
      if (end.well && planned.readyText === undefined) return;
      const words = lastWords(textFrom(logFile, offset));
      throw new ControlError(
        'PROCESS_FAILED',
        `${planned.name} ended (${end.how}): ${words} (log: ${logFile})`,
      );
    }
    if (planned.readyText !== undefined && textFrom(logFile, offset).includes(planned.readyText)) {
      child.unref();
      return;
    }
    if (performance.now() > deadline) {
      child.kill('SIGKILL');
      forgetPid(runFile);
      throw new ControlError(
        'PROCESS_SLOW',
        `${planned.name} was not ready after 90 s and was stopped (log: ${logFile}).`,
      );
    }
  }
}
