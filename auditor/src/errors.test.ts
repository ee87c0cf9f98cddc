import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { AUDIT_ERROR_CODES } from './errors.js';

describe('the auditor’s error codes', () => {
  it('are those that docs/errors.md explains, in the same order', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    const section = page.split('\n## Auditor\n')[1]?.split('\n## ')[0] ?? '';
    const explained = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(explained).to.deep.equal([...AUDIT_ERROR_CODES]);
  });
});
