import { createHash } from 'node:crypto';
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

  it('takes keys of any length: colluding endorsers may write them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passage-state-'));
    const index = await openIndex(await placeOfIndex(folder));
    const { writer } = index;
    const { state } = writer;
    const value = (key: string): Buffer => createHash('sha256').update(key).digest();
    // No database can shorten them: each is as random as it is long.
    const random = (length: number): string =>
      Array.from({ length: Math.ceil(length / 64) }, (_, i) =>
        value(`${String(length)}.${String(i)}`).toString('hex'),
      )
        .join('')
        .slice(0, length);
    const beginning = random(990);
    const endings = [
      '',
      'a',
      random(10),
      random(11),
      random(4_000),
      `${random(4_000)}x`,
      '\u{1f600}'.repeat(900),
    ];
    const keys = [...endings.map((ending) => beginning + ending), 'a', 'z', random(200_000)];
    const put = (block: number, some: readonly string[]): void => {
      writer.apply(
        some.map((key) => ({ namespace: 'n', key, version: { block, tx: 0 }, value: value(key) })),
      );
    };
    put(1, keys);
    put(2, keys.slice(4, 6));
    const byBytes = (one: string, other: string): number =>
      Buffer.compare(Buffer.from(one), Buffer.from(other));
    const sorted = keys.toSorted(byBytes);
    expect([...state.range('n', '', '')].map(([key]) => key)).to.deep.equal(sorted);
    for (const [from, start] of sorted.entries()) {
      expect(state.get('n', start)?.value).to.deep.equal(new Uint8Array(value(start)));
      for (const [to, end] of sorted.entries()) {
        const found = [...state.range('n', start, end)].map(([key]) => key);
        expect(found).to.deep.equal(from < to ? sorted.slice(from, to) : []);
      }
    }
    const blocks = keys.map((key) => state.get('n', key)?.version.block);
    expect(blocks).to.deep.equal([1, 1, 1, 1, 2, 2, 1, 1, 1, 1]);
    writer.apply(keys.map((key) => ({ namespace: 'n', key, version: { block: 3, tx: 0 } })));
    expect([...state.range('n', '', '')]).to.deep.equal([]);
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
