import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { decodeBlockRecord, encodeBlockRecord } from '@passage/ledger';
import { needSharedData } from '@passage/testing';
import { expect } from 'chai';

import { temporaryFolder } from '../pki/organizations-fixture.js';
import { BlockFiles, type BlockPlace } from './block-files.js';

describe('BlockFiles', () => {
  let folder: string;
  let files: BlockFiles;

  beforeEach(async () => {
    folder = temporaryFolder();
    files = await BlockFiles.open(folder, 1000);
  });
  afterEach(() => files.close());

  const record = (index: number, length = 100): Uint8Array => new Uint8Array(length).fill(index + 1);

  async function fill(count: number, length?: number): Promise<BlockPlace[]> {
    const places: BlockPlace[] = [];
    for (let index = 0; index < count; index++) places.push(await files.append(record(index, length)));
    return places;
  }

  async function reopen(): Promise<void> {
    await files.close();
    files = await BlockFiles.open(folder, 1000);
  }

  /** What recovery hands over, as the fill byte of each record. */
  async function recovered(after?: BlockPlace): Promise<number[]> {
    const found: number[] = [];
    await files.recover(after, (place, bytes) => {
      expect(files.read(place)).to.deep.equal(new Uint8Array(bytes));
      found.push((bytes[0] ?? 0) - 1);
    });
    return found;
  }

  const path = (number: number): string => join(folder, `blockfile_${String(number).padStart(6, '0')}`);

  it('reads back what it appended, also after reopening', async () => {
    const places = await fill(5);
    await reopen();
    expect(places.map((place) => files.read(place))).to.deep.equal(
      [0, 1, 2, 3, 4].map((index) => record(index)),
    );
  });

  it('writes a length before each record, as Fabric does', async () => {
    await files.append(record(0, 300));
    const bytes = readFileSync(path(0));
    expect([bytes[0], bytes[1]]).to.deep.equal([0xac, 0x02]);
    expect(bytes).to.have.length(302);
  });

  it("reads a real peer's block file, and writes it again to the byte", async function () {
    const recorded = gunzipSync(
      readFileSync(join(needSharedData(this, 'fabric-chain'), 'blockfile_000000.gz')),
    );
    writeFileSync(path(0), recorded);
    await reopen();
    const records: Uint8Array[] = [];
    await files.recover(undefined, (_, bytes) => records.push(bytes));
    expect(records).to.have.length(183);
    expect(records.map((bytes) => decodeBlockRecord(bytes).header.number)).to.deep.equal([...records.keys()]);
    const copy = await BlockFiles.open(join(folder, 'copy'));
    for (const bytes of records) await copy.append(encodeBlockRecord(decodeBlockRecord(bytes)));
    await copy.close();
    expect(readFileSync(join(folder, 'copy', 'blockfile_000000')).equals(recorded)).to.equal(true);
  });

  it('starts the next file before one grows over the bound, and not earlier', async () => {
    await fill(10, 331);
    const names = readdirSync(folder).sort();
    // 331 bytes and a length of two: three fit into 1000.
    expect(names.map((name) => readFileSync(join(folder, name)).length)).to.deep.equal([999, 999, 999, 333]);
  });

  it('puts a record above the bound into a file of its own', async () => {
    await fill(1);
    const { file } = await files.append(record(1, 5000));
    expect(file).to.equal(1);
    await reopen();
    expect(await recovered()).to.deep.equal([0, 1]);
  });

  it('hands over only what lies behind a place, over several files', async () => {
    const places = await fill(20);
    await reopen();
    expect(await recovered(places[13])).to.deep.equal([14, 15, 16, 17, 18, 19]);
    expect(await recovered(places[19])).to.deep.equal([]);
    expect(await recovered()).to.have.length(20);
  });

  it('cuts off a torn tail of any length and goes on behind the last whole record', async () => {
    await fill(3);
    const whole = readFileSync(path(0));
    for (let missing = 1; missing <= 101; missing++) {
      writeFileSync(path(0), whole);
      truncateSync(path(0), whole.length - missing);
      await reopen();
      expect(await recovered(), `${missing} bytes missing`).to.deep.equal([0, 1]);
      await files.append(record(7));
      await reopen();
      expect(await recovered()).to.deep.equal([0, 1, 7]);
    }
  });

  it('cuts off zeros that a power cut left behind', async () => {
    await fill(2);
    appendFileSync(path(0), new Uint8Array(64));
    await reopen();
    expect(await recovered()).to.deep.equal([0, 1]);
    expect(readFileSync(path(0))).to.have.length(202);
  });

  it('tells of damage when a file that is not the last is cut short', async () => {
    await fill(20);
    truncateSync(path(0), 500);
    await reopen();
    const error = await recovered().catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'LEDGER_DAMAGED' });
    expect((error as Error).message).to.contain('blockfile_000000');
  });

  it('tells of damage when blocks that the state has seen are missing', async () => {
    const places = await fill(3);
    truncateSync(path(0), 150);
    await reopen();
    expect(await recovered(places[2]).catch((reason: unknown) => reason)).to.include({
      code: 'LEDGER_DAMAGED',
    });
  });
});
