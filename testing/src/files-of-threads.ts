import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a module in a process of its own, under Node's profiler, and says in which files each of its threads, and the threads of those,
 * spent time: what a thread really does shows nowhere else.
 *
 * @returns URLs of files, a set for each thread.
 * @throws Error where the module fails
 */
export function filesOfThreads(code: string): readonly ReadonlySet<string>[] {
  const folder = mkdtempSync(join(tmpdir(), 'passage-profile-'));
  const [program, profiles] = [join(folder, 'program.mjs'), join(folder, 'profiles')];
  try {
    writeFileSync(program, code);
    execFileSync(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${profiles}`, program], { stdio: 'pipe' });
    return readdirSync(profiles).map((name) => filesIn(readFileSync(join(profiles, name), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Profile {
  readonly nodes: readonly { readonly callFrame: { readonly url: string } }[];
}

function filesIn(profile: string): ReadonlySet<string> {
  const { nodes } = JSON.parse(profile) as Profile;
  return new Set(nodes.map(({ callFrame }) => callFrame.url));
}
