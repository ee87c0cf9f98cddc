import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parameterNames, parameterTable } from './parameter-table.js';

const page = readFileSync(new URL('../../../docs/parameters.md', import.meta.url), 'utf8');

/** A default as the page writes it: a number, a list of words, or the members of each entry. */
function written(value: number | readonly (string | object)[]): string {
  if (typeof value === 'number') return String(value);
  if (value.length === 0) return 'none';
  return value
    .map((each) => (typeof each === 'string' ? each : Object.values(each).map(String).join(' ')))
    .join(', ');
}

describe('docs/parameters.md', () => {
  it('has a row for each parameter: unit, range, default, meaning', () => {
    const [, list = ''] = page.split('## The list');
    const rows = list
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([, name, unit, range, byDefault, meaning]) => [
        name?.replaceAll('`', ''),
        unit,
        range,
        byDefault?.replaceAll('`', ''),
        meaning,
      ]);
    const table = parameterNames.map((name) => {
      const { unit, range, byDefault, meaning } = parameterTable[name];
      return [name, unit, range, written(byDefault), meaning];
    });
    expect(rows).to.deep.equal(table);
  });
});
