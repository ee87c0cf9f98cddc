import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlError } from './errors.js';
import type { Layout } from './layout.js';
import { forgetPid, writePid } from './pid-file.js';
import type { PlannedProcess } from './plan.js';

const pollMilliseconds = 20;

/** How long a process may take until it says that it is ready: generous, because a busy machine is no failure. */
const patienceMilliseconds = 90_000;

function textFrom(file: string, offset: number): string {
  return readFileSync(file).subarray(offset).toString('utf8');
}

/** The line in which a program of ours says that it serves: one JSON object with `ready: true`. */
function readyLine(log: string): Record<string, unknown> | undefined {
  const line = log.split('\n').find((text) => text.startsWith('{"ready":true'));
  return line === undefined ? undefined : (JSON.parse(line) as Record<string, unknown>);
}

/** What a program said last before it ended: its own sentence, without the log's other lines. */
function lastWords(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  return lines.at(-1) ?? 'it said nothing';
}

/**
 * Starts a program in the background and waits for its ready line, which it returns. The program outlives us; its output
 * goes to its log file.
 *
 * @throws ControlError PROCESS_FAILED when it ends before it is ready (with its last words), PROCESS_SLOW when it is not
 * ready in time (it is stopped then).
 */
export async function start(at: Layout, planned: PlannedProcess): Promise<Record<string, unknown>> {
  if (!existsSync(planned.program))
    throw new ControlError('NOT_BUILT', `The program of ${planned.name} is not compiled.`);
  const logFile = at.logFile(planned.name);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const offset = statSync(logFile).size;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', planned.program, ...planned.args],
    {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...planned.env },
    },
  );
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
    child.once('error', (error) => resolve(error.message));
  });
  const runFile = at.runFile(planned.name);
  if (child.pid !== undefined) writePid(runFile, child.pid);
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const end = await Promise.race([ended, sleep(pollMilliseconds, undefined)]);
    const ready = readyLine(textFrom(logFile, offset));
    if (ready !== undefined && end === undefined) {
      child.unref();
      return ready;
    }
    if (end !== undefined) {
      forgetPid(runFile);
      const words = lastWords(textFrom(logFile, offset));
      throw new ControlError('PROCESS_FAILED', `${planned.name} ended (${end}): ${words} (log: ${logFile})`);
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
