import { Command } from 'commander';

/** Exit codes of every subcommand. */
const exitCodes = { done: 0, answerIsNo: 1, wrongUse: 2, couldNotBeDone: 3 } as const;

const auditor = () => import('@passage/auditor');
const devices = () => import('@passage/devices');
const gateway = () => import('@passage/gateway-api');

/**
 * What each part brings, by its name. A part is loaded when one of its subcommands is asked for, and not before: whoever
 * asks for the status of a network does not wait for GraphQL to load.
 */
export const subcommands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['trace', async () => (await gateway()).traceCommand()],
  ['submit', async () => (await gateway()).submitCommand()],
  ['act', async () => (await import('@passage/client/command')).actCommand()],
  ['simulate', async () => (await devices()).simulateCommand()],
  ['check', async () => (await devices()).checkCommand()],
  ['prove-field', async () => (await devices()).proveFieldCommand()],
  ['check-document', async () => (await gateway()).checkDocumentCommand()],
  ['replay', async () => (await auditor()).replayCommand()],
  ['bundle', async () => (await auditor()).bundleCommand()],
  ['verify-bundle', async () => (await auditor()).verifyBundleCommand()],
  ['compare', async () => (await auditor()).compareCommand()],
  ['index-digest', async () => (await gateway()).indexDigestCommand()],
  ['token', async () => (await gateway()).tokenCommand()],
  ['enroll', async () => (await import('@passage/enrolment')).enrollCommand()],
  ['index-rebuild', async () => (await gateway()).indexRebuildCommand()],
  ['index-verify', async () => (await gateway()).indexVerifyCommand()],
  ['backup', async () => (await gateway()).backupCommand()],
  ['restore', async () => (await gateway()).restoreCommand()],
  ['demo', async () => (await import('@passage/demo')).demoCommand()],
  ['network', async () => (await import('@passage/network-control')).networkCommand()],
]);

/** The one command, with the subcommand that is asked for; with all of them for help, and where none is known. */
async function program(asked: string | undefined): Promise<Command> {
  const passage = new Command('passage')
    .description('A custody ledger for goods that cross borders')
    // What stands behind a subcommand is the subcommand's: `enroll` and its parts have options of the same names.
    .enablePositionalOptions()
    .addHelpText('after', '\nExit codes: 0 done, 1 the answer is no, 2 wrong use, 3 could not be done.');
  const one = subcommands.get(asked ?? '');
  for (const bring of one === undefined ? subcommands.values() : [one]) passage.addCommand(await bring());
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
  const passage = await program(args[0]);
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
