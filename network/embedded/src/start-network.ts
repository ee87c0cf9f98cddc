import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';

import { type RawBlock, type SignatureMemo, type StaticCollectionConfig, toHex } from '@passage/ledger';

import { CertificateAuthority } from './ca/certificate-authority.js';
import { startCaServer } from './ca/server.js';
import { defineChaincode } from './definition/define-chaincode.js';
import { NetworkError, systemCode } from './errors.js';
import { Faults } from './faults/faults.js';
import { consentersUp, FaultyOrderer } from './faults/faulty-orderer.js';
import { startFaultServer } from './faults/server.js';
import { buildGenesisBlock } from './genesis/genesis-block.js';
import { admitOrganizations } from './membership/admit.js';
import { noteJoined, type Joining } from './membership/joined-organizations.js';
import type { ChaincodeSettings, EmbeddedNetwork, Organization } from './network.js';
import { judgeBroadcast, mayStillBeOrdered } from './ordering/broadcast-filter.js';
import { buildSignedBlock, consentersOf } from './ordering/consenters.js';
import { BlockOrderer } from './ordering/orderer.js';
import { CHAINCODE, CHANNEL, ORGANIZATIONS } from './organizations.js';
import { networkPaths, type NetworkPaths } from './paths.js';
import { ensureOrganizations, loadOrganizations } from './pki/load.js';
import { rememberSignatures } from './pki/remember-signatures.js';
import { buildProfile, buildTrust } from './profile/profile.js';
import { ensureTrust, writeProfile } from './profile/write-profile.js';
import { startServices } from './services.js';
import { needsRoom } from './storage-error.js';
import { EmbeddedLedger, newSignatureMemo } from './store/embedded-ledger.js';

export interface NetworkOptions {
  /** Folder of all running state. */
  readonly dir: string;
  readonly basePort: number;
  readonly chaincodeVersion: string;
  /** The chaincode's private collections; without them those of the definition in force stay. */
  readonly collections?: readonly StaticCollectionConfig[];
  /** One chaincode process for each organisation instead of one for all. */
  readonly faithful: boolean;
  /** Organisations that are to join; those that did join stay without being named again. */
  readonly joining?: readonly Joining[];
  /** Whether tests may switch faults over HTTP, at the base port + 5. */
  readonly faults?: boolean;
  /** How long a transaction waits for company before its block is cut, in milliseconds. */
  readonly batchIntervalMs: number;
  /** Called once if blocks cannot be made any more: the network has to be stopped then. */
  readonly onFailure: (error: unknown) => void;
}

export interface RunningNetwork {
  readonly network: EmbeddedNetwork;
  /** SHA-256 header hash of block 0, hex. */
  readonly genesisHash: string;
  /** Stops everything; resolves when every port is free and the folder can be taken again. */
  stop(): Promise<void>;
}

/** Where faults are switched: the first port that customs' own services leave free. */
const FAULTS_OFFSET = 5;

/** Notes how to undo what has just been started. Undone in reverse. */
type OnStop = (step: () => Promise<void>) => void;

/**
 * Starts the embedded network: identities, ledger, ordering, chaincode definition, CAs and gRPC services, all on loopback.
 * What is there already is taken up where it stopped.
 *
 * @throws NetworkError FOLDER_UNUSABLE, PORT_IN_USE, LEDGER_LOCKED, LEDGER_DAMAGED, LEDGER_MISMATCH, STORAGE_FULL,
 *   DEFINITION_REFUSED, ORGANIZATION_REFUSED; nothing runs then
 */
