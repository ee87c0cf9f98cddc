import { dataHash, headerHash, readEndorserTransaction, readEnvelope } from '../../block/index.js';
import { decode } from '../../codec/index.js';
import { isConfigBlock } from '../../config/index.js';
import { BlockMetadataIndex, Metadata, TxValidationCode } from '../../proto/index.js';
import { readReadWriteSet } from '../../rwset/index.js';
import { SeededRandom } from '../random.js';
import { claim, orderersSign, quorumOf } from '../sealer.js';
import type { RawBlock } from '../../block/index.js';
import type { Consenter, Consortium } from '../consortium.js';
import type { GeneratedBlock, GeneratedChain } from '../generate-chain.js';

const NOTHING = new Uint8Array();

/** The chaincode of the chain that is broken. */
export const CHAINCODE = 'goods';

/** Where a transaction stands. */
export interface Place {
  readonly block: number;
  readonly transaction: number;
}

/** A good chain in the hands of somebody who has every key, and so can break it in every way there is. */
export class Forge {
  readonly consortium: Consortium;
  readonly random = new SeededRandom(4711);
  readonly #generated: readonly GeneratedBlock[];

  constructor(chain: GeneratedChain) {
    this.consortium = chain.consortium;
    this.#generated = [...chain.blocks()];
  }

  get blocks(): readonly RawBlock[] {
    return this.#generated.map(({ block }) => block);
  }

  /** @throws RangeError if the chain is shorter */
  block(number: number): RawBlock {
    const found = this.#generated[number];
    if (found === undefined) throw new RangeError(`the chain has no block ${number}`);
    return found.block;
  }

  envelope({ block, transaction }: Place): Uint8Array {
    return this.block(block).envelopes[transaction] ?? NOTHING;
  }

  /**
   * The first transaction of a kind, from a block on.
   *
   * @throws RangeError if there is none
   */
  find(kind: string, from = 0): Place {
    for (const [block, { transactions }] of this.#generated.entries()) {
      const transaction = block < from ? -1 : transactions.findIndex((made) => made.kind === kind);
      if (transaction >= 0) return { block, transaction };
    }
    throw new RangeError(`the chain has no transaction of kind ${kind} from block ${from} on`);
  }

  /** The chain with one block replaced by what an editor made of it, and nothing else touched. */
  edited(number: number, edit: (block: RawBlock) => RawBlock): RawBlock[] {
    return this.blocks.map((block) => (block.header.number === number ? edit(block) : block));
  }

  /**
   * The chain with other transactions in one block: header, signatures and links of it and all later blocks fit again, as
   * if `signers` had ordered it so. A peer's flags stay; added transactions are said to be valid, but for `flags`.
   */
  reordered(
    number: number,
    envelopes: readonly Uint8Array[],
    signers: readonly Consenter[] = quorumOf(this.consortium),
    flags: Uint8Array = this.#flagsFor(number, envelopes.length),
  ): RawBlock[] {
    const kept = this.blocks.slice(0, number);
    const { metadata, header } = this.block(number);
    const changed = { header: { ...header, dataHash: dataHash(envelopes) }, envelopes, metadata };
    const commitHash = decode(Metadata, metadata[BlockMetadataIndex.COMMIT_HASH] ?? NOTHING).value;
    const forged = claim(this.sign(changed, signers), flags, commitHash);
    return this.relinked([...kept, forged, ...this.blocks.slice(number + 1)], number + 1);
  }

  /** The chain with every block from `from` on pointing to the one before it, and signed again. */
  relinked(blocks: readonly RawBlock[], from: number, signers = quorumOf(this.consortium)): RawBlock[] {
    const linked = [...blocks];
    for (const [index, block] of blocks.entries()) {
      const before = linked[index - 1];
      if (index < from || before === undefined) continue;
      const header = { ...block.header, number: index, previousHash: headerHash(before.header) };
      linked[index] = this.sign({ ...block, header }, signers);
    }
    return linked;
  }

  /** The block with signatures of these orderers only. */
  sign(block: RawBlock, signers: readonly Consenter[]): RawBlock {
    const { number } = block.header;
    const isOwn = isConfigBlock(block);
    const lastConfig = isOwn
      ? number
      : this.blocks.findLastIndex((other, at) => at < number && isConfigBlock(other));
    return orderersSign(block, lastConfig, signers, this.random);
  }

  /** The first public write of a transaction. */
  writeOf(place: Place): { readonly key: string; readonly value: Uint8Array } {
    const { payload } = readEnvelope(this.envelope(place));
    const { chaincodeAction } = readEndorserTransaction(payload?.data ?? NOTHING);
    const [set] = readReadWriteSet(chaincodeAction.results);
    const { key = '', value = NOTHING } = set?.writes[0] ?? {};
    return { key, value };
  }

  #flagsFor(number: number, length: number): Uint8Array {
    const flags = this.block(number).metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] ?? NOTHING;
    return Uint8Array.from({ length }, (_, index) => flags[index] ?? TxValidationCode.VALID);
  }
}
