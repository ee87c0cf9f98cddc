import {
  applyConfigEnvelope,
  BlockMetadataIndex,
  channelConfigOf,
  decode,
  Metadata,
  OrdererBlockMetadata,
  readConfigTransaction,
} from '@passage/ledger';
import { packBlock, trimBlock } from '../bundle/index.js';
import { eventsOf } from '../events/index.js';
import { orderersWord } from '../verify/signed-block.js';
import { readTransactionAlone } from '../verify/transaction.js';
import type { ChannelConfig, RawBlock } from '@passage/ledger';
import type { LedgerEvent } from '../events/index.js';
import type { PackedConfiguration } from './material.js';

/** Number of the configuration block in force behind a block, as its metadata says: nobody has looked at the signatures yet. */
export function claimedLastConfig({ header, metadata }: RawBlock): number {
  if (header.number === 0) return 0;
  const { value } = decode(Metadata, metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array());
  return decode(OrdererBlockMetadata, value).lastConfig?.index ?? 0;
}

/** The configurations of a channel, the oldest first. */
export class ConfigurationChain {
  readonly #configs: { readonly number: number; readonly config: ChannelConfig }[] = [];
  readonly #packed: PackedConfiguration[] = [];

  /** Adds the next configuration block; block 0 is the first. @throws LedgerError where it does not follow upon the one before */
  add(block: RawBlock): void {
    const before = this.#configs.at(-1)?.config;
    const config = before === undefined ? channelConfigOf(block) : configIn(block, before);
    const { number } = block.header;
    this.#packed.push({ number, packed: packBlock(trimBlock(block, before)) });
    this.#configs.push({ number, config });
  }

  /** Name of the channel; empty before block 0. */
  get channel(): string {
    return this.#configs[0]?.config.channelId ?? '';
  }

  /** Number of the newest; -1 before block 0. */
  get newest(): number {
    return this.#configs.at(-1)?.number ?? -1;
  }

  /** As a bundle carries them: those below a height. */
  below(height: number): readonly PackedConfiguration[] {
    return this.#packed.filter(({ number }) => number < height);
  }

  /** The configuration in force before a block; undefined before block 0. */
  before(number: number): ChannelConfig | undefined {
    return this.#configs.findLast((one) => one.number < number)?.config;
  }
}

function configIn({ envelopes }: RawBlock, before: ChannelConfig): ChannelConfig {
  const [envelope = new Uint8Array()] = envelopes;
  return applyConfigEnvelope(before, readConfigTransaction(envelope).configEnvelope);
}

/** Whether enough orderers of the configuration before it signed a block, which brings or names `lastConfig` as the one in force. */
export function isSignedUnder(block: RawBlock, config: ChannelConfig, lastConfig: number): boolean {
  const word = orderersWord(trimBlock(block, config), config);
  return typeof word !== 'string' && word.lastConfig === lastConfig;
}

/** The events of a transaction that is known to be valid, as its envelope alone shows them; none where it cannot be read. */
export function eventsInEnvelope(envelope: Uint8Array, config: ChannelConfig): readonly LedgerEvent[] {
  const read = readTransactionAlone(envelope, config);
  return typeof read === 'string' ? [] : eventsOf(read.transaction);
}
