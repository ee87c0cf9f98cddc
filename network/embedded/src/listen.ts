import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';

import { NetworkError, systemCode } from './errors.js';

/** The only address that anything of this network listens on. */
export const LOOPBACK = '127.0.0.1';

/** @throws NetworkError PORT_IN_USE, naming the port. */
export async function listen(server: Server | TlsServer, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(systemCode(error) === 'EADDRINUSE' ? portInUse(port) : error);
    });
    server.listen(port, LOOPBACK, resolve);
  });
}

export function portInUse(port: number): NetworkError {
  return new NetworkError(
    'PORT_IN_USE',
    `port ${port} is in use: stop the program that listens on it, or choose other ports with --base-port`,
  );
}

/** Stops listening and ends the connections that are open. */
export async function closeServer(server: Server | TlsServer): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeAllConnections();
  await closed;
}
