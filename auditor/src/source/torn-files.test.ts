import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readFrameSize } from '@passage/ledger';
import { expect } from 'chai';
import { compareSources } from '../compare/compare-sources.js';
import { AuditError } from '../errors.js';
import { replay } from '../replay.js';
import { fileIn, GENESIS, recordedFolder, withFolder } from '../testing/recorded-folder.js';
import { openRecorded } from './open-folder.js';

const LEVELS = ['hash', 'ledger'] as const;

/** A peer's block file, and where each of its blocks begins. */
function peerFile(folder: string): { readonly bytes: Buffer; readonly starts: readonly number[] } {
  const bytes = gunzipSync(readFileSync(join(folder, 'blockfile_000000.gz')));
  const starts: number[] = [];
  for (let at = 0; at < bytes.length;) {
    starts.push(at);
    const { start, length } = readFrameSize(bytes, at) ?? { start: 0, length: bytes.length };
    at = start + length;
  }
  return { bytes, starts };
}

/** What a piece of work is refused with. */
async function refusal(work: () => Promise<unknown>): Promise<AuditError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AuditError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('block files that are not whole, or gone', function () {
  this.timeout(60_000);

  for (const level of LEVELS)
    for (const threads of [1, 2])
      it(`ends where a file in the middle is torn, and accuses nobody: level ${level}, threads ${String(threads)}`, async function () {
        const { bytes, starts } = peerFile(recordedFolder(this).folder);
        await withFolder(async (folder) => {
          const [end = 0, next = 0] = [starts[60], starts[120]];
          fileIn(folder, 'blockfile_000000', bytes.subarray(0, end - 50));
          fileIn(folder, 'blockfile_000001', bytes.subarray(end, next));
          fileIn(folder, 'blockfile_000002', bytes.subarray(next));
          const error = await refusal(() =>
            replay(openRecorded(folder), { genesisHash: GENESIS, all: true, level, threads }),
          );
          expect(error.code).to.equal('SOURCE_TRUNCATED');
          expect(error.message).to.contain('blockfile_000000').and.contain('after 59 whole blocks');
        });
      });

  it('ends where a file has vanished since the folder was opened', async function () {
    const { bytes, starts } = peerFile(recordedFolder(this).folder);
    await withFolder(async (folder) => {
      const whole = fileIn(folder, 'blockfile_000000', bytes);
      const [end = 0] = [starts[60]];
      const torn = join(folder, 'torn');
      mkdirSync(torn);
      fileIn(torn, 'blockfile_000000', bytes.subarray(0, end));
      const second = fileIn(torn, 'blockfile_000001', bytes.subarray(end));
      const source = openRecorded(torn);
      const vanishing = {
        description: source.description,
        async *blocks(from?: number) {
          for await (const block of source.blocks(from)) {
            rmSync(second, { force: true });
            yield block;
          }
        },
      };
      for (const level of LEVELS) {
        fileIn(torn, 'blockfile_000001', bytes.subarray(end));
        const error = await refusal(() => replay(vanishing, { genesisHash: GENESIS, level, threads: 1 }));
        expect(error.code).to.equal('SOURCE_UNREADABLE');
        expect(error.message).to.match(/ENOENT.*: check that /);
      }
      fileIn(torn, 'blockfile_000001', bytes.subarray(end));
      const report = await compareSources([vanishing, openRecorded(whole)], { genesisHash: GENESIS });
      expect(report.differences).to.deep.equal([]);
      expect(report.sources.map(({ reading }) => reading)).to.deep.equal(['failed', 'ended']);
    });
  });

  it('says what it cannot read', () =>
    withFolder(async (folder) => {
      for (const name of ['blocks.bin', 'blockfile_000000', '0.block']) {
        const place = join(folder, `of-${name}`);
        mkdirSync(join(place, name), { recursive: true });
        for (const level of LEVELS) {
          const error = await refusal(() => replay(openRecorded(place), { genesisHash: GENESIS, level }));
          expect(error.code, name).to.equal('SOURCE_UNREADABLE');
          expect(error.message).to.match(/: check that /);
        }
      }
    }));
});
