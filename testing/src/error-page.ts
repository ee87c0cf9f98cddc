import { readFileSync } from 'node:fs';

const page = new URL('../../docs/errors.md', import.meta.url);

/**
 * The table under a heading of docs/errors.md: its rows as lists of cells, the code without its backticks first. A part
 * compares them with its own list of codes, so that neither can forget the other.
 */
export function documentedErrors(heading: string): string[][] {
  const sections = readFileSync(page, 'utf8').split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell, index) => (index === 0 ? cell.trim().replaceAll('`', '') : cell.trim())),
  );
}
