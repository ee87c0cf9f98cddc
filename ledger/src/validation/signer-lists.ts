import { isGood } from './good-signatures.js';
import type { EndorserTransaction } from '../block/index.js';
import type { Identity, MspManager } from '../identity/index.js';

/** Lists that are remembered: a chaincode's transactions are endorsed by one and the same few. */
const KEPT = 16;

interface SignerList {
  readonly msps: MspManager;
  /** Who endorsed, in the order of the endorsements. */
  readonly endorsers: readonly Identity[];
  /** The same, each once. */
  readonly signers: readonly Identity[];
}

/** The signers of transactions whose endorsements are all known to be good: the same list for the same endorsers. */
export class SignerLists {
  readonly #kept: SignerList[] = [];

  /**
   * What `validSigners` says of the transaction's endorsements; undefined where it has to be asked.
   *
   * @param good what is known of its signatures, see `GoodSignatures`.
   */
  of({ endorsements }: EndorserTransaction, msps: MspManager, good: number): readonly Identity[] | undefined {
    const endorsers: Identity[] = [];
    for (const [index, { endorser }] of endorsements.entries()) {
      const identity = isGood(good, index + 1) ? msps.findIdentity(endorser) : undefined;
      if (identity === undefined) return undefined;
      endorsers.push(identity);
    }
    return (this.#find(msps, endorsers) ?? this.#keep(msps, endorsers)).signers;
  }

  #find(msps: MspManager, endorsers: readonly Identity[]): SignerList | undefined {
    return this.#kept.find(
      (list) =>
        list.msps === msps &&
        list.endorsers.length === endorsers.length &&
        list.endorsers.every((endorser, i) => endorser === endorsers[i]),
    );
  }

  #keep(msps: MspManager, endorsers: readonly Identity[]): SignerList {
    const signers = endorsers.filter((one, i) => endorsers.findIndex(({ id }) => id === one.id) === i);
    const list = { msps, endorsers, signers };
    this.#kept.push(list);
    if (this.#kept.length > KEPT) this.#kept.shift();
    return list;
  }
}
