import { LedgerError, decode, isCanonical, unknownFields } from '@passage/ledger';
import type { Message } from '@passage/ledger';

import { ClientError } from '../errors.js';
import type { ClientCode } from '../errors.js';

/**
 * Decodes a message of which every byte has to be accounted for: written as Fabric writes it, and without a field that this
 * client does not know.
 *
 * @throws ClientError MESSAGE_MALFORMED
 */
export function whole<D>(message: Message<D>, bytes: Uint8Array): D {
  const read = known(message, bytes);
  need(isCanonical(message, bytes), 'MESSAGE_MALFORMED', `${message.name} is not written as Fabric does`);
  return read;
}

/** The same for a message that holds a map, whose entries may stand in any order. */
export function known<D>(message: Message<D>, bytes: Uint8Array): D {
  const read = reading(() => decode(message, bytes));
  need(!holdsUnknown(read), 'MESSAGE_MALFORMED', `${message.name} holds more than is known of it`);
  return read;
}

function holdsUnknown(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  if (unknownFields in value) return true;
  const parts = value instanceof Map ? [...value.values()] : Object.values(value);
  return parts.some(holdsUnknown);
}

/** @throws ClientError MESSAGE_MALFORMED where ledger's readers find no such message. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new ClientError('MESSAGE_MALFORMED', error.message, { cause: error });
  }
}

/** @throws ClientError with this code unless the condition holds. */
export function need(condition: boolean, code: ClientCode, sentence: string): asserts condition {
  if (!condition) throw new ClientError(code, sentence);
}
