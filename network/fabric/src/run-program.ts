import { execFile } from 'node:child_process';
import { basename } from 'node:path';

import { FabricError } from './errors.js';

/** What a program came to. Fabric's programs write to both streams; both are kept. */
export interface ProgramResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that does not end by itself is stopped after this time. */
const LIMIT_MS = 120_000;

const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/** Runs one of Fabric's programs to its end; the caller judges the result. */
export function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  return new Promise((done) => {
    const options = {
      env: { ...process.env, ...environment },
      timeout: LIMIT_MS,
      maxBuffer: OUTPUT_LIMIT_BYTES,
    };
    execFile(program, args, options, (error, stdout, stderr) => {
      done({ ok: error === null, stdout, stderr: error === null ? stderr : `${stderr}\n${error.message}` });
    });
  });
}

/** The failure of a program, with the sentence in which it says why. */
export function programFailed(program: string, what: string, { stdout, stderr }: ProgramResult): FabricError {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const words =
    lines.find((line) => /^(error|osnadmin: error|panic)\b/i.test(line)) ??
    lines.find((line) => /\b(ERRO|FATA|PANI|CRIT)\b/.test(line)) ??
    lines.findLast((line) => line !== '');
  return new FabricError(
    'PROGRAM_FAILED',
    `${basename(program)} could not ${what}: ${words ?? 'it said nothing'}`,
  );
}
