import { verifySignature, verifySignatures, wholeMessage } from '#crypto';
import { acceptableSignature } from './ecdsa.js';
import type { Message, PublicKey, SignatureCheck } from '#crypto';

/** Says of each signature what `verifySignature` says of it. */
export type VerifyAll = (checks: readonly SignatureCheck[]) => readonly boolean[];

/** How signatures are checked: many together, or each by itself, which leaves all of them to OpenSSL. The verdicts are the same. */
export type SignatureMethod = 'together' | 'openssl';

/** The same for each method. */
export const signatureMethods: Readonly<Record<SignatureMethod, VerifyAll>> = {
  together: verifySignatures,
  openssl: (checks) =>
    checks.map(({ key, message, signature }) =>
      verifySignature(key, 'sha256', wholeMessage(message), signature),
    ),
};

/**
 * Signatures that are checked together: they are added one after another, and the first verdict that anybody asks for finds
 * out all of them. None may be added after that.
 */
export class SignatureBatch {
  readonly #verify: VerifyAll;
  readonly #checks: SignatureCheck[] = [];
  #verdicts: readonly boolean[] | undefined;

  constructor(verify: VerifyAll) {
    this.#verify = verify;
  }

  /** Adds one that Fabric has to accept from an identity, see `isValidSignature`, and returns what asks for its verdict. */
  add(key: PublicKey, message: Message, signature: Uint8Array): () => boolean {
    const acceptable = acceptableSignature(key, signature);
    return acceptable === undefined ? () => false : this.addAsIs(key, message, acceptable);
  }

  /** Adds one that only has to verify, whether its S is low or high. */
  addAsIs(key: PublicKey, message: Message, signature: Uint8Array): () => boolean {
    const index = this.#checks.push({ key, message, signature }) - 1;
    return () => {
      this.#verdicts ??= this.#verify(this.#checks);
      return this.#verdicts[index] === true;
    };
  }
}
