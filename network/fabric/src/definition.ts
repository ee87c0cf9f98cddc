import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { messageOf } from '@passage/enrolment';

import { type Network, peerCommand } from './administrator.js';
import { FabricError } from './errors.js';
import { writeWhole } from './files.js';
import { ordererArgs, ORDERING_SECONDS, orderersOf, throughOrderers } from './orderers.js';
import type { FabricPaths } from './paths.js';
import { programFailed, type ProgramResult } from './run-program.js';
import {
  CHAINCODE,
  CHAINCODE_POLICY,
  CHANNEL,
  type Organization,
  peersOf,
  type PeerSite,
} from './topology.js';

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

/** How long to wait for the others; a step may take 90 s in all (network/control, start.ts). */
const PATIENCE_MS = 50_000;

const POLL_MS = 500;

/** Customs and two others: the channel's LifecycleEndorsement (configtx.yaml). */
const ENOUGH = 3;

/**
 * What a peer says of an approval that it has, before and after the commit (F:core/chaincode/lifecycle/lifecycle.go); of
 * another content it would say in what it differs.
 */
const APPROVED =
  /with unchanged content|redefine the current committed sequence \(\d+\) for namespace \S+\s*$/m;

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
 * Lets every organisation of ours install the package and approve it as the channel's definition of the chaincode, without a word where
 * that is done. Nothing else changes: the definition in force stays until another is committed. The package's hash stands for
 * its collections, too; a package that lists none carries on those of the last definition.
 *
 * @throws FabricError PROGRAM_FAILED with the peer's words, for instance because a collection would be taken away
 */
export async function approveChaincode(network: Network, chaincode: ChaincodePackage): Promise<Approved> {
  const first = firstOf(network);
  const committed = await committedDefinition(network, first);
  const isInForce = committed?.version === chaincode.version;
  const sequence = (committed?.sequence ?? 0) + (isInForce ? 0 : 1);
  const { version } = chaincode;
  const collections = collectionsFile(network.paths, chaincode);
  const args = definitionArgs({ version, sequence, collections });
  await Promise.all(
    network.own.map(async (organization) => {
      if (network.together) {
        // Of a definition in force only those who joined later may lack the approval.
        if (isInForce && organization.isFounder) return;
        if (committed !== undefined && (await hasApproved(network, organization, { version, sequence })))
          return;
      }
      const peers = peersOf(organization).map(({ name }) => name);
      await Promise.all(peers.map((peer) => install(network, organization, peer, chaincode)));
      const approval = [...args, '--package-id', chaincode.packageId];
      await inTime(network, () => approve(network, organization, approval, { version, sequence }));
    }),
  );
  return { version, sequence, isInForce, args };
}

/**
 * Sees to it that the channel's definition of the chaincode names this package: every organisation approves, then customs
 * commits. Nothing happens when the definition is already so; another version becomes the next sequence.
 *
 * @returns the sequence of the definition in force
 * @throws FabricError PROGRAM_FAILED; DEFINITION_WAITS where others have not come as far
 */
export async function defineChaincode(network: Network, chaincode: ChaincodePackage): Promise<number> {
  const { sequence, isInForce, args } = await approveChaincode(network, chaincode);
  if (isInForce) return sequence;
  await inTime(network, () => bringIntoForce(network, args, chaincode.version));
  if (chaincode.collections !== undefined)
    writeWhole(network.paths.collections, readFileSync(chaincode.collections, 'utf8'));
  return sequence;
}

/** Our own first organisation; of all together that is customs. */
function firstOf({ own }: Network): Organization {
  const [first] = own;
  if (first === undefined) throw new TypeError('a network without organisations');
  return first;
}

/** Repeats what cannot succeed before others have come as far, where others act in their own time. */
async function inTime<T>({ together }: Network, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (together) throw error;
      if (performance.now() > deadline)
        throw new FabricError('DEFINITION_WAITS', messageOf(error), { cause: error });
      await sleep(POLL_MS);
    }
  }
}

/** Customs commits as soon as enough have approved; the others see it happen. */
async function bringIntoForce(
  network: Network,
  definition: readonly string[],
  version: string,
): Promise<void> {
  const first = firstOf(network);
  const committed = await committedDefinition(network, first);
  if (committed?.version === version) return;
  if (first.name !== 'customs') throw new Error('customs has not committed the definition');
  await commit(network, first, definition, version);
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

function definitionArgs({
  version,
  sequence,
  collections,
}: Committed & { readonly collections: string | undefined }): readonly string[] {
  return [
    ...['--channelID', CHANNEL, '--name', CHAINCODE, '--version', version, '--sequence', String(sequence)],
    ...['--signature-policy', CHAINCODE_POLICY],
    ...(collections === undefined ? [] : ['--collections-config', collections]),
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
  peer: PeerSite['name'],
  { path }: ChaincodePackage,
): Promise<void> {
  const args = ['lifecycle', 'chaincode', 'install', path];
  const result = await peerCommand(network, organization, args, peer);
  if (result.ok || /already successfully installed/.test(result.stderr)) return;
  throw programFailed('peer', `install the chaincode at ${peer}-${organization.name}`, result);
}

async function approve(
  network: Network,
  organization: Organization,
  definition: readonly string[],
  wanted: Committed,
): Promise<void> {
  const result = await ordered(network, organization, ['approveformyorg', ...definition], () =>
    hasApproved(network, organization, wanted),
  );
  if (!result.ok && !APPROVED.test(result.stderr))
    throw programFailed('peer', `approve the chaincode for ${organization.name}`, result);
}

/** Runs a command of the lifecycle that ends in a transaction, by as many orderers as it takes. */
function ordered(
  network: Network,
  at: Organization,
  command: readonly string[],
  isDone: () => Promise<boolean>,
): Promise<ProgramResult> {
  const patience = ['--waitForEventTimeout', `${String(ORDERING_SECONDS)}s`];
  const args = ['lifecycle', 'chaincode', ...command, ...patience];
  const send = (orderer: Organization): Promise<ProgramResult> =>
    peerCommand(network, at, [...args, ...ordererArgs(network, orderer)]);
  return throughOrderers(orderersOf(network), send, isDone);
}

/** Each endorsing peer checks that its own organisation approved exactly this, so all that did are asked. */
async function commit(
  network: Network,
  customs: Organization,
  definition: readonly string[],
  version: string,
): Promise<void> {
  const approved = await approvals(network, customs, definition);
  const approving = network.organizations.filter(({ mspId }) => approved[mspId] === true);
  if (approving.length < ENOUGH)
    throw new Error(`only ${approving.map(({ name }) => name).join(', ')} have approved the definition`);
  const peers = approving.flatMap(({ name, host, port }) => [
    ...['--peerAddresses', `${host}:${port.peer}`],
    ...['--tlsRootCertFiles', network.paths.organization(name).tlsCaCert],
  ]);
  const result = await ordered(network, customs, ['commit', ...definition, ...peers], async () => {
    return (await committedDefinition(network, customs))?.version === version;
  });
  if (!result.ok) throw programFailed('peer', 'commit the chaincode definition', result);
}

/** Who has approved exactly this definition, by MSP id. */
async function approvals(
  network: Network,
  at: Organization,
  definition: readonly string[],
): Promise<Readonly<Record<string, boolean>>> {
  const result = await peerCommand(network, at, [
    ...['lifecycle', 'chaincode', 'checkcommitreadiness', ...definition],
    ...['--output', 'json'],
  ]);
  if (!result.ok) throw programFailed('peer', 'ask who has approved the chaincode', result);
  return (JSON.parse(result.stdout) as { approvals: Record<string, boolean> }).approvals;
}
