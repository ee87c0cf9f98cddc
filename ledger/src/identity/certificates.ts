import { decode } from '../codec/index.js';
import { recover } from '../errors.js';
import { SerializedIdentity } from '../proto/index.js';
import { ByIdentity } from './by-identity.js';
import { readCertificatePem } from './certificate.js';
import type { Certificate } from './certificate.js';

/**
 * The certificates in serialized identities, each read once. No organisation vouches for them here: a good signature by such
 * a key says that its owner signed, not that he may.
 */
export class Certificates {
  readonly #read = new ByIdentity((serialized) =>
    recover(
      () => readCertificatePem(decode(SerializedIdentity, serialized).idBytes),
      () => undefined,
    ),
  );

  /** Undefined where the bytes hold no certificate that Fabric could use. */
  of(serialized: Uint8Array): Certificate | undefined {
    return this.#read.get(serialized);
  }
}
