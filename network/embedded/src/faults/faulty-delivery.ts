import { setTimeout as sleep } from 'node:timers/promises';

import { status } from '@grpc/grpc-js';
import { Block, decode, encode } from '@passage/ledger';

import { RpcError } from '../grpc/rpc-error.js';
import type { Send } from '../grpc/service.js';
import type { OrganizationName } from '../network.js';
import { DeliverResponse } from '../proto/deliver.js';
import type { Faults } from './faults.js';

/** Sends blocks with whatever is wrong with the organisation's deliveries just then. */
export function faultyDelivery(
  faults: Faults,
  organization: OrganizationName,
  send: Send,
  signal: AbortSignal,
): Send {
  return async (message) => {
    // Reading every block again would cost too much where nothing is wrong.
    if (!faults.hasDelivery(organization)) return send(message);
    const number = blockNumber(message);
    if (number === undefined) return send(message);
    await untilDelivered(faults, organization, number, signal);
    const { delayMs = 0, cutAt, forge } = faults.deliveryOf(organization);
    if (number === cutAt) throw new RpcError(status.UNAVAILABLE, 'a fault cut the stream of blocks');
    if (delayMs > 0) await sleep(delayMs, undefined, { signal });
    return send(number === forge ? forged(message) : message);
  };
}

/** Waits as long as the block is withheld. */
async function untilDelivered(
  faults: Faults,
  organization: OrganizationName,
  number: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && number >= (faults.deliveryOf(organization).withholdFrom ?? Infinity)) {
    await Promise.race([faults.nextChange(), aborted(signal)]);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

function blockNumber(message: Uint8Array): number | undefined {
  const { block, filteredBlock, blockAndPrivateData } = decode(DeliverResponse, message);
  const whole = block ?? blockAndPrivateData?.block;
  return filteredBlock?.number ?? (whole && decode(Block, whole).header?.number);
}

/** The block with one bit of its last transaction turned: header and signatures are the honest ones. */
function forged(message: Uint8Array): Uint8Array {
  const response = decode(DeliverResponse, message);
  if (response.block === undefined) return message;
  const block = decode(Block, response.block);
  const envelopes = block.data?.data ?? [];
  const data = envelopes.map((envelope, index) =>
    index === envelopes.length - 1 ? altered(envelope) : envelope,
  );
  return encode(DeliverResponse, { ...response, block: encode(Block, { ...block, data: { data } }) });
}

/** The last byte belongs to the creator's signature. */
function altered(envelope: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(envelope);
  const last = copy.length - 1;
  copy[last] = (copy[last] ?? 0) ^ 1;
  return copy;
}
