import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { placeOfIndex } from '../testing/test-index.js';
import { openIndex } from './index-database.js';

describe('the world state of an index', () => {
  it('orders keys by their bytes, keeps versions and metadata, and forgets what is deleted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passage-state-'));
    const index = await openIndex(await placeOfIndex(folder));
    const { writer } = index;
    const { state } = writer;
    const version = { block: 1, tx: 2 };
    // In UTF-16 the surrogates of U+1F600 come before U+FF5E; in bytes they come after.
    const keys = ['', '\u{feff}bom', '\u{ff5e}', '\u{1f600}', 'a', 'b'];
    writer.apply(
      keys.map((key) => ({ namespace: 'n', key, version, value: Buffer.from(key), metadata: Buffer.of(7) })),
    );
    writer.apply([{ namespace: 'n', key: 'b', version: { block: 2, tx: 0 } }]);
    const sorted = ['', 'a', '\u{feff}bom', '\u{ff5e}', '\u{1f600}'];
    expect([...state.range('n', '', '')].map(([key]) => key)).to.deep.equal(sorted);
    expect([...state.range('n', 'a', '\u{ff5e}')].map(([key]) => key)).to.deep.equal(['a', '\u{feff}bom']);
    expect(state.get('n', 'a')).to.deep.include({ version });
    expect(Buffer.from(state.get('n', 'a')?.metadata ?? [])).to.deep.equal(Buffer.of(7));
    expect(state.get('n', 'b')).to.equal(undefined);
    expect(state.get('other', 'a')).to.equal(undefined);
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
