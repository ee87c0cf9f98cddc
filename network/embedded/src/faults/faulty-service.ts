import { status } from '@grpc/grpc-js';

import { RpcError } from '../grpc/rpc-error.js';
import type { GrpcService, Method } from '../grpc/service.js';
import type { OrganizationName } from '../network.js';
import { faultyDelivery } from './faulty-delivery.js';
import type { Faults } from './faults.js';

/** A service of one organisation with the faults that are switched on: away when it is down, wrong in what it delivers. */
export function faultyService(
  service: GrpcService,
  organization: OrganizationName,
  faults: Faults,
): GrpcService {
  const methods = Object.entries(service.methods).map(([name, method]) => [
    name,
    faultyMethod(method, organization, faults, name.startsWith('Deliver')),
  ]);
  return { ...service, methods: Object.fromEntries(methods) as GrpcService['methods'] };
}

function faultyMethod(
  method: Method,
  organization: OrganizationName,
  faults: Faults,
  delivers: boolean,
): Method {
  const needUp = (): void => {
    if (faults.isDown(organization)) throw unreachable(organization);
  };
  switch (method.kind) {
    case 'unary':
      return {
        kind: 'unary',
        handle: async (request, signal) => {
          needUp();
          return method.handle(request, signal);
        },
      };
    case 'server-stream':
      return {
        kind: 'server-stream',
        handle: (request, send, signal) =>
          whileUp(faults, organization, signal, (both) => method.handle(request, send, both)),
      };
    case 'duplex':
      return {
        kind: 'duplex',
        handle: (requests, send, signal) =>
          whileUp(faults, organization, signal, (both) => {
            const faulty = delivers ? faultyDelivery(faults, organization, send, both) : send;
            return method.handle(requests, faulty, both);
          }),
      };
  }
}

/** Runs a stream until it ends by itself or the organisation goes down. */
async function whileUp(
  faults: Faults,
  organization: OrganizationName,
  signal: AbortSignal,
  stream: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  if (faults.isDown(organization)) throw unreachable(organization);
  const down = new AbortController();
  const broken = untilDown(faults, organization, down.signal).then(() => {
    if (down.signal.aborted) return;
    down.abort();
    throw unreachable(organization);
  });
  try {
    await Promise.race([stream(AbortSignal.any([signal, down.signal])), broken]);
  } finally {
    down.abort();
  }
}

async function untilDown(faults: Faults, organization: OrganizationName, ended: AbortSignal): Promise<void> {
  while (!ended.aborted && !faults.isDown(organization)) {
    const { change } = faults;
    await new Promise<void>((resolve) => {
      const next = AbortSignal.any([change, ended]);
      next.addEventListener('abort', () => {
        resolve();
      });
    });
  }
}

function unreachable(organization: OrganizationName): RpcError {
  return new RpcError(status.UNAVAILABLE, `a fault keeps ${organization} down`);
}
