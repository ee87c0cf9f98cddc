import { claimedLastConfig, ConfigurationChain, isSignedUnder } from '@passage/evidence';
import { LedgerError } from '@passage/ledger';
import type { RawBlock } from '@passage/ledger';

import { gatewayError } from '../errors.js';
import type { VerifiedBlocks } from './verified-blocks.js';

/**
 * The channel's configuration blocks, which the index does not keep: each block's orderers say which one was in force, so the
 * chain of them is walked back from the newest, once. What is read stays: a configuration is never taken back.
 */
export class Configurations {
  readonly #blocks: Pick<VerifiedBlocks, 'block'>;
  readonly #chain = new ConfigurationChain();
  #extending: Promise<unknown> = Promise.resolve();

  constructor(blocks: Pick<VerifiedBlocks, 'block'>) {
    this.#blocks = blocks;
  }

  /** All up to a block, which has to be signed under them; one request after another. Throws `LEDGER_UNAVAILABLE`. */
  upTo(tip: RawBlock): Promise<ConfigurationChain> {
    const extended = this.#extending.then(() => this.#extend(tip));
    this.#extending = extended.catch(() => undefined);
    return extended;
  }

  async #extend(tip: RawBlock): Promise<ConfigurationChain> {
    const { number } = tip.header;
    try {
      const last = claimedLastConfig(tip);
      for (const block of await this.#missing(last)) this.#chain.add(block);
      const config = this.#chain.before(number);
      if (number === 0 || (config !== undefined && isSignedUnder(tip, config, last))) return this.#chain;
    } catch (error) {
      // The header hash does not cover what orderers sign beside it: a peer may serve that altered.
      if (!(error instanceof LedgerError)) throw error;
    }
    throw gatewayError(
      'LEDGER_UNAVAILABLE',
      `our own peer serves block ${String(number)}, or a configuration before it, without what the orderers signed`,
    );
  }

  /** The configuration blocks up to one, behind the newest that is known. */
  async #missing(last: number): Promise<readonly RawBlock[]> {
    const missing: RawBlock[] = [];
    for (let number = last; number > this.#chain.newest;) {
      missing.unshift(await this.#blocks.block(number));
      // Whatever a block claims, the walk goes back.
      number =
        number === 0 ? -1 : Math.min(claimedLastConfig(await this.#blocks.block(number - 1)), number - 1);
    }
    return missing;
  }
}
