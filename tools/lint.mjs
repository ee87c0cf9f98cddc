// Everything that is checked without running the product. Each step is one test: the last line counts them.
import { fileURLToPath } from 'node:url';
import { inLanes, programme } from './lanes.mjs';

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
      'batch-ecdsa',
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

/** Runs one step; its totals. A tool that is not here counts as skipped, and is named. */
async function run([name, command, args]) {
  const { status, missing, said, seconds } = await programme(command, args, { cwd: root });
  const totals = { passed: 0, failed: 0, skipped: 0 };
  totals[missing ? 'skipped' : status === 0 ? 'passed' : 'failed']++;
  const took = `(${seconds.toFixed(1)} s)`;
  const verdict = missing
    ? `not run (no ${command} on this machine)`
    : `${status === 0 ? 'ok' : 'FAILED'} ${took}`;
  process.stdout.write(`${said}lint: ${name} ${verdict}\n`);
  return totals;
}

/** The steps, the longest first, each a task that returns its totals. */
export const lintTasks = steps.map((step) => () => run(step));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outcomes = await inLanes(2, lintTasks);
  process.exitCode = outcomes.every(({ failed }) => failed === 0) ? 0 : 1;
}
