import { existsSync, readFileSync, renameSync } from 'node:fs';

import { headerHash, readBlock, toHex } from '@passage/ledger';

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
 * Writes the trust file once; afterwards it must agree with the genesis block.
 *
 * @throws FabricError LEDGER_MISMATCH
 */
export function ensureTrust(paths: FabricPaths): void {
  const genesisHash = toHex(headerHash(readBlock(readFileSync(paths.genesis)).header));
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
