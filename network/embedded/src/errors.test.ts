import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { NETWORK_ERROR_CODES } from './errors.js';

describe('error codes of the embedded network', () => {
  it('are those that docs/errors.md explains, in the same order', () => {
    const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    const section = page.split(/^## /m).find((text) => text.startsWith('Network\n')) ?? '';
    const rows = [...section.matchAll(/^\| `([A-Z_]+)` \| (.+) \| (.+) \|$/gm)];
    expect(rows.map(([, code]) => code)).to.deep.equal(NETWORK_ERROR_CODES);
  });
});
