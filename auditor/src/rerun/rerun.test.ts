import { join } from 'node:path';
import { expect } from 'chai';
import { readBlock } from '@passage/ledger';
import { replay } from '../replay.js';
import { openRecorded } from '../source/open-folder.js';
import { sourceOf } from '../testing/block-source.js';
import { blocksOf, fileIn, GENESIS, recordedFolder, withFolder } from '../testing/recorded-folder.js';
import { readOpenings } from './openings.js';
import { readPackageFile } from './package-file.js';
import { Packages } from './packages.js';
import type { ReplayReport } from '../report.js';

const NAMES = ['basket_1', 'basket_2', 'tally_1'];

/** Runs the recorded chain again with these packages of it. */
function rerun(folder: string, packages: readonly string[], openings?: string): Promise<ReplayReport> {
  const files = packages.map((name) => readPackageFile(join(folder, 'chaincode', `${name}.tgz`)));
  return replay(openRecorded(folder), {
    genesisHash: GENESIS,
    all: true,
    rerun: {
      packages: new Packages(files),
      ...(openings !== undefined && { openings: readOpenings(join(folder, openings)) }),
    },
  });
}

describe('running the chaincode again', function () {
  this.timeout(120_000);

  it('comes to what real peers recorded, byte for byte, and finds what three of them forged', async function () {
    const { folder } = recordedFolder(this);
    const { differences, rerun: counts, checks } = await rerun(folder, NAMES, 'transient.json');
    expect(differences).to.deep.equal([
      {
        block: 143,
        transaction: 5,
        check: 'rerun',
        expected: 'write of "f13" in basket as "x"',
        found: 'as "forged", endorsed by AlderMSP, BirchMSP, CedarMSP',
      },
    ]);
    expect(counts).to.deep.equal({
      rerun: 183,
      byHashes: 0,
      notRerun: { "_lifecycle is Fabric's own": 19 },
    });
    expect(checks.rerun).to.equal(183);
  });

  it('goes on from a saved state with the private values that were opened before', async function () {
    const { folder, stream } = recordedFolder(this);
    await withFolder(async (state) => {
      const blocks = blocksOf(stream).map((bytes) => readBlock(bytes));
      const packages = new Packages(
        NAMES.map((name) => readPackageFile(join(folder, 'chaincode', `${name}.tgz`))),
      );
      const openings = readOpenings(join(folder, 'transient.json'));
      const options = { genesisHash: GENESIS, all: true, rerun: { packages, openings } };
      const scratch = await replay(sourceOf(blocks), options);
      const kept = { ...options, state: { folder: state } };
      await replay(sourceOf(blocks.slice(0, 120)), kept);
      expect(await replay(sourceOf(blocks), kept)).to.deep.equal({ ...scratch, resumedFrom: 120 });
    });
  });

  it('finds the forgery at no lower level', async function () {
    const { folder } = recordedFolder(this);
    for (const level of ['hash', 'ledger'] as const) {
      const report = await replay(openRecorded(folder), { genesisHash: GENESIS, all: true, level });
      expect(report).to.deep.include({ level, differences: [], complete: true });
    }
  });

  it('checks private data by its hashes where nobody opens it', async function () {
    const { folder } = recordedFolder(this);
    const { differences, rerun: counts } = await rerun(folder, NAMES);
    expect(differences).to.have.length(1);
    expect(counts).to.deep.include({ rerun: 164, byHashes: 19 });
  });

  it('runs no transaction by a package that is not the one of its definition, and says so', async function () {
    const { folder } = recordedFolder(this);
    const { differences, rerun: counts } = await rerun(folder, ['basket_2'], 'transient.json');
    expect(differences).to.deep.equal([]);
    expect(counts?.notRerun).to.deep.include({
      'no package given for basket, sequence 1, version 1': 166,
      'no package given for tally, sequence 1, version 1': 2,
    });
    expect(counts?.rerun).to.equal(14);
  });
});

describe('a chaincode package', () => {
  it('is refused where it is none', () =>
    withFolder((dir) => {
      const file = fileIn(dir, 'no.tgz', 'nothing');
      expect(() => readPackageFile(file))
        .to.throw(/is no chaincode package/)
        .with.property('code', 'PACKAGE_UNUSABLE');
      const openings = fileIn(dir, 'no.json', '{"tx": {"key": 1}}');
      expect(() => readOpenings(openings))
        .to.throw(/key is no text/)
        .with.property('code', 'OPENINGS_UNUSABLE');
      return Promise.resolve();
    }));
});
