import type { Command } from 'commander';

/** What a command came to. */
interface Said {
  readonly code: number;
  readonly printed: string;
}

/** Runs a command as the command line does: failures are thrown. Gives its exit code and what it printed. */
export async function run(command: Command, ...args: string[]): Promise<Said> {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  const write = {
    out: process.stdout.write.bind(process.stdout),
    err: process.stderr.write.bind(process.stderr),
  };
  let printed = '';
  process.stderr.write = () => true;
  process.stdout.write = (text: string | Uint8Array): boolean => {
    printed += String(text);
    return true;
  };
  try {
    await command.parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), printed };
  } finally {
    process.stdout.write = write.out;
    process.stderr.write = write.err;
    process.exitCode = undefined;
  }
}
