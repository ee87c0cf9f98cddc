import { createServer } from 'node:net';
import { ControlError } from './errors.js';

/** Whether nobody listens on the loopback port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Refuses with PORT_IN_USE, naming every port of `ports` that somebody else holds. */
export async function needFreePorts(ports: readonly number[]): Promise<void> {
  const free = await Promise.all(ports.map(isFree));
  const taken = ports.filter((_, index) => free[index] !== true);
  if (taken.length > 0) {
    throw new ControlError(
      'PORT_IN_USE',
      `Another program listens on ${taken.map((port) => `127.0.0.1:${String(port)}`).join(', ')}.`,
    );
  }
}
