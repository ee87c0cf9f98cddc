import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { lastSummary, run } from './testing/passage.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** What npm hands to the scripts it runs would make an npm inside them think that it belongs to this checkout. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const path = (env.PATH ?? '').split(':').filter((folder) => !folder.includes('node_modules'));
  const own = Object.entries(env).filter(([name]) => !/^(npm_|PASSAGE_|NODE_OPTIONS$|INIT_CWD$)/i.test(name));
  return { ...Object.fromEntries(own), PATH: path.join(':') };
}

describe('a fresh clone in an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passage-clone-'));

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('comes to a verified trace by the README’s first command, has the others, and forgets all of it on reset', async function () {
    if (!existsSync(join(repository, '.git'))) {
      process.stdout.write('not run: a fresh clone (this checkout has no .git to clone from)\n');
      return this.skip();
    }
    const env = withoutNpm(process.env);
    const cloned = await run(
      'git',
      ['clone', '--quiet', '--depth', '1', `file://${repository}`, join(folder, 'passage')],
      { env },
    );
    expect(cloned.code, cloned.stderr).to.equal(0);

    const cwd = join(folder, 'passage');
    const demo = await run(
      './test-network.sh',
      ['demo', '--once', '--json', '--limit', '2', '--base-port', '22000'],
      {
        cwd,
        env,
      },
    );
    expect(demo.code, demo.stderr).to.equal(0);
    const summary = lastSummary(demo);
    expect(summary.trace.events).to.be.above(5);
    expect(summary.audit.differences).to.equal(0);
    expect(summary.seconds.install).to.be.above(0);

    const replay = await run(
      'npx',
      ['passage', 'replay', '--level', 'hash', '--from', '.passage/network/ledger'],
      {
        cwd,
        env,
      },
    );
    expect(replay.code, replay.stderr).to.equal(0);

    const status = await run('./test-network.sh', ['status', '--json'], { cwd, env });
    expect(status.code).to.equal(1);
    const reset = await run('./test-network.sh', ['reset', '--yes'], { cwd, env });
    expect(reset.code, reset.stderr).to.equal(0);
    expect(existsSync(join(cwd, '.passage', 'network'))).to.equal(false);
    return undefined;
  });
});
