import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { deviceErrorCodes } from './device-error.js';

/** Rows of the table under a heading of docs/errors.md, as lists of cells. */
function rowsUnder(heading: string): string[][] {
  const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/errors.md, Devices', () => {
  it('says for each code what the code says, in the same order', () => {
    const expected = Object.entries(deviceErrorCodes).map(([code, { meaning, next }]) => [
      `\`${code}\``,
      meaning,
      next,
    ]);
    expect(rowsUnder('Devices')).to.deep.equal(expected);
  });
});
