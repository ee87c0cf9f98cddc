import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openRecorded } from '../source/open-folder.js';
import { peerBlocks } from '../source/peer-blocks.js';
import { profileOrganizations, profilePeer } from '../source/profile-peer.js';
import { parseGenesisHash, readTrustFile } from '../trust.js';
import type { BlockSource } from '../source/block-source.js';

/** Where blocks come from, and where trust starts. */
export interface SourceOptions {
  readonly from?: readonly string[];
  readonly peer?: readonly string[];
  readonly allPeers?: boolean;
  readonly dir: string;
  readonly profile?: string;
  readonly org: string;
  readonly trust?: string;
  readonly genesis?: string;
}

/** The options that say where blocks come from. */
export function withSourceOptions(command: Command): Command {
  return command
    .option('--from <path...>', 'folders or files of recorded blocks, of any Fabric chain')
    .option('--peer <organization...>', 'peers of these organizations of the profile')
    .option('--all-peers', 'the peers of all organizations of the profile')
    .option('--dir <folder>', 'folder of the running network', '.passage')
    .option('--profile <file>', 'connection profile (default: profile.json of --dir)')
    .option('--org <name>', 'organization of the profile as which peers are asked', 'auditor')
    .option('--trust <file>', 'trust file that holds the genesis hash (default: trust.json of --dir)')
    .option('--genesis <hash>', 'header hash of block 0, instead of a trust file', genesisArgument);
}

/** The genesis hash that is trusted. @throws AuditError TRUST_UNUSABLE */
export function trustedGenesis({ genesis, trust, dir }: SourceOptions): string {
  return genesis ?? readTrustFile(trust ?? join(dir, 'trust.json'));
}

/**
 * The sources that were named: recorded ones first, then peers, each in the order in which it was named.
 *
 * @param otherwise the organisations whose peers are taken where nothing was named, of all in the profile
 * @throws AuditError SOURCE_NOT_FOUND, PROFILE_UNUSABLE
 */
export function openSources(
  { from = [], peer = [], allPeers = false, dir, profile, org }: SourceOptions,
  otherwise: (all: () => readonly string[]) => readonly string[],
): readonly BlockSource[] {
  const path = profile ?? join(dir, 'profile.json');
  const all = (): readonly string[] => profileOrganizations(path);
  const isNothingNamed = from.length === 0 && peer.length === 0 && !allPeers;
  const peers = allPeers ? [...new Set([...peer, ...all()])] : peer;
  return [
    ...from.map(openRecorded),
    ...(isNothingNamed ? otherwise(all) : peers).map((name) => peerBlocks(profilePeer(path, name, org))),
  ];
}

function genesisArgument(text: string): string {
  const hash = parseGenesisHash(text);
  if (hash === undefined) throw new InvalidArgumentError('A genesis hash has 64 hexadecimal digits.');
  return hash;
}
