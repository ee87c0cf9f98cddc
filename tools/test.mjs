// Runs every test and ends on one line of totals: what is checked without running, then the unit tests of all parts, then
// those that start processes and use ports, one file at a time. Usage: node tools/test.mjs [--unit | --long]
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lint } from './lint.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reporter = join(root, 'tools/totals-reporter.cjs');
const scratch = mkdtempSync(join(tmpdir(), 'passage-test-'));

/** The compiled tests, found by their sources: what a deleted test left behind in dist does not count. */
const tests = globSync('{*,network/*}/src/**/*.test.ts', { cwd: root, exclude: ['node_modules'] })
  .map((source) => source.replace('/src/', '/dist/').replace(/\.ts$/, '.js'))
  .sort();
const isLong = (file) => file.endsWith('.long.test.js');
const isIntegration = (file) => file.endsWith('.integration.test.js');

const stages = {
  unit: {
    files: tests.filter((file) => !isLong(file) && !isIntegration(file)),
    options: ['--parallel', '--jobs', '2', '--timeout', '60000'],
  },
  integration: { files: tests.filter(isIntegration), options: ['--timeout', '240000'] },
  long: { files: tests.filter(isLong), options: ['--timeout', '3600000'] },
};

/** One mocha run; the totals come from the reporter's file, so that a crash counts as a failure. */
function mocha(name) {
  const { files, options } = stages[name];
  const totalsFile = join(scratch, `${name}.json`);
  const done = spawnSync('mocha', ['--reporter', reporter, '--forbid-only', ...options, ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PASSAGE_TOTALS_FILE: totalsFile },
  });
  try {
    const totals = JSON.parse(readFileSync(totalsFile, 'utf8'));
    if (done.status !== 0 && totals.failed === 0) totals.failed = 1;
    return totals;
  } catch {
    console.error(`test: the ${name} run ended without totals (exit code ${done.status ?? done.signal})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** A failure is worth knowing at once; the rest is worth running all the same. */
function runs(flags) {
  if (flags.includes('--long')) return [() => mocha('long')];
  const quick = [lint, () => mocha('unit')];
  return flags.includes('--unit') ? quick : [...quick, () => mocha('integration')];
}

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const run of runs(process.argv.slice(2))) {
  const { passed, failed, skipped } = run();
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
}
rmSync(scratch, { recursive: true, force: true });

console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
