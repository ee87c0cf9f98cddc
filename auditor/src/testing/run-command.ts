import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const index = new URL('../index.js', import.meta.url);

/** Runs a command as the command line does: exit code 2 for wrong use, 3 for whatever else it throws. */
export function runCommand(
  command: 'bundleCommand' | 'compareCommand' | 'replayCommand' | 'verifyBundleCommand',
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  const program = `
  import { ${command} } from ${JSON.stringify(index.href)};
  try {
    await ${command}().exitOverride().parseAsync(process.argv.slice(1), { from: 'user' });
  } catch (error) {
    if (!error.code?.startsWith('commander.')) process.stderr.write(error.code + ': ' + error.message);
    process.exitCode = error.code?.startsWith('commander.') ? 2 : 3;
  }`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program, '--', ...args], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  });
}
