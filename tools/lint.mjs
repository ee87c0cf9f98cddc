// Everything that is checked without running the product. Each step is one test: the last line counts them.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const steps = [
  ['typescript-eslint', 'eslint', ['.', '--max-warnings', '0']],
  ['formatting', 'prettier', ['--check', '--log-level', 'warn', '.']],
  [
    'import rules',
    'depcruise',
    [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'portable-crypto',
      'domain',
      'ledger',
      'chaincode',
      'devices',
      'client',
      'evidence',
      'evidence-page',
      'enrolment',
      'network',
      'gateway-api',
      'auditor',
      'demo',
      'cli',
      'bench',
    ],
  ],
  ['unused code', 'knip', ['--no-progress']],
  ['shell scripts', 'shellcheck', ['test-network.sh', '.ci/run']],
];

/** Runs one step to its end and prints what it said in one piece: two run side by side. */
async function run([name, command, args]) {
  const began = performance.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.code === 'ENOENT' ? 'skipped' : 'failed'));
    child.once('close', (status) => resolve(status === 0 ? 'passed' : 'failed'));
  });
  const [outcome, ...said] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const verdict = {
    passed: `ok (${seconds} s)`,
    failed: `FAILED (${seconds} s)`,
    skipped: `not run (no ${command} on this machine)`,
  };
  process.stdout.write(`${said.join('')}lint: ${name} ${verdict[outcome]}\n`);
  return outcome;
}

/** Runs the steps, the longest beside the others, and returns what came of each; a missing tool is skipped and named. */
export async function lint() {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...steps];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) totals[await run(step)]++;
  };
  await Promise.all([worker(), worker()]);
  return totals;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await lint()).failed === 0 ? 0 : 1;
}
