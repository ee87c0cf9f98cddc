import { createServer } from 'node:net';
import { ControlError } from './errors.js';

/** Where a process listens, on loopback unless told otherwise. */
export interface Listener {
  readonly host?: string;
  readonly ports: readonly number[];
}

const LOOPBACK = '127.0.0.1';

/** Whether nobody listens on the port. */
export function isFree(port: number, host = LOOPBACK): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** Refuses with PORT_IN_USE, naming every port of the listeners that somebody else holds. */
export async function needFreePorts(listeners: readonly Listener[]): Promise<void> {
  const places = listeners.flatMap(({ host = LOOPBACK, ports }) => ports.map((port) => ({ host, port })));
  const free = await Promise.all(places.map(({ host, port }) => isFree(port, host)));
  const taken = places.filter((_, index) => free[index] !== true);
  if (taken.length > 0) {
    throw new ControlError(
      'PORT_IN_USE',
      `Another program listens on ${taken.map(({ host, port }) => `${host}:${String(port)}`).join(', ')}.`,
    );
  }
}
