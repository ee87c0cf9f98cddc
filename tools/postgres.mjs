// A private PostgreSQL for tests: started in a folder of its own, reached through a socket in it, gone when it is stopped.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where `initdb` and `postgres` are: on the PATH, or where Debian puts them; the newest version. */
function programs() {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...globSync('/usr/lib/postgresql/*/bin').sort((a, b) => b.localeCompare(a, 'en', { numeric: true })),
  ];
  return folders.find((folder) =>
    ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))),
  );
}

/** PostgreSQL refuses to run as root: there it runs as the user that Debian's package makes. */
function owner() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [id('-u'), id('-g')];
  return uid > 0 ? { uid, gid } : undefined;
}

/**
 * Starts one. Data in it are worth nothing, so it never waits for the disk.
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | { missing: string }>}
 */
export async function startPostgres() {
  const bin = programs();
  if (bin === undefined) return { missing: 'its programs are not here (Debian: apt-get install postgresql)' };
  const user = owner();
  if (user === undefined) return { missing: 'it does not run as root, and there is no user postgres' };
  const folder = mkdtempSync(join(tmpdir(), 'passage-postgres-'));
  const data = join(folder, 'data');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
    const made = ['-D', data, '-U', 'passage', '-A', 'trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(bin, 'initdb'), made, { ...user, stdio: 'pipe', cwd: folder });
  } catch (error) {
    remove();
    return { missing: `initdb fails (${String(error.stderr ?? error)})` };
  }
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
  const flags = ['-D', data, '-k', folder, '-h', '', ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(bin, 'postgres'), flags, { ...user, stdio: 'ignore', cwd: folder });
  const ended = once(server, 'exit');
  const socket = join(folder, '.s.PGSQL.5432');
  while (!existsSync(socket) && server.exitCode === null) await sleep(50);
  if (server.exitCode !== null) {
    remove();
    return { missing: `it ends at once (exit code ${server.exitCode})` };
  }
  return {
    url: `postgres://passage@localhost/postgres?host=${encodeURIComponent(folder)}`,
    async stop() {
      // "Immediate shutdown": nobody needs what is in it.
      server.kill('SIGQUIT');
      await ended;
      remove();
    },
  };
}
