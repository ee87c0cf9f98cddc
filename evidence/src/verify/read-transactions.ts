import { eventsOf } from '../events/index.js';
import { readTransactionAlone } from './transaction.js';
import type { ChannelConfig } from '@passage/ledger';
import type { LedgerEvent } from '../events/index.js';
import type { GoodTransaction } from './transaction.js';

/** A transaction with its events, by id. */
export interface ReadTransaction extends GoodTransaction {
  readonly events: ReadonlyMap<string, LedgerEvent>;
}

/** Reads transactions, each once, however many events of the bundle stand in it. */
export class ReadTransactions {
  readonly #read = new Map<Uint8Array, ReadTransaction | string>();

  /** A sentence where it does not hold. `envelope` is known again by its identity. */
  read(envelope: Uint8Array, config: ChannelConfig): ReadTransaction | string {
    const known = this.#read.get(envelope) ?? readTransaction(envelope, config);
    this.#read.set(envelope, known);
    return known;
  }
}

/** In which block it stood is not known: one configuration of the channel must have let it through. */
export function readUnderAny(
  envelope: Uint8Array,
  configs: readonly ChannelConfig[],
): ReadTransaction | string {
  let refused = 'the bundle brings no configuration';
  for (const config of configs) {
    const read = readTransaction(envelope, config);
    if (typeof read !== 'string') return read;
    refused = read;
  }
  return refused;
}

function readTransaction(envelope: Uint8Array, config: ChannelConfig): ReadTransaction | string {
  const read = readTransactionAlone(envelope, config);
  if (typeof read === 'string') return read;
  return { ...read, events: new Map(eventsOf(read.transaction).map((event) => [event.id, event])) };
}
