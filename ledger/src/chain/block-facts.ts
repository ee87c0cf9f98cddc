import { envelopeFacts } from '../block/index.js';
import { Certificates, SignatureBatch, signatureMethods } from '../identity/index.js';
import { goodBlockSignatures } from '../ordering/index.js';
import { findGoodSignatures } from '../validation/index.js';
import type { EnvelopeFacts, RawBlock } from '../block/index.js';
import type { SignatureMethod, VerifyAll } from '../identity/index.js';
import type { Consenter } from '../proto/index.js';
import type { GoodSignatures } from '../validation/index.js';

/**
 * What can be found out about a block from its own bytes, without the state and the blocks before it: the most of the work,
 * which may be done elsewhere and earlier. Structured clones of it can be sent between threads. It holds for the very bytes it
 * was found in: whoever judges a block with facts has to know that they are that block's.
 */
export interface BlockFacts extends EnvelopeFacts {
  /** Of creators and endorsers; undefined where nobody has looked. */
  readonly signatures?: GoodSignatures;
  /** Good signatures of orderers, as `signatureMemoKey` names them. */
  readonly ordererSignatures: readonly string[];
}

/** What there is to find out about blocks. */
export interface FactsWanted {
  /** Whether creators' and endorsers' signatures are of interest. */
  readonly transactions: boolean;
  /** How signatures are checked; together if nothing is said. */
  readonly signatures?: SignatureMethod;
}

/** Finds out about one block after another; certificates that it has met it knows again. */
export class FactFinder {
  readonly #certificates = new Certificates();
  readonly #wanted: FactsWanted;
  readonly #verify: VerifyAll;
  /** The orderers whose signatures can be checked, once somebody tells; those of other ones are left to whoever judges. */
  consenters: readonly Consenter[] = [];

  constructor(wanted: FactsWanted, verify = signatureMethods[wanted.signatures ?? 'together']) {
    this.#wanted = wanted;
    this.#verify = verify;
  }

  /** For signatures of some blocks, which are checked together. */
  newBatch(): SignatureBatch {
    return new SignatureBatch(this.#verify);
  }

  /** Never throws: what cannot be read is left to whoever judges the block. */
  factsOf(block: RawBlock): BlockFacts {
    return this.lookAt(block, this.newBatch())();
  }

  /** Adds the block's signatures to those of others, and returns what asks for its facts once all have been added. */
  lookAt(block: RawBlock, batch: SignatureBatch): () => BlockFacts {
    const { envelopes } = block;
    const facts = envelopeFacts(envelopes);
    const signatures = this.#wanted.transactions
      ? findGoodSignatures(envelopes, this.#certificates, batch)
      : undefined;
    const ordererSignatures = this.#ordererSignatures(block, batch);
    return () => ({
      ...facts,
      ...(signatures && { signatures: signatures() }),
      ordererSignatures: ordererSignatures(),
    });
  }

  /** Only the good signatures of orderers on each of these blocks, checked together: nobody needs the envelopes for them. */
  ordererSignaturesOf(
    blocks: readonly Pick<RawBlock, 'header' | 'metadata'>[],
  ): readonly (readonly string[])[] {
    const batch = this.newBatch();
    const found = blocks.map((block) => this.#ordererSignatures(block, batch));
    return found.map((signatures) => signatures());
  }

  #ordererSignatures(
    block: Pick<RawBlock, 'header' | 'metadata'>,
    batch: SignatureBatch,
  ): () => readonly string[] {
    return goodBlockSignatures(block, this.consenters, this.#certificates, batch);
  }
}
