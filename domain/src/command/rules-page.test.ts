import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { deviceKinds } from '../device/device-kinds.js';
import { isErrorCode } from '../errors/codes.js';
import { mandatableActs } from '../mandate/mandatable-acts.js';
import { defaultRoles } from '../party/roles.js';
import { transportModes } from '../shipment/transport-modes.js';
import { stateKinds } from '../state/keys.js';
import { commands } from './commands.js';
import { queries } from './queries.js';

const page = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');

/** What stands under a heading of the second level. */
function section(heading: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

/** The rows of the tables under a heading, each a list of cells without the marks of code. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  return section(heading)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

function words(cell: string | undefined): readonly string[] {
  return (cell ?? '').split(', ').filter((word) => word !== '');
}

describe('docs/rules.md', () => {
  it('has a row for each command: who may, in which roles, and the keys it writes', () => {
    const rows = rowsUnder('Commands').map(([name, by, roles, writes]) => [name, by, roles, words(writes)]);
    const rule = commands.map(({ name, by, roles, writes }) => {
      const any = by === 'party' ? 'any' : '';
      return [name, by, roles?.join(', ') ?? any, writes];
    });
    expect(rows).to.deep.equal(rule);
  });

  it('says under the table of each subject what is checked, command by command', () => {
    const [, ...subjects] = section('Commands').split(/^### /m);
    const told = subjects.flatMap((subject) => {
      const inTable = [...subject.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
      const inList = [...subject.matchAll(/^- `(\w+)`: \S/gm)].map(([, name]) => name);
      expect(inList, subject.split('\n')[0]).to.deep.equal(inTable);
      return inList;
    });
    expect(told).to.deep.equal(commands.map(({ name }) => name));
  });

  it('has a row for each query, with the kind it answers with', () => {
    const kindOf = (name: string): string => name.replace(/^Get/, '').toLowerCase();
    const rows = rowsUnder('Queries').map(([name, kind]) => [name, kind]);
    expect(rows).to.deep.equal(queries.map(({ name }) => [name, kindOf(name)]));
  });

  it('has a row for each kind of key, with the commands that write it', () => {
    const every = commands.map(({ name }) => name);
    const writers = (by = ''): readonly string[] => {
      const [, others] = by.split('all but ');
      return others === undefined ? words(by) : every.filter((name) => !words(others).includes(name));
    };
    const rows = rowsUnder('Keys of the world state').map(([key, by]) => [key?.split('/')[0], writers(by)]);
    const rule = stateKinds.map((kind) => [
      kind,
      commands.filter(({ writes }) => writes.includes(kind)).map(({ name }) => name),
    ]);
    expect(rows).to.deep.equal(rule);
  });

  it('names only codes of the closed list', () => {
    const named = page.match(/`[A-Z]+(?:_[A-Z]+)+`/g) ?? [];
    expect(named).to.have.length.above(30);
    for (const code of named) expect(isErrorCode(code.replaceAll('`', '')), code).to.equal(true);
  });

  it('has the default role table', () => {
    const rows = rowsUnder('Who asks').map(([role, holders]) => [role, words(holders)]);
    expect(Object.fromEntries(rows)).to.deep.equal(defaultRoles);
  });

  it('names the acts that a mandate can cover', () => {
    const list = /Acts that a mandate can cover: ([^.]+)\./.exec(page)?.[1] ?? '';
    const acts = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(acts).to.deep.equal([...mandatableActs]);
  });

  it('has every device kind and every transport mode', () => {
    const [, list = ''] = page.split('## Words');
    const kinds = list.split('**Transport modes**')[0]?.match(/`[a-z_]+`/g) ?? [];
    expect(kinds.map((kind) => kind.replaceAll('`', ''))).to.deep.equal([...deviceKinds]);
    const modes = [...list.matchAll(/`([1-9])` ([a-z_]+)/g)].map(([, code, name]) => [code, name]);
    expect(Object.fromEntries(modes)).to.deep.equal(transportModes);
  });
});
