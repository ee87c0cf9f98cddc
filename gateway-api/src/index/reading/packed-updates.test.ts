import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { openIndex } from '../index-database.js';
import type { IndexWriter } from '../index-writer.js';
import { packUpdates, unpackUpdates } from './packed-updates.js';
import type { ReadUpdate } from './packed-updates.js';

const [namespace, first] = ['n', { block: 1, tx: 0 }];
const value = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

describe('updates that others have read', () => {
  it('come back as they were sent', () => {
    const version = { block: 7, tx: 3 };
    const updates: readonly ReadUpdate[] = [
      { namespace, key: 'put', version, value: value('a') },
      { namespace, key: 'deleted', version: { block: 7, tx: 300 } },
      { namespace: 'other', key: '', version, value: value(''), metadata: value('m') },
      { namespace, key: 'kept', version, value: value('b'), keepsMetadata: true },
    ];
    const back = unpackUpdates(packUpdates(updates), 7);
    expect(back.map((each) => ({ ...each, value: each.value && Uint8Array.from(each.value) }))).to.deep.equal(
      updates.map((each) => ({ ...each, value: each.value && Uint8Array.from(each.value) })),
    );
  });

  it('leave a key the metadata that it has, in the database as in the same transaction', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passage-updates-'));
    const { writer, close } = await openedAt(join(folder, 'index.sqlite'));
    const put = (key: string, metadata?: string): ReadUpdate => ({
      namespace,
      key,
      version: first,
      value: value('old'),
      ...(metadata !== undefined && { metadata: value(metadata) }),
    });
    const read = (block: number, ...keys: readonly string[]): void => {
      const version = { block, tx: 0 };
      const updates = keys.map((key) => ({
        namespace,
        key,
        version,
        value: value('new'),
        keepsMetadata: true as const,
      }));
      writer.ofOthers?.write(
        { rows: {}, updates: packUpdates(updates) },
        { block, transactionIds: [], leaf: 0 },
      );
    };
    const metadataOf = (key: string): string | undefined => {
      const { metadata } = writer.state.get(namespace, key) ?? {};
      return metadata && Buffer.from(metadata).toString();
    };
    writer.apply([put('stored', 'policy'), put('gone', 'policy')]);
    writer.atomically(() => {
      writer.apply([put('fresh', 'later'), { namespace, key: 'gone', version: first }]);
      read(2, 'stored', 'fresh', 'gone', 'unheard');
      expect(['stored', 'fresh', 'gone', 'unheard'].map(metadataOf)).to.deep.equal([
        'policy',
        'later',
        undefined,
        undefined,
      ]);
    });
    read(3, 'stored', 'fresh', 'gone', 'unheard');
    expect(['stored', 'fresh', 'gone', 'unheard'].map(metadataOf)).to.deep.equal([
      'policy',
      'later',
      undefined,
      undefined,
    ]);
    expect(writer.state.get(namespace, 'stored')?.version).to.deep.equal({ block: 3, tx: 0 });
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
});

/** An index in a file: no other kind takes what others have read. */
async function openedAt(
  path: string,
): Promise<{ readonly writer: IndexWriter; readonly close: () => Promise<void> }> {
  const index = await openIndex(path);
  return { writer: index.writer, close: () => index.close() };
}
