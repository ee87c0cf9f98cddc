// Runs every test and ends on one line of totals: what is checked without running, the unit tests part by part, and those that
// start processes, file by file: each has ports of its own. The gateway's index is tested over SQLite, and once more over
// PostgreSQL, where its programs are here. Usage: node tools/test.mjs [--unit | --long]
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inLanes, programme } from './lanes.mjs';
import { lintTasks } from './lint.mjs';
import { startPostgres } from './postgres.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reporter = join(root, 'tools/totals-reporter.cjs');
const scratch = mkdtempSync(join(tmpdir(), 'passage-test-'));

/** One more than cores, and not many: tests that start networks wait as much as they work. */
const lanes = Math.min(availableParallelism(), 3) + 1;

/** The compiled tests, found by their sources: what a deleted test left behind in dist does not count. */
const tests = globSync('{*,network/*}/src/**/*.test.ts', { cwd: root, exclude: ['node_modules'] })
  .map((source) => source.replace('/src/', '/dist/').replace(/\.ts$/, '.js'))
  .sort();
const isLong = (file) => file.endsWith('.long.test.js');
const isIntegration = (file) => file.endsWith('.integration.test.js');
const isUnit = (file) => !isLong(file) && !isIntegration(file);

/** Milliseconds that one test may take, by kind. */
const patience = { unit: 120_000, integration: 240_000, long: 3_600_000 };

/** Adds up what came of several runs. */
function sum(all) {
  const total = (name) => all.reduce((amount, one) => amount + one[name], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

let runs = 0;

/** One mocha run; the totals come from the reporter's file, so that a crash counts as a failure. */
async function mocha(kind, name, files, env = {}) {
  const totalsFile = join(scratch, `${String(runs++)}.json`);
  // A connection that a failed test leaves open must not keep the whole run waiting: --exit.
  const options = ['--reporter', reporter, '--forbid-only', '--exit', '--timeout', String(patience[kind])];
  if (process.stdout.isTTY) options.push('--color');
  const done = await programme('mocha', [...options, ...files], {
    cwd: root,
    env: { ...process.env, PASSAGE_TEST_POSTGRES: '', ...env, PASSAGE_TOTALS_FILE: totalsFile },
  });
  process.stdout.write(`${done.said}test: ${name} ran ${done.seconds.toFixed(1)} s\n`);
  try {
    const totals = JSON.parse(readFileSync(totalsFile, 'utf8'));
    if (done.status !== 0 && totals.failed === 0) totals.failed = 1;
    return totals;
  } catch {
    console.error(
      `test: ${name} ended without totals (${done.fault ?? done.signal ?? `exit code ${done.status}`})`,
    );
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** The files by a name that several may share, those that come first in `order` ahead of the others. */
function grouped(files, nameOf, order) {
  const place = ([name]) => order.indexOf(name) + 1 || order.length + 1;
  return [...Map.groupBy(files, nameOf)].sort((a, b) => place(a) - place(b));
}

/** Where most of the time goes, by parts or files: what takes longest is begun first, or all would wait for it at the end. */
const longest = {
  parts: ['auditor', 'gateway-api', 'domain', 'chaincode', 'ledger', 'evidence'],
  files: [
    'demo/dist/repair',
    'demo/dist/validation-set',
    'demo/dist/fresh-clone',
    'demo/dist/upgrade',
    'demo/dist/demo',
    'demo/dist/kill',
    'network/fabric/dist/enrolment',
    'demo/dist/full-disk',
    'demo/dist/bad-input',
    'network/conformance/dist/custody/scenarios',
    'network/embedded/dist/ordering/config-blocks',
    'network/embedded/dist/start-network',
    'network/conformance/dist/custody/old-ledger',
  ],
};

/**
 * Unit tests run part by part: Fabric's two libraries bring two versions of its messages, which share one global name in
 * a process, and the part that uses the one for comparison must not meet the other.
 */
const unit = grouped(
  tests.filter(isUnit),
  (file) => file.slice(0, file.indexOf('/dist/')),
  longest.parts,
).map(
  ([part, files]) =>
    () =>
      mocha('unit', part, files),
);

const integration = grouped(
  tests.filter(isIntegration),
  (file) => file.slice(0, file.indexOf('.integration.')),
  longest.files,
).map(
  ([name, files]) =>
    () =>
      mocha('integration', name, files),
);

/** Tests over PostgreSQL, too: the fewest that ask every query of the index once, and those of what writes it. */
const overPostgres = {
  acts: ['events', 'mandates', 'handovers', 'seals', 'risks', 'origin', 'device-life'],
  alerts: ['every-alert'],
  heads: ['evidence'],
  index: [
    'forged-writes',
    'index-writer',
    'known-at',
    'ledger-verifier',
    'lineage-reader',
    'prepared',
    'verify-index',
  ],
  'index/postgres': ['*'],
  'own-key': ['act-command'],
  paging: ['paging'],
  recheck: ['recheck'],
  schema: ['known-at-block'],
  sight: ['one-consignment', 'who-sees-what'],
  '.': ['examples', 'server'],
};

/** The files that `overPostgres` names, each of which has to be there. */
function filesOverPostgres() {
  return Object.entries(overPostgres).flatMap(([folder, names]) =>
    names.flatMap((name) => {
      const pattern = join('gateway-api/dist', folder, `${name}.test.js`);
      const found = globSync(pattern, { cwd: root }).filter((file) => tests.includes(file));
      if (found.length === 0) throw new Error(`there is no ${pattern}: correct the list in tools/test.mjs`);
      return found;
    }),
  );
}

async function unitOverPostgres() {
  const given = process.env.PASSAGE_TEST_POSTGRES;
  const postgres = given ? { url: given, stop: async () => {} } : await startPostgres();
  if ('missing' in postgres) {
    console.log(`test: the PostgreSQL half of the index's tests was not run: ${postgres.missing}`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
  try {
    const files = filesOverPostgres();
    return await mocha('unit', 'gateway-api over PostgreSQL', files, {
      PASSAGE_TEST_POSTGRES: postgres.url,
      ...(!given && { PASSAGE_TEST_POSTGRES_OWN: '1' }),
    });
  } finally {
    await postgres.stop();
  }
}

/** What is run, in the order in which it is begun. A failure does not keep the rest from running. */
function tasks(flags) {
  if (flags.includes('--long')) return [() => mocha('long', 'long', tests.filter(isLong))];
  const [typed, ...otherLint] = lintTasks;
  const quick = [typed, ...unit.slice(0, 2), unitOverPostgres, ...otherLint, ...unit.slice(2)];
  return flags.includes('--unit') ? quick : [...quick, ...integration];
}

const totals = sum(await inLanes(lanes, tasks(process.argv.slice(2))));
rmSync(scratch, { recursive: true, force: true });

console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
