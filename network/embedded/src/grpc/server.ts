import { Server, ServerCredentials, logVerbosity, setLogVerbosity } from '@grpc/grpc-js';

import { LOOPBACK, portInUse } from '../listen.js';
import type { RunningServices, TlsMaterial } from '../network.js';
import { adaptService } from './adapter.js';
import type { GrpcService } from './service.js';

/** What a peer's core.yaml allows a message to have (maxRecvMsgSize), and its keep-alive (peer.keepalive). */
const OPTIONS = {
  'grpc.max_receive_message_length': 100 * 1024 * 1024,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 7_200_000,
  'grpc.keepalive_timeout_ms': 20_000,
  // Counts of calls and messages for a debugging service that is not served.
  'grpc.enable_channelz': 0,
};

// Whatever goes wrong reaches us as an exception or a status; the library would print it a second time, in other words.
setLogVerbosity(logVerbosity.NONE);

/** How long open calls may take to finish before the port is closed over them. */
const GRACE_MS = 1_000;

/**
 * Serves gRPC over TLS on one port of the loopback address.
 *
 * @throws NetworkError PORT_IN_USE if something else listens there.
 */
export async function startGrpcServer(
  port: number,
  tls: TlsMaterial,
  services: readonly GrpcService[],
): Promise<RunningServices> {
  const stopping = new AbortController();
  const server = new Server(OPTIONS);
  for (const service of services) {
    const { definition, implementation } = adaptService(service, stopping.signal);
    server.addService(definition, implementation);
  }
  const credentials = ServerCredentials.createSsl(null, [
    { private_key: Buffer.from(tls.keyPem), cert_chain: Buffer.from(tls.certificatePem) },
  ]);
  await bind(server, port, credentials);
  return {
    close: () => {
      stopping.abort();
      return shutDown(server);
    },
  };
}

function bind(server: Server, port: number, credentials: ServerCredentials): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${LOOPBACK}:${port}`, credentials, (error) => {
      if (error === null) resolve();
      // grpc-js turns the system's error into text, so the text is all there is to look at.
      else reject(error.message.includes('EADDRINUSE') ? portInUse(port) : error);
    });
  });
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
