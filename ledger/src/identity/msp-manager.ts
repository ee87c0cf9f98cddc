import { decode, encode } from '../codec/index.js';
import { LedgerError, recover } from '../errors.js';
import { SerializedIdentity } from '../proto/index.js';
import { ByIdentity } from './by-identity.js';
import type { Identity } from './identity.js';
import type { Msp } from './msp.js';

/** The MSPs of a channel. */
export class MspManager {
  readonly #msps: ReadonlyMap<string, Msp>;
  readonly #identities = new ByIdentity((serialized) => this.#read(serialized));

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
    const result = this.#identities.get(serialized);
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
}

/** Serializes an identity as Fabric's clients and nodes do: MSP and certificate as PEM. */
export function serializeIdentity(mspId: string, certificatePem: Uint8Array): Uint8Array {
  return encode(SerializedIdentity, { mspid: mspId, idBytes: certificatePem });
}
