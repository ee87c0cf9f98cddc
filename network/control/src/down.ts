import { setTimeout as sleep } from 'node:timers/promises';
import type { Layout } from './layout.js';
import { forgetPid, runningPid } from './pid-file.js';
import { stopOrder } from './plan.js';

/** A process gets this long to close its files by itself; what it had acknowledged is on disk either way. */
const graceMilliseconds = 8_000;

/** Stops one process, and returns whether it ran. */
export async function stop(at: Layout, name: string): Promise<boolean> {
  const file = at.runFile(name);
  const pid = runningPid(file);
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    const deadline = performance.now() + graceMilliseconds;
    while (runningPid(file) !== undefined && performance.now() < deadline) await sleep(20);
    if (runningPid(file) !== undefined) process.kill(pid, 'SIGKILL');
  }
  forgetPid(file);
  return pid !== undefined;
}

/** Stops what runs, gateways first, orderers and CAs last, and returns the names of what was stopped. */
export async function down(at: Layout): Promise<readonly string[]> {
  const stopped: string[] = [];
  for (const names of stopOrder(at)) {
    const done = await Promise.all(names.map((name) => stop(at, name)));
    stopped.push(...names.filter((_, index) => done[index] === true));
  }
  return stopped;
}
