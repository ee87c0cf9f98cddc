import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { classifyEvent, eventClasses } from './event-classes.js';
import { bizSteps } from './vocabulary.js';

const page = readFileSync(new URL('../../../docs/acts.md', import.meta.url), 'utf8');

/** The rows of the table on the page: type, action, bizStep, class. */
function tableOnThePage(): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith('The table\n')) ?? '';
  return section
    .split('\n')
    .filter((line) => /^\| [A-Z][a-z]+Event /.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, 5)
        .map((cell) => cell.trim()),
    );
}

describe('docs/acts.md, The table', () => {
  it('is the table of the code', () => {
    const rows = eventClasses.map((row) => [row.type, row.action ?? '(none)', 'any', row.class]);
    expect(tableOnThePage()).to.deep.equal(rows);
  });

  it('holds in every cell: type, action, and every business step, a step of somebody else, and none', () => {
    const rows = tableOnThePage();
    expect(rows).to.have.length(13);
    for (const [type = '', action = '', , expected] of rows) {
      for (const bizStep of [...bizSteps, 'https://example.org/step', undefined]) {
        const event = {
          type,
          ...(action !== '(none)' && { action }),
          ...(bizStep !== undefined && { bizStep }),
        };
        expect(classifyEvent(event), JSON.stringify(event)).to.equal(expected);
      }
    }
  });
});
