import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { alertKinds } from './alert.js';
import { defaultTolerances } from './tolerances.js';

const page = readFileSync(new URL('../../../docs/alerts.md', import.meta.url), 'utf8');

function firstCells(heading: string): readonly (string | undefined)[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1]?.trim().replaceAll('`', ''));
}

describe('docs/alerts.md', () => {
  it('has a row for each kind of alert', () => {
    expect(firstCells('Alerts')).to.deep.equal([...alertKinds]);
  });

  it('has a row for each tolerance', () => {
    expect(firstCells('Tolerances')).to.deep.equal(Object.keys(defaultTolerances));
  });
});
