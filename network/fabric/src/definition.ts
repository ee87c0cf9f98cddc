import { existsSync, readFileSync } from 'node:fs';

import { type Network, peerCommand } from './administrator.js';
import { writeWhole } from './files.js';
import type { FabricPaths } from './paths.js';
import { programFailed } from './run-program.js';
import { CHAINCODE, CHAINCODE_POLICY, CHANNEL, type Organization } from './topology.js';

/** The chaincode as it was packaged: every organisation installs the same file. */
export interface ChaincodePackage {
  /** The package file. */
  readonly path: string;
  /** `label:sha256`, as every peer computes it. */
  readonly packageId: string;
  /** Version of the definition; it carries the package's SHA-256, so that a replay knows which code ran. */
  readonly version: string;
  /** The list of its private collections, for `--collections-config`. */
  readonly collections?: string;
}

/** A committed definition, as far as it is compared. */
interface Committed {
  readonly sequence: number;
  readonly version: string;
}

/** A definition that everybody has approved. */
interface Approved extends Committed {
  readonly isInForce: boolean;
  /** The arguments that name it. */
  readonly args: readonly string[];
}

/**
 * Lets every organisation install the package and approve it as the channel's definition of the chaincode, without a word where
 * that is done. Nothing else changes: the definition in force stays until another is committed. The package's hash stands for
 * its collections, too; a package that lists none carries on those of the last definition.
 *
 * @throws FabricError PROGRAM_FAILED with the peer's words, for instance because a collection would be taken away
 */
export async function approveChaincode(network: Network, chaincode: ChaincodePackage): Promise<Approved> {
  const customs = founderOf(network);
  const committed = await committedDefinition(network, customs);
  const isInForce = committed?.version === chaincode.version;
  const sequence = (committed?.sequence ?? 0) + (isInForce ? 0 : 1);
  const { version } = chaincode;
  const collections = collectionsFile(network.paths, chaincode);
  const args = definitionArgs(network, customs, { version, sequence, collections });
  await Promise.all(
    network.organizations.map(async (organization) => {
      // Of a definition in force only those who joined later may lack the approval.
      if (isInForce && organization.isFounder) return;
      if (committed !== undefined && (await hasApproved(network, organization, { version, sequence })))
        return;
      await install(network, organization, chaincode);
      await approve(network, organization, [...args, '--package-id', chaincode.packageId]);
    }),
  );
  return { version, sequence, isInForce, args };
}

/**
 * Sees to it that the channel's definition of the chaincode names this package: every organisation approves, then customs
 * commits. Nothing happens when the definition is already so; another version becomes the next sequence.
 *
 * @returns the sequence of the definition in force
 * @throws FabricError PROGRAM_FAILED
 */
export async function defineChaincode(network: Network, chaincode: ChaincodePackage): Promise<number> {
  const { sequence, isInForce, args } = await approveChaincode(network, chaincode);
  if (isInForce) return sequence;
  await commit(network, founderOf(network), args);
  if (chaincode.collections !== undefined)
    writeWhole(network.paths.collections, readFileSync(chaincode.collections, 'utf8'));
  return sequence;
}

function founderOf({ organizations }: Network): Organization {
  const [customs] = organizations;
  if (customs === undefined) throw new TypeError('a network without organisations');
  return customs;
}

/** Whether the organisation's own peer knows of its approval. */
async function hasApproved(
  network: Network,
  organization: Organization,
  { version, sequence }: Committed,
): Promise<boolean> {
  const result = await peerCommand(network, organization, [
    ...['lifecycle', 'chaincode', 'queryapproved', '--channelID', CHANNEL, '--name', CHAINCODE],
    ...['--sequence', String(sequence), '--output', 'json'],
  ]);
  return result.ok && (JSON.parse(result.stdout) as Committed).version === version;
}

/** What the definition is to say of private collections: a file, or undefined where there never were any. */
function collectionsFile(paths: FabricPaths, { collections }: ChaincodePackage): string | undefined {
  return collections ?? (existsSync(paths.collections) ? paths.collections : undefined);
}

/** Customs' orderer, the first leader, takes them: a follower would wait before it passes them on. */
function definitionArgs(
  { paths }: Network,
  { name, host, port }: Organization,
  { version, sequence, collections }: Committed & { readonly collections: string | undefined },
): readonly string[] {
  return [
    ...['--channelID', CHANNEL, '--name', CHAINCODE, '--version', version, '--sequence', String(sequence)],
    ...['--signature-policy', CHAINCODE_POLICY],
    ...(collections === undefined ? [] : ['--collections-config', collections]),
    ...['--orderer', `${host}:${port.orderer}`, '--tls', '--cafile', paths.organization(name).tlsCaCert],
  ];
}

async function committedDefinition(network: Network, at: Organization): Promise<Committed | undefined> {
  const result = await peerCommand(network, at, [
    ...['lifecycle', 'chaincode', 'querycommitted', '--channelID', CHANNEL, '--name', CHAINCODE],
    ...['--output', 'json'],
  ]);
  if (result.ok) return JSON.parse(result.stdout) as Committed;
  if (/namespace .* is not defined/.test(result.stderr)) return undefined;
  throw programFailed('peer', 'ask for the chaincode definition', result);
}

async function install(
  network: Network,
  organization: Organization,
  { path }: ChaincodePackage,
): Promise<void> {
  const result = await peerCommand(network, organization, ['lifecycle', 'chaincode', 'install', path]);
  if (result.ok || /already successfully installed/.test(result.stderr)) return;
  throw programFailed('peer', `install the chaincode at peer-${organization.name}`, result);
}

async function approve(
  network: Network,
  organization: Organization,
  definition: readonly string[],
): Promise<void> {
  const result = await peerCommand(network, organization, [
    ...['lifecycle', 'chaincode', 'approveformyorg'],
    ...definition,
  ]);
  if (result.ok || /with unchanged content/.test(result.stderr)) return;
  throw programFailed('peer', `approve the chaincode for ${organization.name}`, result);
}

/** Each endorsing peer checks that its own organisation approved exactly this, so all are asked. */
async function commit(network: Network, customs: Organization, definition: readonly string[]): Promise<void> {
  const peers = network.organizations.flatMap(({ name, host, port }) => [
    ...['--peerAddresses', `${host}:${port.peer}`],
    ...['--tlsRootCertFiles', network.paths.organization(name).tlsCaCert],
  ]);
  const args = ['lifecycle', 'chaincode', 'commit', ...definition, ...peers];
  const result = await peerCommand(network, customs, args);
  if (!result.ok) throw programFailed('peer', 'commit the chaincode definition', result);
}
