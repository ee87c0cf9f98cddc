import { bundleCommand, compareCommand, replayCommand, verifyBundleCommand } from '@passage/auditor';
import { actCommand } from '@passage/client/command';
import { demoCommand } from '@passage/demo';
import { checkCommand, proveFieldCommand, simulateCommand } from '@passage/devices';
import { enrollCommand } from '@passage/enrolment';
import {
  backupCommand,
  checkDocumentCommand,
  indexDigestCommand,
  indexVerifyCommand,
  restoreCommand,
  submitCommand,
  tokenCommand,
  traceCommand,
} from '@passage/gateway-api';
import { networkCommand } from '@passage/network-control';
import { Command } from 'commander';

/** Exit codes of every subcommand. */
const exitCodes = { done: 0, answerIsNo: 1, wrongUse: 2, couldNotBeDone: 3 } as const;

/** The one command: it gathers what each part brings. */
function program(): Command {
  const passage = new Command('passage')
    .description('A custody ledger for goods that cross borders')
    // What stands behind a subcommand is the subcommand's: `enroll` and its parts have options of the same names.
    .enablePositionalOptions()
    .addHelpText('after', '\nExit codes: 0 done, 1 the answer is no, 2 wrong use, 3 could not be done.');
  for (const bring of [
    traceCommand,
    submitCommand,
    actCommand,
    simulateCommand,
    checkCommand,
    proveFieldCommand,
    checkDocumentCommand,
    replayCommand,
    bundleCommand,
    verifyBundleCommand,
    compareCommand,
    indexDigestCommand,
    tokenCommand,
    enrollCommand,
    indexVerifyCommand,
    backupCommand,
    restoreCommand,
    demoCommand,
    networkCommand,
  ]) {
    passage.addCommand(bring());
  }
  return passage;
}

/** Commander ends the process by itself, and each subcommand is a program of its own: make every one throw instead. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwInsteadOfExit);
}

/** Help, version and wrong use, which commander has told already. Told by name: each part may bring a commander of its own. */
function isUsage(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && error.name === 'CommanderError' && 'exitCode' in error;
}

/** `CODE: sentence` of a failure that was foreseen; anything else is a fault of ours, and says so. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return `a fault of the program itself: ${String(error)}`;
  if (!('code' in error) || typeof error.code !== 'string')
    return `a fault of the program itself: ${error.message}`;
  return error.message.startsWith(error.code) ? error.message : `${error.code}: ${error.message}`;
}

/**
 * Runs one command line and returns its exit code. An expected failure is one sentence on standard error, never a stack
 * trace; an unexpected one says that it is a fault of ours.
 */
export async function run(args: readonly string[]): Promise<number> {
  const passage = program();
  throwInsteadOfExit(passage);
  try {
    await passage.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (isUsage(error)) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    process.stderr.write(`passage: ${sentenceOf(error)}\n`);
    return exitCodes.couldNotBeDone;
  }
}
