import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prologue, scenarios, scenesOf } from '@passage/domain/testing';
import { readEnvelope, toHex } from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import { expect } from 'chai';
import { replay } from '../replay.js';
import { notChecked, reportJson } from '../report.js';
import { Packages } from '../rerun/packages.js';
import { sourceOf, streamOf } from '../testing/block-source.js';
import { codeOf } from '../testing/code-of.js';
import { custodyChain } from '@passage/evidence/testing';
import { nodeKey } from '../testing/node-key.js';
import { schemaFaults } from '../testing/schema-faults.js';
import { fileIn, withFolder } from '../testing/recorded-folder.js';
import { openRecorded } from '../source/open-folder.js';
import { lies, releasedAndTaken } from '../testing/lies/index.js';
import type { RawBlock } from '@passage/ledger';
import type { ReplayReport } from '../report.js';
import type { Openings } from '../rerun/openings.js';
import type { PackageFile } from '../rerun/package-file.js';

const day = new Date('2026-01-01T00:00:00.000Z');

/** A chain of ours with a finding in it, and another one that is the same up to a block. */
function storedChain(): { blocks: readonly RawBlock[]; genesisHash: string } {
  const chain = custodyChain((ledger) => [
    ...prologue(ledger),
    ...scenarios
      .slice(0, 6)
      .flatMap((scenario) => scenesOf(scenario, ledger, day))
      .filter((scene) => scene.expect.refused === undefined && scene.expect.writes.length > 0),
    ...releasedAndTaken,
  ]);
  return { blocks: [...chain.blocks()].map(({ block }) => block), genesisHash: chain.genesisHash };
}

/** Ids of the transactions of a chain. */
function transactionIds(blocks: readonly RawBlock[]): readonly string[] {
  return blocks.flatMap(({ envelopes }) =>
    envelopes.flatMap((bytes) => readEnvelope(bytes).channelHeader?.txId ?? []),
  );
}

