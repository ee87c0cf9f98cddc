import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { expect } from 'chai';
import { encodeBlockRecord, readBlock, toHex, writeFrame } from '@passage/ledger';
import { AuditError } from './errors.js';
import { replay } from './replay.js';
import { openRecorded } from './source/open-folder.js';
import { sourceOf } from './testing/block-source.js';
import { codeOf } from './testing/code-of.js';
import { blocksOf, fileIn, GENESIS, recordedFolder, withFolder } from './testing/recorded-folder.js';
import type { ReplayReport } from './report.js';

const replayPath = (path: string, all = false): Promise<ReplayReport> =>
  replay(openRecorded(path), { genesisHash: GENESIS, all });

/** A value that the recorded chain holds; its last place is in the write set of a transaction. */
const VALUE = 'yellow';

/** Block and transaction that hold the value last. */
function holderOf(stream: Buffer): { block: number; transaction: number } {
  const blocks = blocksOf(stream).map((bytes) => readBlock(bytes).envelopes);
  const holds = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes(VALUE);
  const block = blocks.findLastIndex((envelopes) => envelopes.some(holds));
  return { block, transaction: blocks[block]?.findLastIndex(holds) ?? -1 };
}

/** The stream with one byte of that value altered. */
function alterValue(stream: Buffer): Buffer {
  const altered = Buffer.from(stream);
  const at = altered.lastIndexOf(VALUE);
  expect(at).to.be.greaterThan(0);
  altered[at] = (altered[at] ?? 0) ^ 1;
  return altered;
}

describe('replay of the recorded chain', function () {
  this.timeout(60_000);

  it('finds no difference, from the recorded stream of the folder and from the peer’s own block file', async function () {
    const { folder } = recordedFolder(this);
    const fromFolder = await replayPath(folder);
    expect(fromFolder.source).to.equal(join(folder, 'blocks.bin.gz'));
    const fromPeerFile = await replayPath(join(folder, 'blockfile_000000.gz'));
    for (const report of [fromFolder, fromPeerFile]) {
      expect(report.differences).to.deep.equal([]);
      expect(report).to.deep.include({ channel: 'grove', blocks: 183, transactions: 292, stateKeys: 360 });
      expect(report.lastHeaderHash).to.equal(
        '7fde203b8b6011efad82be402ec535eea623f7dc9e0a03715745c97e624786df',
      );
      expect(report.commitHash).to.equal('a8e5d8c259770d1e2d025311067b67bbd183901de600e1a344c2822a057799bd');
      expect(report.checks).to.include({ 'data-hash': 183, 'orderer-quorum': 182, 'commit-hash': 182 });
      expect(report.codes).to.include({ VALID: 206, PHANTOM_READ_CONFLICT: 13 });
    }
  });

  it('reads single blocks in the order of their numbers', async function () {
    const { stream } = recordedFolder(this);
    await withFolder(async (folder) => {
      for (const [number, bytes] of blocksOf(stream).slice(0, 12).entries())
        fileIn(folder, `${number}.block`, bytes);
      expect(await replayPath(folder)).to.deep.include({ blocks: 12, differences: [] });
    });
  });

  it('names block, transaction and check where one byte of a stored value was altered', async function () {
    const { stream } = recordedFolder(this);
    await withFolder(async (folder) => {
      const { differences, complete } = await replayPath(fileIn(folder, 'blocks.bin', alterValue(stream)));
      const holder = holderOf(stream);
      expect(differences[0]).to.deep.include({ ...holder, check: 'data-hash' });
      expect(differences[1]).to.deep.include({ ...holder, check: 'creator-signature', found: 'VALID' });
      expect(complete).to.equal(false);
    });
  });

  it('stops at the first difference, and goes on to the end with `all`', async function () {
    const { stream } = recordedFolder(this);
    await withFolder(async (folder) => {
      const altered = alterValue(stream);
      altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1; // the end of the last block is its commit hash
      const path = fileIn(folder, 'blocks.bin.gz', gzipSync(altered));
      const first = await replayPath(path);
      const all = await replayPath(path, true);
      expect(first.blocks).to.be.lessThan(183);
      expect(all).to.deep.include({ blocks: 183, complete: true });
      expect(all.differences.length).to.be.greaterThan(first.differences.length);
      expect(all.differences.at(-1)).to.deep.include({ block: 182, check: 'commit-hash' });
    });
  });

  it('reports a difference also where the source breaks off behind it, and says that it did', async function () {
    const { stream } = recordedFolder(this);
    await withFolder(async (folder) => {
      const path = fileIn(folder, 'blocks.bin', alterValue(stream).subarray(0, stream.length - 100));
      const { differences, complete, brokenOff } = await replayPath(path, true);
      expect(differences[0]).to.deep.include({ ...holderOf(stream), check: 'data-hash' });
      expect(complete).to.equal(false);
      expect(brokenOff).to.match(/^SOURCE_TRUNCATED: .* ends in the middle of a block/);
    });
  });

  it('names the data hash of a first block that was altered under the trusted header, readable or not', async function () {
    const { stream } = recordedFolder(this);
    const [first = new Uint8Array()] = blocksOf(stream);
    const { header, metadata } = readBlock(first);
    for (const envelope of [new Uint8Array(), Uint8Array.of(0xff)]) {
      const source = sourceOf([{ header, envelopes: [envelope], metadata }]);
      const { differences } = await replay(source, { genesisHash: GENESIS });
      expect(differences[0]).to.deep.include({ block: 0, check: 'data-hash', found: toHex(header.dataHash) });
    }
  });

  it('reads a peer’s own folder of block files, one after another', async function () {
    const { stream } = recordedFolder(this);
    const frames = blocksOf(stream).map((bytes) => writeFrame(encodeBlockRecord(readBlock(bytes))));
    await withFolder(async (folder) => {
      // Fabric begins the next file where a block would not fit; its index beside them is none of ours.
      const ends = [60, 61, 150, frames.length];
      for (const [index, end] of ends.entries()) {
        const file = `blockfile_${String(index).padStart(6, '0')}`;
        fileIn(folder, file, Buffer.concat(frames.slice(ends[index - 1] ?? 0, end)));
      }
      fileIn(folder, 'CURRENT', 'no block file');
      const report = await replayPath(folder);
      expect(report).to.deep.include({ blocks: 183, differences: [], complete: true });
      expect(report.source).to.match(/blockfile_000000 and 3 more$/);
      fileIn(folder, 'blockfile_000001', '');
      const { differences } = await replayPath(folder);
      expect(differences[0]).to.deep.include({ block: 61, check: 'chain-link', expected: 'block 60' });
    });
  });

  it('takes nothing on trust from a chain with another genesis block', async function () {
    const { folder } = recordedFolder(this);
    const report = await replay(openRecorded(folder), { genesisHash: 'ab'.repeat(32), all: true });
    expect(report).to.deep.include({ blocks: 1, complete: false });
    expect(report.differences).to.have.length(1);
    expect(report.differences[0]).to.deep.include({ block: 0, check: 'chain-link', found: GENESIS });
  });

  it('says that the chain begins too late where the first block is missing', async function () {
    const { stream } = recordedFolder(this);
    const blocks = blocksOf(stream)
      .slice(1, 3)
      .map((bytes) => readBlock(bytes));
    const { differences } = await replay(sourceOf(blocks), { genesisHash: GENESIS });
    expect(differences[0]).to.deep.include({ block: 1, found: 'block 1' });
  });
});

