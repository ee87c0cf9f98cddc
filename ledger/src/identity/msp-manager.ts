import { decode, encode, equalBytes } from '../codec/index.js';
import { LedgerError, recover } from '../errors.js';
import { SerializedIdentity } from '../proto/index.js';
import type { Identity } from './identity.js';
import type { Msp } from './msp.js';

/** How many identities are kept ready; a channel sees the same few over and over. */
const CACHED_IDENTITIES = 1000;

/** An identity that has been read, or why it cannot be, under its bytes. */
interface Read {
  readonly serialized: Uint8Array;
  readonly result: Identity | LedgerError;
}

/** The MSPs of a channel. */
export class MspManager {
  readonly #msps: ReadonlyMap<string, Msp>;
  readonly #cache = new Map<number, Read>();

  constructor(msps: Iterable<Msp>) {
    this.#msps = new Map([...msps].map((msp) => [msp.mspId, msp]));
  }

  get mspIds(): readonly string[] {
    return [...this.#msps.keys()];
  }

  get(mspId: string): Msp | undefined {
    return this.#msps.get(mspId);
  }

  /**
   * Reads a serialized msp.SerializedIdentity by the MSP it names. The answer to the same bytes is the same object.
   *
   * @throws LedgerError INVALID_IDENTITY, with the reason
   */
  deserializeIdentity(serialized: Uint8Array): Identity {
    const key = mark(serialized);
    const known = this.#cache.get(key);
    const { result } =
      known !== undefined && equalBytes(known.serialized, serialized)
        ? known
        : this.#remember(key, serialized);
    if (result instanceof LedgerError) throw result;
    return result;
  }

  /** The same with undefined instead of an error. */
  findIdentity(serialized: Uint8Array): Identity | undefined {
    return recover(
      () => this.deserializeIdentity(serialized),
      () => undefined,
    );
  }

  #read(serialized: Uint8Array): Identity | LedgerError {
    return recover(
      () => {
        const { mspid, idBytes } = decode(SerializedIdentity, serialized);
        const msp = this.#msps.get(mspid);
        if (msp === undefined) throw new LedgerError('INVALID_IDENTITY', `MSP ${mspid} is unknown here`);
        return msp.identity(idBytes);
      },
      (error) =>
        error.code === 'INVALID_IDENTITY'
          ? error
          : new LedgerError('INVALID_IDENTITY', error.message, { cause: error }),
    );
  }

  #remember(key: number, bytes: Uint8Array): Read {
    if (this.#cache.size >= CACHED_IDENTITIES) {
      const [oldest = 0] = this.#cache.keys();
      this.#cache.delete(oldest);
    }
    // A copy: the bytes are a view of a whole block.
    const serialized = Uint8Array.from(bytes);
    const read = { serialized, result: this.#read(serialized) };
    this.#cache.set(key, read);
    return read;
  }
}

/** How many bytes before the end of an identity tell it from others: they lie in the signature of its certificate. */
const MARK_BYTES = 24;
/** Behind them stands the last line of the PEM, which is the same in all. */
const PEM_FOOTER_BYTES = 30;

/**
 * A number to look an identity up by. Others may have the same, so whoever finds one by it compares the bytes; that is still
 * much less than to hash them all.
 */
function mark(serialized: Uint8Array): number {
  let value = serialized.length;
  const end = Math.max(0, serialized.length - PEM_FOOTER_BYTES);
  for (let at = Math.max(0, end - MARK_BYTES); at < end; at++)
    value = (Math.imul(value, 31) + (serialized[at] ?? 0)) | 0;
  return value;
}

/** Serializes an identity as Fabric's clients and nodes do: MSP and certificate as PEM. */
export function serializeIdentity(mspId: string, certificatePem: Uint8Array): Uint8Array {
  return encode(SerializedIdentity, { mspid: mspId, idBytes: certificatePem });
}