describe('a replay that goes on from a saved state', function () {
  this.timeout(60_000);
  const { blocks, genesisHash } = storedChain();
  const half = Math.floor(blocks.length / 2);

  const run = (folder: string, upTo: readonly RawBlock[], expected?: string): Promise<ReplayReport> =>
    replay(sourceOf(upTo), { genesisHash, state: { folder, ...(expected !== undefined && { expected }) } });
  const saved = (folder: string): string => join(folder, 'replay.jsonl');

  it('comes to the report, and the state, of one that begins at block 0', () =>
    withFolder(async (folder) => {
      const [nightly, once] = [join(folder, 'nightly'), join(folder, 'once')];
      const scratch = await run(once, blocks);
      expect(scratch.differences).to.deep.equal([]);
      expect(scratch.findings).to.have.length(1);
      const first = await run(nightly, blocks.slice(0, half));
      const second = await run(nightly, blocks.slice(0, -1), first.stateDigest);
      const third = await run(nightly, blocks, second.stateDigest);
      expect(third).to.deep.equal({ ...scratch, resumedFrom: blocks.length - 1 });
      expect(readFileSync(saved(nightly)).equals(readFileSync(saved(once)))).to.equal(true);
      const nothingNew = await run(nightly, blocks);
      expect(nothingNew).to.deep.equal({ ...scratch, resumedFrom: blocks.length });
    }));

  it('reads the new blocks alone, and the last one that it knows', () =>
    withFolder(async (folder) => {
      await run(folder, blocks.slice(0, half));
      const asked: number[] = [];
      const source = {
        description: 'counted',
        async *blocks(from = 0) {
          asked.push(from);
          yield* sourceOf(blocks).blocks(from);
        },
      };
      await replay(source, { genesisHash, state: { folder } });
      expect(asked).to.deep.equal([half - 1, half]);
    }));

  it('passes over blocks in files, too', () =>
    withFolder(async (folder) => {
      const path = fileIn(folder, 'blocks.bin', streamOf(blocks.slice(0, half)));
      const options = { genesisHash, state: { folder: join(folder, 'state') } };
      await replay(openRecorded(path), options);
      fileIn(folder, 'blocks.bin', streamOf(blocks));
      const report = await replay(openRecorded(path), options);
      expect(report).to.deep.include({ blocks: blocks.length, resumedFrom: half, differences: [] });
    }));

  it('finds a lie in the new blocks by what the saved state holds, and keeps the state before it', () =>
    withFolder(async (folder) => {
      const lie = lies.find(({ what }) => what.startsWith('goods are in other hands'));
      const chain = custodyChain((ledger) => [...prologue(ledger), ...(lie?.story(ledger) ?? [])]);
      const told = [...chain.blocks()].map(({ block }) => block);
      const options = { genesisHash: chain.genesisHash, state: { folder } };
      await replay(sourceOf(told.slice(0, -1)), options);
      const before = readFileSync(saved(folder));
      const { differences, stateDigest } = await replay(sourceOf(told), options);
      expect(differences[0]).to.deep.include({ block: told.length - 1, check: 'custody' });
      expect(stateDigest).to.equal(undefined);
      expect(readFileSync(saved(folder)).equals(before)).to.equal(true);
    }));

  it('does not begin where one byte of the saved state was changed, wherever it is', () =>
    withFolder(async (folder) => {
      await run(folder, blocks.slice(0, half));
      const bytes = readFileSync(saved(folder));
      const step = Math.ceil(bytes.length / 97);
      for (let at = 0; at < bytes.length; at = at < bytes.length - 70 ? at + step : at + 7) {
        const edited = Buffer.from(bytes);
        edited[at] = (edited[at] ?? 0) ^ 1;
        writeFileSync(saved(folder), edited);
        expect(await codeOf(run(folder, blocks)), `byte ${String(at)}`).to.equal('STATE_ALTERED');
      }
      for (const other of [
        bytes.subarray(0, -1),
        Buffer.concat([bytes, Buffer.from('\n')]),
        Buffer.alloc(0),
      ]) {
        writeFileSync(saved(folder), other);
        expect(await codeOf(run(folder, blocks))).to.equal('STATE_ALTERED');
      }
      writeFileSync(saved(folder), bytes);
      expect(await codeOf(run(folder, blocks))).to.equal(undefined);
    }));

  it('does not begin from what no run has written, though its hash is right', () =>
    withFolder(async (folder) => {
      await run(folder, blocks.slice(0, half));
      const [title = '', ...lines] = readFileSync(saved(folder), 'utf8').split('\n').slice(0, -2);
      const isRun = (line: string): boolean => line.startsWith('{"run"');
      for (const [what, written] of Object.entries({
        nothing: [],
        'the title alone': [title],
        'no title': lines,
        'no JSON': [title, 'junk', ...lines],
        'no object': [title, 'null', ...lines],
        'no record': [title, '{"entry":[1]}', ...lines],
        'an empty run': [title, ...lines.map((line) => (isRun(line) ? '{"run":{}}' : line))],
        'a header less': [
          title,
          ...lines.filter((line) => !line.startsWith(`{"header":{"block":${String(half - 1)},`)),
        ],
      })) {
        const text = written.map((line) => `${line}\n`).join('');
        fileIn(folder, 'replay.jsonl', `${text}${createHash('sha256').update(text).digest('hex')}\n`);
        expect(await codeOf(run(folder, blocks)), what).to.equal('STATE_ALTERED');
      }
    }));

  it('does not begin from another state than the one that is expected, or none', () =>
    withFolder(async (folder) => {
      expect(await codeOf(run(folder, blocks, 'ab'.repeat(32)))).to.equal('STATE_ALTERED');
      const { stateDigest } = await run(folder, blocks.slice(0, half));
      await run(folder, blocks.slice(0, half + 1));
      expect(await codeOf(run(folder, blocks, stateDigest))).to.equal('STATE_ALTERED');
    }));

  it('does not take up a state of another replay, or where it cannot write one', () =>
    withFolder(async (folder) => {
      await run(folder, blocks.slice(0, half));
      const other = { genesisHash, level: 'hash', state: { folder } } as const;
      expect(await codeOf(replay(sourceOf(blocks), other))).to.equal('STATE_OF_ANOTHER');
      const file = fileIn(folder, 'a-file', '');
      expect(await codeOf(run(join(file, 'state'), blocks))).to.equal('STATE_UNWRITABLE');
      mkdirSync(join(folder, 'kept', `replay.jsonl.${String(process.pid)}.new`), { recursive: true });
      expect(await codeOf(run(join(folder, 'kept'), blocks))).to.equal('STATE_UNWRITABLE');
    }));

  it('refuses to go on without the packages and openings that it began with, and says what comes too late', () =>
    withFolder(async (folder) => {
      const [txId = ''] = transactionIds(blocks);
      const file = (sha256: string): PackageFile => ({
        path: `${sha256}.tgz`,
        sha256,
        packageId: `any:${sha256}`,
        files: new Map(),
      });
      const opened = (value: string, id: string): Openings =>
        new Map([[id, new Map([['openings', Buffer.from(value)]])]]);
      const rerun = (
        upTo: number,
        packages: readonly string[],
        openings: Openings = new Map(),
      ): Promise<ReplayReport> =>
        replay(sourceOf(blocks.slice(0, upTo)), {
          genesisHash,
          rerun: { packages: new Packages(packages.map(file)), openings },
          state: { folder },
        });
      const both = new Map([...opened('known', txId), ...opened('new', 'of a block to come')]);
      await rerun(half, ['aa'], opened('known', txId));
      expect(await codeOf(rerun(half, [], opened('known', txId)))).to.equal('STATE_OF_ANOTHER');
      expect(await codeOf(rerun(half, ['bb'], opened('known', txId)))).to.equal('STATE_OF_ANOTHER');
      expect(await codeOf(rerun(half, ['aa']))).to.equal('STATE_OF_ANOTHER');
      expect(await codeOf(rerun(half, ['aa'], opened('another', txId)))).to.equal('STATE_OF_ANOTHER');
      const same = await rerun(half, ['aa'], both);
      expect(same).to.deep.include({ resumedFrom: half }).and.not.to.have.property('givenLate');
      const [, late = ''] = transactionIds(blocks);
      const more = await rerun(half, ['aa', 'bb'], new Map([...both, ...opened('late', late)]));
      expect(
        schemaFaults('replay', { ...reportJson(more), givenLate: { packages: [], openings: [late] } }),
      ).to.deep.equal([]);
      expect(more.givenLate).to.deep.equal({ packages: ['bb'], openings: [late] });
      expect(notChecked(more).join()).to.include('packages bb, openings of 1 transactions');
    }));

  it('shows both signed headers where the orderers have signed another block', () =>
    withFolder(async (folder) => {
      const chain = custodyChain((ledger) => [...prologue(ledger), ...releasedAndTaken]);
      // Told once more, the chain gets other signatures of clients: from block 1 on it is another one.
      const told = (): readonly RawBlock[] => [...chain.blocks()].map(({ block }) => block);
      const options = { genesisHash: chain.genesisHash, state: { folder } };
      const known = told();
      await replay(sourceOf(known), options);
      const report = await replay(sourceOf(told()), options);
      const { differences, parting, complete } = report;
      expect(schemaFaults('replay', reportJson(report))).to.deep.equal([]);
      expect(complete).to.equal(false);
      expect(parting).to.deep.include({ kind: 'fork' });
      const [, , next] = known;
      const headerHash = toHex(next?.header.previousHash ?? new Uint8Array());
      expect(parting?.known).to.deep.include({ block: 1, headerHash });
      expect(parting?.found.previousHash).to.equal(parting?.known.previousHash);
      expect(parting?.found.dataHash).not.to.equal(parting?.known.dataHash);
      expect(differences).to.have.length(1);
      expect(differences[0]).to.deep.include({ block: 1, check: 'chain-link' });
      const signed = /signed by \w+MSP, \w+MSP, \w+MSP/;
      expect(differences[0]?.expected).to.match(signed).and.include(headerHash);
      expect(differences[0]?.found)
        .to.match(signed)
        .and.match(/^fork: block/);
    }));

  it('shows both where the chain was rolled back, or is another one', () =>
    withFolder(async (folder) => {
      await run(folder, blocks);
      const { parting, differences } = await run(folder, blocks.slice(0, half));
      expect(parting).to.deep.include({ kind: 'rollback' });
      expect([parting?.known.block, parting?.found.block]).to.deep.equal([blocks.length - 1, half - 1]);
      expect(differences[0]?.found).to.match(/^rollback: the chain ends at block .* signed by \w+MSP, /);
      const other = generateChain({ newKey: nodeKey, transactions: 10 });
      const forked = await run(
        folder,
        [...other.blocks()].map(({ block }) => block),
      );
      expect(forked.parting).to.deep.include({ kind: 'fork' });
      expect(forked.differences[0]).to.deep.include({ block: 0 });
    }));
});
