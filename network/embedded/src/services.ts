import { Access } from './access/access.js';
import { Chaincodes } from './chaincode/chaincodes.js';
import { broadcast } from './deliver/broadcast.js';
import { ordererDeliver, peerDeliverService } from './deliver/service.js';
import type { PeerParts } from './endorser/peer-parts.js';
import { endorserService } from './endorser/service.js';
import { faultyService } from './faults/faulty-service.js';
import { CommitWaiters } from './gateway/commit-waiters.js';
import { gatewayService } from './gateway/service.js';
import { startGrpcServer } from './grpc/server.js';
import type { GrpcService } from './grpc/service.js';
import type { EmbeddedNetwork, RunningServices } from './network.js';
import { consentersOf } from './ordering/consenters.js';

/** Fabric's orderers have no such limit; this one only keeps a runaway client from filling the memory. */
const ORDERER_CONCURRENCY = 2500;

/**
 * Serves the network over gRPC: on each organisation's peer port the services of a peer (gateway.Gateway, protos.Endorser,
 * protos.Deliver), on the orderer port of one that orders those of an orderer (orderer.AtomicBroadcast). Chaincode processes are dialled when
 * they are first needed, and again when they come back.
 *
 * @throws NetworkError PORT_IN_USE; nothing keeps listening then
 */
export async function startServices(network: EmbeddedNetwork): Promise<RunningServices> {
  const access = new Access(() => network.ledger.config());
  const chaincodes = new Chaincodes(network);
  const parts: PeerParts = { network, access, chaincodes };
  const waiters = new CommitWaiters(network.ledger);
  const servers: RunningServices[] = [];
  const close = async (): Promise<void> => {
    waiters.close();
    await Promise.all(servers.map((server) => server.close()));
    chaincodes.close();
  };
  try {
    const ordering = consentersOf(network.ledger.config(), network.organizations);
    for (const organization of network.organizations) {
      const { ports, serverTls } = organization;
      const peer = [
        gatewayService(parts, waiters, organization),
        endorserService(parts, organization),
        peerDeliverService(parts, organization),
      ];
      const faulty = (service: GrpcService): GrpcService =>
        faultyService(service, organization.name, network.faults);
      servers.push(await startGrpcServer(ports.peer, serverTls, peer.map(faulty)));
      if (ordering.includes(organization))
        servers.push(await startGrpcServer(ports.orderer, serverTls, [faulty(ordererService(parts))]));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

function ordererService(parts: PeerParts): GrpcService {
  return {
    name: 'orderer.AtomicBroadcast',
    concurrency: ORDERER_CONCURRENCY,
    methods: {
      Broadcast: {
        kind: 'duplex',
        handle: (envelopes, send) => broadcast(parts.network.orderer, envelopes, send),
      },
      Deliver: ordererDeliver(parts),
    },
  };
}