describe('replay of what is no chain', () => {
  it('cannot check a path that is not there, an empty folder, an empty file', () =>
    withFolder(async (folder) => {
      expect(() => openRecorded(join(folder, 'nothing'))).to.throw(AuditError, 'does not exist');
      expect(() => openRecorded(folder)).to.throw(AuditError, 'holds no blocks');
      const empty = fileIn(folder, 'blocks.bin', '');
      expect(await codeOf(replayPath(empty))).to.equal('SOURCE_NOT_FOUND');
    }));

  it('cannot check a file that ends in the middle of a block, or of its gzip stream', async function () {
    const { stream } = recordedFolder(this);
    await withFolder(async (folder) => {
      const cut = fileIn(folder, 'blocks.bin', stream.subarray(0, 200_000));
      const cutZip = fileIn(
        folder,
        'blocks.bin.gz',
        gzipSync(stream.subarray(0, 200_000)).subarray(0, 5_000),
      );
      expect(await codeOf(replayPath(cut))).to.equal('SOURCE_TRUNCATED');
      expect(await codeOf(replayPath(cutZip))).to.equal('SOURCE_TRUNCATED');
    });
  });

  it('cannot check bytes that are no blocks, gzip or not', () =>
    withFolder(async (folder) => {
      const text = fileIn(folder, 'blocks.bin', 'no block '.repeat(100));
      const noZip = fileIn(folder, 'blocks.bin.gz', 'not gzip');
      const noRecord = fileIn(folder, 'blockfile_000000', Uint8Array.of(3, 1, 2, 3));
      expect(await codeOf(replayPath(text))).to.equal('SOURCE_UNREADABLE');
      expect(await codeOf(replayPath(noZip))).to.equal('SOURCE_UNREADABLE');
      expect(await codeOf(replayPath(noRecord))).to.equal('SOURCE_UNREADABLE');
    }));
});
