// Everything that is checked without running the product. Each step is one test: the last line counts them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const steps = [
  ['formatting', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['typescript-eslint', 'eslint', ['.', '--max-warnings', '0']],
  [
    'import rules',
    'depcruise',
    [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'domain',
      'ledger',
      'chaincode',
      'devices',
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

/** Runs the steps and returns what came of each; a tool that is not on this machine is skipped and named. */
export function lint() {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, command, args] of steps) {
    const began = performance.now();
    const done = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (done.error?.code === 'ENOENT') {
      totals.skipped++;
      console.log(`lint: ${name} not run (no ${command} on this machine)`);
    } else if (done.status === 0) {
      totals.passed++;
      console.log(`lint: ${name} ok (${seconds} s)`);
    } else {
      totals.failed++;
      console.log(`lint: ${name} FAILED (${seconds} s)`);
    }
  }
  return totals;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = lint().failed === 0 ? 0 : 1;
}
