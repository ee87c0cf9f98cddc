import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { gatewayRules } from './errors.js';

describe("the gateway's part of docs/errors.md", () => {
  it('says for each code what the code says, in the same order', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const section = page.split(/^## /m).find((part) => part.startsWith('Gateway\n')) ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const cells = rows.map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(cells).to.deep.equal(
      Object.entries(gatewayRules).map(([code, { meaning, next }]) => [`\`${code}\``, meaning, next]),
    );
  });
});