export async function startNetwork(options: NetworkOptions): Promise<RunningNetwork> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    const started = await needsRoom(options.dir, () => start(options, (step) => undo.push(step)));
    return { ...started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: NetworkOptions, onStop: OnStop): Promise<Omit<RunningNetwork, 'stop'>> {
  const { dir, basePort } = options;
  const paths = networkPaths(dir);
  needFolder(paths.root);
  const joined = noteJoined(paths.joined, options.joining ?? []);
  const members = [...ORGANIZATIONS, ...joined];
  await ensureOrganizations(paths, new Date(), members);
  const memo = newSignatureMemo();
  const organizations = loadOrganizations(paths, basePort, members).map((one) =>
    rememberSignatures(one, memo),
  );

  const ledger = await openLedger(options, paths, organizations.slice(0, ORGANIZATIONS.length), memo);
  onStop(() => ledger.close());
  const genesisHash = toHex(ledger.headerHash(0) ?? new Uint8Array(0));
  ensureTrust(paths, buildTrust(genesisHash));

  const faults = new Faults();
  const orderer = startOrdering(options, ledger, organizations, faults);
  onStop(() => orderer.stop());
  // A stalled orderer could not be stopped.
  onStop(() => {
    faults.clear();
    return Promise.resolve();
  });
  const chaincode = chaincodeSettings(options, organizations);
  const network = {
    channel: CHANNEL,
    organizations,
    chaincode,
    ledger,
    orderer: new FaultyOrderer(orderer, () => consentersOf(ledger.config(), organizations), faults),
    faults,
  };
  await admitOrganizations({ ...network, now: () => new Date() }, joined);
  await defineChaincode({
    ...network,
    chaincode: chaincode.name,
    version: chaincode.version,
    ...(options.collections !== undefined && { collections: options.collections }),
    now: () => new Date(),
  });

  await startCas(paths, organizations, onStop);
  const services = await startServices(network);
  onStop(() => services.close());
  if (options.faults) {
    const server = await startFaultServer(
      faults,
      organizations.map(({ name }) => name),
      basePort + FAULTS_OFFSET,
    );
    onStop(() => server.close());
  }
  const ordering = consentersOf(ledger.config(), organizations);
  writeProfile(paths, buildProfile(organizations, ordering, dir, paths));
  return { network, genesisHash };
}

function needFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = systemCode(error) ?? 'no folder';
    throw new NetworkError(
      'FOLDER_UNUSABLE',
      `${path} cannot be used (${why}): choose another folder with --dir`,
    );
  }
}

function openLedger(
  { batchIntervalMs }: NetworkOptions,
  paths: NetworkPaths,
  founders: readonly Organization[],
  memo: SignatureMemo,
): Promise<EmbeddedLedger> {
  const genesis = (): RawBlock =>
    buildGenesisBlock({
      channel: CHANNEL,
      organizations: founders,
      batchIntervalMs,
      nonce: randomBytes(24),
      now: new Date(),
    });
  return EmbeddedLedger.open(paths.ledger, genesis, memo);
}

function startOrdering(
  { batchIntervalMs, onFailure }: NetworkOptions,
  ledger: EmbeddedLedger,
  organizations: readonly Organization[],
  faults: Faults,
): BlockOrderer {
  const orderers = organizations.map(({ orderer }) => orderer);
  return new BlockOrderer({
    limits: () => {
      const { maxMessageCount, absoluteMaxBytes } = ledger.config().batchSize;
      return { maxCount: maxMessageCount, maxBytes: absoluteMaxBytes, maxWaitMs: batchIntervalMs };
    },
    judge: (envelope) => judgeBroadcast(envelope, { config: ledger.config(), now: new Date(), orderers }),
    mayStillBeOrdered: (envelope) => mayStillBeOrdered(envelope, ledger.config()),
    isKnown: (id) => ledger.commitStatus(id) !== undefined,
    append: async (envelopes) => {
      await faults.whenOrdering();
      const signers = consentersUp(consentersOf(ledger.config(), organizations), faults);
      await ledger.append((head) => buildSignedBlock(envelopes, head, signers));
    },
    note: (line) => process.stderr.write(`${line}\n`),
    fail: onFailure,
  });
}

/** In fast mode every peer dials the chaincode process of customs, the first organisation. */
function chaincodeSettings(
  { faithful, chaincodeVersion }: NetworkOptions,
  organizations: readonly Organization[],
): ChaincodeSettings {
  const endpoints = organizations.map((organization) => {
    const host = faithful ? organization : (organizations[0] ?? organization);
    return {
      organization: organization.name,
      address: `localhost:${host.ports.chaincode}`,
      tlsRootPem: host.tlsRootPem,
    };
  });
  return { name: CHAINCODE, version: chaincodeVersion, endpoints };
}

async function startCas(
  paths: NetworkPaths,
  organizations: readonly Organization[],
  onStop: OnStop,
): Promise<void> {
  for (const organization of organizations) {
    const ca = new CertificateAuthority(
      organization,
      paths.organization(organization.name),
      () => new Date(),
    );
    onStop(() => {
      ca.close();
      return Promise.resolve();
    });
    const server = await startCaServer(ca, organization.serverTls, organization.ports.ca);
    onStop(() => server.close());
  }
}
