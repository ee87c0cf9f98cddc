#!/usr/bin/env node
/*
 * Packs the compiled chaincode for Fabric (`peer lifecycle chaincode install`) and lays the same files out to be run.
 *
 *   node chaincode/tools/package.mjs [--out DIR] [--collections FILE]
 *
 * Prints one JSON object:
 *   label      the package's label
 *   sha256     SHA-256 of the package, in hex
 *   packageId  label:sha256, as every peer computes it
 *   version    the version for the chaincode definition, which carries the SHA-256 so that a replay knows which code ran
 *   path       the package
 *   main       the entry to run as a service, from the very files in the package
 *   collections  where it has any, the list of its private collections, for `--collections-config`
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { COLLECTIONS, stagedFiles, StagingError } from './staged-files.mjs';
import { gzipStored, tar } from './tar.mjs';

/** Names the format of what the chaincode keeps; the SHA-256 behind it names the code. */
const FORMAT_VERSION = '1';
const label = `passage_${FORMAT_VERSION}`;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A package as F:core/chaincode/persistence reads it: exactly these two files. */
function packageOf(files) {
  return gzipStored(
    tar(
      new Map([
        ['metadata.json', Buffer.from(JSON.stringify({ type: 'ccaas', label }))],
        ['code.tar.gz', gzipStored(tar(files))],
      ]),
    ),
  );
}

/** Whoever else packs the same code at the same time lays out the same files: theirs will do. */
function rename(fresh, stage) {
  try {
    renameSync(fresh, stage);
  } catch (error) {
    if (!existsSync(stage)) throw error;
  }
}

function pack(out, collections) {
  const files = stagedFiles(root, collections);
  const bytes = packageOf(files);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // Named by its hash, so that packing again never touches the package that was installed or the files that run.
  const stage = join(out, sha256);
  const path = `${stage}.tgz`;
  mkdirSync(out, { recursive: true });
  const scratch = mkdtempSync(join(out, '.new-'));
  try {
    writeFileSync(join(scratch, 'package'), bytes);
    renameSync(join(scratch, 'package'), path);
    if (!existsSync(stage)) {
      layOut(files, join(scratch, 'stage'));
      rename(join(scratch, 'stage'), stage);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return {
    label,
    packageId: `${label}:${sha256}`,
    sha256,
    version: `${FORMAT_VERSION}-${sha256}`,
    path,
    ...(files.has(COLLECTIONS) && { collections: join(stage, COLLECTIONS) }),
    main: join(stage, 'dist/main.js'),
  };
}

function layOut(files, folder) {
  for (const [name, content] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

try {
  const { values } = parseArgs({ options: { out: { type: 'string' }, collections: { type: 'string' } } });
  const out = resolve(values.out ?? join(root, 'chaincode/build'));
  console.log(JSON.stringify(pack(out, values.collections && resolve(values.collections))));
} catch (error) {
  const usage = error instanceof TypeError && 'code' in error;
  if (!usage && !(error instanceof StagingError) && !('syscall' in error)) throw error;
  console.error(`The chaincode cannot be packed: ${error.message}`);
  process.exitCode = usage ? 2 : 3;
}
