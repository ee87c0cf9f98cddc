import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Summary } from '../summary.js';

const main = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

/** What a command line came to. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, nothing on its standard input. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString('utf8')));
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** `passage …` of this checkout, as compiled. */
export function passage(...args: readonly string[]): Promise<Outcome> {
  return run(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args]);
}

/** The JSON object that `demo --json` ended on. */
export function lastSummary({ stdout, stderr, code }: Outcome): Summary {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith('{'))
    throw new Error(`no JSON on the last line (exit code ${String(code)}): ${stderr}`);
  return JSON.parse(line) as Summary;
}
