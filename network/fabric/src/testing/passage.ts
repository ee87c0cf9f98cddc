import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../../cli/dist/main.js', import.meta.url));

/** What a command line came to. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `passage …` of this checkout, as compiled, run to its end. */
export function passage(...args: readonly string[]): Promise<Outcome> {
  return passageOn([], ...args);
}

/** The same behind a command that runs it elsewhere (`ip netns exec …`). */
export function passageOn(before: readonly string[], ...args: readonly string[]): Promise<Outcome> {
  const [command = '', ...rest] = [...before, process.execPath, main, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString('utf8')));
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** The JSON object on the last line of what a command printed. */
export function lastJson({ code, stdout, stderr }: Outcome): unknown {
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith('{'))
    throw new Error(`no JSON on the last line (exit code ${String(code)}): ${stderr}`);
  return JSON.parse(line);
}
