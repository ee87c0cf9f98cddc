// Brings a fresh clone to where a command can run: dependencies as locked, TypeScript compiled, Node 24 on the PATH.
// Plain JavaScript for Node 20, because it is what chooses the newer Node. Usage: node tools/bootstrap.mjs COMMAND [ARG …]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stampFile = join(root, 'node_modules', '.passage-installed');
const began = performance.now();

/** Ends with a sentence, not a stack: whoever reads it should know what to do next. */
function give(up) {
  process.stderr.write(`passage: ${up}\n`);
  process.exit(3);
}

function atLeast(version, major, minor = 0) {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (done.error) give(`${command} could not be started: ${done.error.message}`);
  return done.status ?? 1;
}

/** What an install depends on: the lock file and the machine. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

function installed() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === fingerprint();
}

function install() {
  process.stderr.write('passage: installing what package-lock.json names …\n');
  const code = run('npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefer-offline',
    '--loglevel=error',
  ]);
  if (code !== 0)
    give(
      'npm ci failed; look at its message above, see that npm reaches its registry, and run the command again.',
    );
  writeFileSync(stampFile, `${fingerprint()}\n`);
}

if (!atLeast(process.versions.node, 20))
  give(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
if (!installed()) install();
const installSeconds = (performance.now() - began) / 1000;

const ownNode = join(bin, 'node');
if (!existsSync(ownNode) && !atLeast(process.versions.node, 22, 12)) {
  give(
    `npm carries no Node 24 for ${process.platform}-${process.arch}: install Node 22.12 or newer, then run the command again.`,
  );
}
const node = existsSync(ownNode) ? ownNode : process.execPath;
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  PASSAGE_INSTALL_SECONDS: installSeconds.toFixed(3),
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --disable-warning=ExperimentalWarning`.trim(),
};

/** TypeScript's native compiler where npm carries it: the same JavaScript in a third of the processor time. */
function compiler() {
  const platform = `typescript-${process.platform}-${process.arch}`;
  const native = join(root, 'node_modules', '@typescript', platform, 'lib', 'tsc');
  return existsSync(native) ? [native] : [node, join(root, 'node_modules', 'typescript', 'bin', 'tsc')];
}

const [compile, ...how] = compiler();
if (run(compile, [...how, '-b'], { env }) !== 0) {
  give('the TypeScript build failed; the compiler says above where.');
}
env.PASSAGE_BOOTSTRAP_SECONDS = ((performance.now() - began) / 1000).toFixed(3);

const [command, ...args] = process.argv.slice(2);
if (command === undefined) process.exit(0);
const child = spawn(command === 'node' ? node : command, args, { cwd: process.cwd(), stdio: 'inherit', env });
// Ctrl-C reaches the whole group, a plain kill only us: pass it on, and leave the ending to the child.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
}
child.on('error', (error) => give(`${command} could not be started: ${error.message}`));
child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
