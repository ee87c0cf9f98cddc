import type { Command } from 'commander';

/** What a command came to: its exit code, and what it wrote. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Keeps what is written to a stream of this process until `end`, which returns it. */
function held(stream: NodeJS.WriteStream): { readonly end: () => string } {
  const chunks: Uint8Array[] = [];
  const write = stream.write.bind(stream);
  stream.write = (chunk: Uint8Array | string): boolean => chunks.push(Buffer.from(chunk)) > 0;
  return {
    end: () => {
      stream.write = write;
      return Buffer.concat(chunks).toString();
    },
  };
}

/** The code that a failure ends with on the command line: 2 for wrong use, 3 for whatever else is thrown. */
function failed(error: unknown): number {
  const { code = '', message } = error as Error & { readonly code?: string };
  if (code.startsWith('commander.')) return 2;
  process.stderr.write(`${code}: ${message}`);
  return 3;
}

/** The exit code that this process would end with by now. */
const exitCode = (): number => Number(process.exitCode ?? 0);

/** Runs a command as the command line does, in this process: two at a time would mix what they write. */
export async function runCommand(command: () => Command, ...args: string[]): Promise<Outcome> {
  const before = process.exitCode;
  const [stdout, stderr] = [held(process.stdout), held(process.stderr)];
  let status = 0;
  try {
    process.exitCode = undefined;
    await command().exitOverride().parseAsync(args, { from: 'user' });
    status = exitCode();
  } catch (error) {
    status = failed(error);
  } finally {
    process.exitCode = before;
  }
  return { status, stdout: stdout.end(), stderr: stderr.end() };
}
