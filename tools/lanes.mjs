// Runs programs side by side, as many at a time as there are lanes; what each says is printed in one piece when it ends.
import { spawn } from 'node:child_process';

/**
 * Starts a program and waits for its end.
 *
 * @returns {Promise<{ status: number | null, signal: string | null, missing: boolean, said: string, seconds: number }>} how it
 *   ended; `missing` when it is not on this machine. `said` is what it wrote, both streams in the order in which it came
 */
export async function programme(command, args, options) {
  const began = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes));
  const ended = await new Promise((resolve) => {
    child.once('error', ({ code, message }) => resolve({ missing: code === 'ENOENT', fault: message }));
    child.once('close', (status, signal) => resolve({ missing: false, status, signal }));
  });
  const text = Buffer.concat(said).toString();
  return { status: null, signal: null, ...ended, said: text, seconds: (performance.now() - began) / 1000 };
}

/** Takes up the tasks in their order, so many at a time, and returns what came of each. */
export async function inLanes(lanes, tasks) {
  const waiting = [...tasks];
  const outcomes = [];
  const lane = async () => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) outcomes.push(await task());
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
}
