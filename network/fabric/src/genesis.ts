import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';

import { headerHash, readBlock, toHex } from '@passage/ledger';

import { configDifferences } from './compare-genesis.js';
import { FabricError } from './errors.js';
import { json, readIfThere, writeWhole } from './files.js';
import type { FabricPaths } from './paths.js';
import type { ProgramName, Programs } from './programs.js';
import { programFailed, run } from './run-program.js';
import { CHANNEL } from './topology.js';

/** Makes block 0 of the channel from configtx.yaml, once. @throws FabricError PROGRAM_FAILED */
export async function makeGenesisBlock(paths: FabricPaths, programs: Programs): Promise<void> {
  if (existsSync(paths.genesis)) return;
  const program: ProgramName = 'configtxgen';
  const fresh = `${paths.genesis}.new`;
  const result = await run(
    programs[program],
    ['-profile', 'Passage', '-channelID', CHANNEL, '-outputBlock', fresh],
    { FABRIC_CFG_PATH: paths.network, FABRIC_LOGGING_SPEC: 'error' },
  );
  if (!result.ok) throw programFailed(program, 'make the genesis block', result);
  renameSync(fresh, paths.genesis);
}

/**
 * Makes the genesis block of organisations that each have their own folder, or takes over the one that another of them has
 * made: only if it says, but for its time, what we would have said.
 *
 * @returns its header hash, hex: what is handed to auditors and devices
 * @throws FabricError GENESIS_DIFFERS, LEDGER_MISMATCH, PROGRAM_FAILED
 */
export async function settleGenesisBlock(
  paths: FabricPaths,
  programs: Programs,
  from?: string,
): Promise<string> {
  const there = existsSync(paths.genesis);
  await makeGenesisBlock(paths, programs);
  if (from !== undefined) {
    const [own, other] = [paths.genesis, from].map((file) => readBlock(readFileSync(file)));
    const differing = own === undefined || other === undefined ? [from] : configDifferences(own, other);
    if (differing.length > 0) {
      if (!there) rmSync(paths.genesis);
      throw new FabricError('GENESIS_DIFFERS', `${from} differs in ${differing.join(', ')}`);
    }
    if (existsSync(paths.trust)) ensureTrust(paths, from);
    else copyFileSync(from, paths.genesis);
  }
  ensureTrust(paths);
  return genesisHashOf(paths.genesis);
}

function genesisHashOf(file: string): string {
  return toHex(headerHash(readBlock(readFileSync(file)).header));
}

/**
 * Writes the trust file once; afterwards it must agree with the genesis block.
 *
 * @throws FabricError LEDGER_MISMATCH
 */
export function ensureTrust(paths: FabricPaths, genesis = paths.genesis): void {
  const genesisHash = genesisHashOf(genesis);
  const trusted = readIfThere(paths.trust);
  if (trusted === undefined) {
    writeWhole(
      paths.trust,
      json({ format: 'passage-trust-1', network: 'fabric', channel: CHANNEL, genesisHash }),
      0o644,
    );
    return;
  }
  if (trusted.includes(`"${genesisHash}"`)) return;
  throw new FabricError(
    'LEDGER_MISMATCH',
    `${paths.trust} trusts another genesis block than ${genesisHash}, which this network starts with`,
  );
}
