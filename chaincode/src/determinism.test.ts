import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { commands } from '@passage/domain';
import { prologue, scenarios, scenesOf, testLedger, type Play } from '@passage/domain/testing';
import { expect } from 'chai';

/** The endorsements of all plays by a process in another place of the world. */
function endorseIn(
  place: Readonly<Record<string, string>>,
  plays: readonly Play[],
  ...args: readonly string[]
): string {
  const file = (name: string): string => fileURLToPath(new URL(`testing/${name}`, import.meta.url));
  const preload = new URL('testing/elsewhere.js', import.meta.url).href;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', preload, file('endorse-all.js'), ...args],
    { env: { ...process.env, ...place }, input: JSON.stringify(plays), encoding: 'utf8' },
  );
  expect(status, stderr).to.equal(0);
  return stdout;
}

describe('every command', function () {
  this.timeout(60_000);
  const today = new Date('2026-01-01T00:00:00.000Z');
  const plays = [
    ...prologue(testLedger),
    ...scenarios.flatMap((scenario) => scenesOf(scenario, testLedger, today)),
  ];
  let here: string;

  before(() => {
    here = endorseIn({ TZ: 'UTC', LC_ALL: 'C' }, plays);
  });

  it('has its place in a scenario, and so is endorsed in different places', () => {
    const done = here
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as Record<'writes' | 'privateWrites', readonly unknown[]> & { name: string },
      )
      .filter(({ writes, privateWrites }) => writes.length + privateWrites.length > 0)
      .map(({ name }) => name);
    expect(done).to.include.members(commands.map(({ name }) => name));
  });

  for (const [what, place, args] of [
    ['clock and time zone', { TZ: 'Asia/Seoul', CLOCK_OFFSET_MS: '-94694400000' }, []],
    ['time zone and language', { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }, []],
    ['order of members', {}, ['turned']],
  ] as const) {
    it(`gives the same sets, answers and events, byte for byte, under another ${what}`, () => {
      const there = endorseIn(place, plays, ...args);
      expect(there.split('\n')).to.deep.equal(here.split('\n'));
    });
  }
});
