import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { openIndex } from '../index-database.js';

describe('the write-ahead log of an index in a file', () => {
  it('goes into the file between blocks, where somebody sees to that', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passage-log-'));
    const place = join(folder, 'index.sqlite');
    const index = await openIndex(place);
    const { writer } = index;
    const size = (): number => statSync(place).size;
    const add = (block: number): void => {
      writer.atomically(() => {
        const value = Buffer.alloc(20_000, block);
        writer.apply([{ namespace: 'n', key: String(block), version: { block, tx: 0 }, value }]);
      });
    };
    writer.tidyUp?.();
    const before = size();
    for (let block = 0; block < 400; block++) add(block);
    expect(size()).to.equal(before);
    writer.tidyUp?.();
    const after = size();
    expect(after).to.be.greaterThan(before + 400 * 20_000);
    for (let block = 400; block < 420; block++) {
      add(block);
      writer.tidyUp?.();
    }
    expect(size()).to.equal(after);
    expect(writer.state.get('n', '419')?.value).to.have.length(20_000);
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
