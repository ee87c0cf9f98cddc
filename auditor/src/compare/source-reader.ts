import { AuditError } from '../errors.js';
import { sourceFailure } from '../source/source-failure.js';
import type { BlockSource, SourcedBlock } from '../source/block-source.js';

/** One of several sources that are read in step: block by block, and never beyond what the others are at. */
export class SourceReader {
  readonly name: string;
  readonly #source: BlockSource;
  #blocks: AsyncIterator<SourcedBlock>;
  #height: number;
  #hasEnded = false;
  #hasParted = false;
  #lagged = 0;
  #failure: AuditError | undefined;

  /** @param from number of the first block that is read */
  constructor(source: BlockSource, from: number) {
    this.name = source.description;
    this.#source = source;
    this.#height = from;
    this.#blocks = this.#open();
  }

  /** How many blocks it has, as far as it was read. */
  get height(): number {
    return this.#height;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether it has a block under whose number the others have another one: nothing behind that can be compared. */
  get hasParted(): boolean {
    return this.#hasParted;
  }

  /** How often it had no more blocks, and had some when it was asked again. */
  get lagged(): number {
    return this.#lagged;
  }

  get failure(): AuditError | undefined {
    return this.#failure;
  }

  get isRead(): boolean {
    return !this.#hasEnded && !this.#hasParted && this.#failure === undefined;
  }

  /** The next block; undefined where there is none, or it cannot be read. */
  async next(): Promise<SourcedBlock | undefined> {
    try {
      const { done, value } = (await this.#blocks.next()) as IteratorResult<SourcedBlock, undefined>;
      if (done === true) {
        this.#hasEnded = true;
        return undefined;
      }
      this.#height += 1;
      return value;
    } catch (error) {
      const failure = sourceFailure(this.name, error);
      if (!(failure instanceof AuditError)) throw error;
      this.#failure = failure;
      return undefined;
    }
  }

  /** Asks a source that had come to its end whether it has a next block by now. */
  async nextAfterAll(): Promise<SourcedBlock | undefined> {
    this.#blocks = this.#open();
    this.#hasEnded = false;
    const block = await this.next();
    if (block !== undefined) this.#lagged += 1;
    return block;
  }

  /** Reads no further, because it has another chain than the others. */
  async part(): Promise<void> {
    this.#hasParted = true;
    await this.stop();
  }

  async stop(): Promise<void> {
    await this.#blocks.return?.();
  }

  #open(): AsyncIterator<SourcedBlock> {
    return this.#source.blocks(this.#height)[Symbol.asyncIterator]();
  }
}
