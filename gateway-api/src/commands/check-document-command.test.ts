import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { commandStage, run } from '../testing/command-stage.js';
import { checkDocumentCommand } from './check-document-command.js';

describe('passage check-document', () => {
  const stage = commandStage();

  const anchored = (standing: string): object => ({
    version: 1,
    standing,
    anchoredAt: '2026-01-01T00:00:00.000Z',
    document: { id: 'P:1', type: '705', issuer: 'P', number: '1', anchoredBy: 'P', ucr: null, reason: 'x' },
    verification: { asOfBlock: 9 },
  });

  it('hashes the file itself, and says whether its version holds', async () => {
    const file = join(stage.dir, 'bill.pdf');
    writeFileSync(file, 'abc');
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    for (const [standing, words, exit] of [
      ['current', 'P:1 version 1, the newest version (type 705', 0],
      ['superseded', 'not the newest version', 1],
      ['withdrawn', 'withdrawn: x', 1],
    ] as const) {
      stage.answer = () => ({ data: { checkDocument: { nodes: [anchored(standing)] } } });
      const { out, code } = await run(checkDocumentCommand(), file, '--url', stage.url, '--token', 't');
      expect(out).to.contain(words);
      expect(code).to.equal(exit);
      expect(stage.asked.pop()?.variables).to.deep.equal({ sha256 });
    }
  });

  it('tells a file that the ledger does not know from one that cannot be read', async () => {
    const file = join(stage.dir, 'bill.pdf');
    writeFileSync(file, '');
    stage.answer = () => ({ data: { checkDocument: { nodes: [] } } });
    const unknown = await run(checkDocumentCommand(), file, '--url', stage.url, '--token', 't', '--json');
    expect(JSON.parse(unknown.out)).to.deep.include({ file, current: false, found: [] });
    expect(unknown.code).to.equal(1);
    const missing = await run(
      checkDocumentCommand(),
      join(stage.dir, 'none'),
      '--url',
      stage.url,
      '--token',
      't',
    );
    expect(missing.code).to.equal(3);
    expect(missing.err).to.contain('cannot be read');
  });
});
