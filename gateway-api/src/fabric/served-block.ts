import { gatewayError, messageOf } from '../errors.js';
import type { OneBlock } from './ports.js';

/** An old block once more, as our own peer serves it: whoever asks checks it. Throws `LEDGER_UNAVAILABLE` where there is none. */
export async function servedBlock(source: OneBlock, number: number): Promise<Uint8Array> {
  try {
    return await source.block(number);
  } catch (cause) {
    const message = `block ${String(number)} cannot be read again from our own peer: ${messageOf(cause)}`;
    throw gatewayError('LEDGER_UNAVAILABLE', message, { retryable: true, cause });
  }
}
