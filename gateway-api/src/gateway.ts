import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { customsMspId, keys } from '@passage/domain';
import { CaClient, Keystore } from '@passage/enrolment';
import { organisationSignature } from '@passage/evidence';

import { startFinderThread } from './alert-desk/finder-thread.js';
import { assembleGateway } from './assemble.js';
import { rememberedTokens } from './auth/remembered-tokens.js';
import { tokenVerifier } from './auth/verify-token.js';
import type { GatewayConfig } from './config.js';
import { administratorHealth } from './enrolment/certificate-health.js';
import { Identities } from './enrolment/identities.js';
import type { ActingIdentity } from './enrolment/identities.js';
import { gatewayError } from './errors.js';
import { PeerConnection } from './fabric/connection.js';
import { fabricBlocks, fabricHeaders } from './fabric/fabric-blocks.js';
import { lazySource } from './fabric/lazy-source.js';
import { fabricLedger } from './fabric/fabric-ledger.js';
import { fabricOwnKeyLedger } from './fabric/own-key-ledger.js';
import type { GatewayPeer } from './heads/gateway-peer.js';
import type { HeadExchange } from './heads/head-exchange.js';
import { httpPeer } from './heads/http-peer.js';
import { startIndexerThread } from './index/indexer-thread.js';
import { ledgerChecks } from './index/ledger-checks.js';
import { mspsByHead, signaturesByHead } from './index/ledger-verifier.js';
import { INITIALISING_ORGANIZATION, initialiseLedger } from './initialise.js';
import type { Logger } from './log.js';
import { ledgerReread } from './recheck/reread-block.js';
import { recordedLedger } from './recorded-ledger.js';
import { gatewayServer, graphqlDoor } from './server.js';

/** How often gateways compare their tree heads. */
const HEADS_MS = 10_000;

/** How long answers at hand may take when the gateway stops. */
const LAST_ANSWERS_MS = 5_000;

/** A gateway that answers. */
export interface RunningGateway {
  readonly url: string;
  /** Stops taking requests, finishes what is at hand, and leaves the rest in the outbox. */
  stop(): Promise<void>;
}

/**
 * Starts one organisation's gateway: opens its databases, listens, follows its peer's blocks, waits until the index has
 * caught up once, and takes up what an earlier run left in the outbox. Throws a Refusal.
 */
export async function startGateway(config: GatewayConfig, log: Logger): Promise<RunningGateway> {
  const { organization, profile, trust, folder } = config;
  const identities = new Identities(
    organization,
    new CaClient({ ...organization.ca, tlsRootFile: organization.ca.tlsRootCert }),
    new Keystore(join(folder, 'keystore')),
  );
  const admin = identities.admin();
  const connection = new PeerConnection(organization.peer);
  const ledger = fabricLedger(connection, profile, () => admin);
  const reader = (): ActingIdentity => admin;
  const peers = config.sources.organizations.map(({ name, peer }) =>
    lazySource(name, profile.channel, peer, reader),
  );
  const msps = mspsByHead();
  const ports = {
    ledger,
    ownKeyLedger: fabricOwnKeyLedger(connection, profile, () => admin),
    source: fabricBlocks(connection, profile.channel, () => admin),
    reread: ledgerReread(profile.chaincode, msps),
    indexer: startIndexerThread({
      place: config.index,
      trust,
      chaincode: profile.chaincode,
      signatures: config.signatures,
    }),
    identities,
    verifier: ledgerChecks,
    alertFinder: startFinderThread({ place: config.index }),
    sources: {
      own: fabricHeaders(organization.name, connection, profile.channel, reader),
      others: peers.map(({ source }) => source),
      pace: config.sources,
      signatures: signaturesByHead,
    },
    evidence: {
      sign: async (bytes: Uint8Array) =>
        organisationSignature(admin.mspId, admin.cert, await admin.sign(bytes)),
      peers: gatewaysOf(config),
      msps,
    },
    certificates: () => {
      const { reasons, warnings } = administratorHealth(admin.cert, organization.name, new Date());
      return { reasons, warnings: [...warnings, ...identities.unrenewed] };
    },
  };
  const gateway = await assembleGateway(config, ports, log);
  const { services, follower, sender, dispatcher, metrics, watch } = gateway;
  const verify = rememberedTokens(tokenVerifier(config.token));
  const { requestsPerCaller } = config;
  const graphql = graphqlDoor(services, verify, metrics, log, { requestsPerCaller });
  const server = gatewayServer(graphql, services, metrics, {
    backup: (authorization) => gateway.backups.take(verify, authorization),
    evidence: gateway.evidenceDoor,
  });

  const stopping = new AbortController();
  const stop = async (): Promise<void> => {
    stopping.abort();
    services.streams.end();
    services.alertStreams.end();
    await close(server);
    await gateway.stop();
    connection.close();
    for (const peer of peers) peer.close();
  };
  try {
    await listen(server, config.port);
    follower.start();
    await follower.caughtUp;
    watch?.start();
    void exchangeHeads(gateway.exchange, stopping.signal);
    if (organization.name === INITIALISING_ORGANIZATION) {
      const { genesisHash } = trust;
      const { chain } = services.whole;
      const { chaincode } = profile;
      const isDone = () => chain.hasPolicy(chaincode, keys.guard(customsMspId));
      const recorded = () => recordedLedger((wanted) => chain.values(chaincode, wanted));
      const signal = stopping.signal;
      await initialiseLedger({ isDone, recorded, sender, admin, genesisHash, signal, log });
    }
    await dispatcher.resume();
    await gateway.webhooks.start();
    gateway.retention.start();
    gateway.alertWatch.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}/graphql`, stop };
}

/** The gateways of the organisations whose peers are asked, too. */
function gatewaysOf({ sources }: GatewayConfig): readonly GatewayPeer[] {
  return sources.organizations.flatMap(({ name, mspId, gateway }) =>
    gateway ? httpPeer(name, mspId, gateway.url) : [],
  );
}

async function exchangeHeads(exchange: HeadExchange, signal: AbortSignal): Promise<void> {
  for (;;) {
    const isStopped = await sleep(HEADS_MS, false, { signal }).catch(() => true);
    if (isStopped) return;
    await exchange.check();
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: Error & { code?: string }) => {
      if (error.code !== 'EADDRINUSE') {
        failed(error);
        return;
      }
      const next = 'Stop what listens there, or choose another port with --port.';
      failed(gatewayError('CONFIG_INVALID', `port ${String(port)} is in use`, { next }));
    });
    server.listen(port, '127.0.0.1', done);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => {
      done();
    });
    server.closeIdleConnections();
    // Who waits for a block gets no longer than this: what was sent goes on without the caller.
    setTimeout(() => {
      server.closeAllConnections();
    }, LAST_ANSWERS_MS).unref();
  });
}
