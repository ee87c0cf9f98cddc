// Runs every test and ends on one line of totals. Unit tests of all parts first, then those that start processes and use
// ports, one file at a time. Usage: node tools/test.mjs [--long] [--unit]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lint } from './lint.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'passage-test-'));
const built = '{*,network/*}/dist/**';

const stages = {
  unit: {
    files: `${built}/!(*.integration|*.long).test.js`,
    args: ['--parallel', '--jobs', '2', '--timeout', '30000'],
  },
  integration: { files: `${built}/*.integration.test.js`, args: ['--timeout', '240000'] },
  long: { files: `${built}/*.long.test.js`, args: ['--timeout', '3600000'] },
};

/** One mocha run; the totals come from the reporter's file, so that a crash counts as a failure. */
function mocha(name) {
  const { files, args } = stages[name];
  const totalsFile = join(scratch, `${name}.json`);
  const done = spawnSync(
    'mocha',
    [
      '--reporter',
      join(root, 'tools/totals-reporter.cjs'),
      '--forbid-only',
      '--ignore',
      '**/node_modules/**',
      ...args,
      files,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, PASSAGE_TOTALS_FILE: totalsFile } },
  );
  try {
    const totals = JSON.parse(readFileSync(totalsFile, 'utf8'));
    if (done.status !== 0 && totals.failed === 0) totals.failed = 1;
    return totals;
  } catch {
    console.error(`test: the ${name} run ended without totals (exit code ${done.status ?? done.signal})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const flags = process.argv.slice(2);
const runs = flags.includes('--long')
  ? [() => mocha('long')]
  : [lint, () => mocha('unit'), ...(flags.includes('--unit') ? [] : [() => mocha('integration')])];

const totals = runs
  .map((run) => run())
  .reduce((a, b) => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  }));
rmSync(scratch, { recursive: true, force: true });

console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
