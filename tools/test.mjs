// Runs every test and ends on one line of totals: what is checked without running, then the unit tests of all parts, then
// those that start processes, two files at a time: each file has ports of its own. The gateway's index is tested over SQLite, and
// once more over PostgreSQL, where its programs are here. Usage: node tools/test.mjs [--unit | --long]
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lint } from './lint.mjs';
import { startPostgres } from './postgres.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reporter = join(root, 'tools/totals-reporter.cjs');
const scratch = mkdtempSync(join(tmpdir(), 'passage-test-'));

/** The compiled tests, found by their sources: what a deleted test left behind in dist does not count. */
const tests = globSync('{*,network/*}/src/**/*.test.ts', { cwd: root, exclude: ['node_modules'] })
  .map((source) => source.replace('/src/', '/dist/').replace(/\.ts$/, '.js'))
  .sort();
const isLong = (file) => file.endsWith('.long.test.js');
const isIntegration = (file) => file.endsWith('.integration.test.js');

const options = {
  unit: ['--parallel', '--jobs', '2', '--timeout', '60000'],
  integration: ['--parallel', '--jobs', '2', '--timeout', '240000'],
  long: ['--timeout', '3600000'],
};

/** Adds up what came of several runs. */
function sum(all) {
  const total = (name) => all.reduce((amount, one) => amount + one[name], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** One mocha run; the totals come from the reporter's file, so that a crash counts as a failure. */
function mocha(stage, files, env = {}) {
  const totalsFile = join(scratch, 'totals.json');
  rmSync(totalsFile, { force: true });
  const done = spawnSync('mocha', ['--reporter', reporter, '--forbid-only', ...options[stage], ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, PASSAGE_TOTALS_FILE: totalsFile },
  });
  try {
    const totals = JSON.parse(readFileSync(totalsFile, 'utf8'));
    if (done.status !== 0 && totals.failed === 0) totals.failed = 1;
    return totals;
  } catch {
    console.error(`test: a ${stage} run ended without totals (exit code ${done.status ?? done.signal})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/**
 * Unit tests run part by part: Fabric's two libraries bring two versions of its messages, which share one global name in
 * a process, and the part that uses the one for comparison must not meet the other.
 */
function unit() {
  const files = tests.filter((file) => !isLong(file) && !isIntegration(file));
  const parts = Map.groupBy(files, (file) => file.slice(0, file.indexOf('/dist/')));
  return sum([...parts.values()].map((part) => mocha('unit', part, { PASSAGE_TEST_POSTGRES: '' })));
}

/** What asks the index: every test of these once more, over PostgreSQL. */
const ofTheIndex = /^gateway-api\/dist\/(index|paging|sight|feed|heads|schema|alerts)\//;

async function unitOverPostgres() {
  const given = process.env.PASSAGE_TEST_POSTGRES;
  const postgres = given ? { url: given, stop: async () => {} } : await startPostgres();
  if ('missing' in postgres) {
    console.log(`test: the PostgreSQL half of the index's tests was not run: ${postgres.missing}`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  try {
    const files = tests.filter((file) => ofTheIndex.test(file) && !isLong(file) && !isIntegration(file));
    return mocha('unit', files, { PASSAGE_TEST_POSTGRES: postgres.url });
  } finally {
    await postgres.stop();
  }
}

/** What is run, in order. A failure does not keep the rest from running. */
function stages(flags) {
  if (flags.includes('--long')) return [() => mocha('long', tests.filter(isLong))];
  const quick = [lint, unit, unitOverPostgres];
  return flags.includes('--unit')
    ? quick
    : [...quick, () => mocha('integration', tests.filter(isIntegration))];
}

const outcomes = [];
for (const stage of stages(process.argv.slice(2))) outcomes.push(await stage());
const totals = sum(outcomes);
rmSync(scratch, { recursive: true, force: true });

console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
