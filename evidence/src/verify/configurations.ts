import {
  applyConfigEnvelope,
  channelConfigOf,
  dataHash,
  equalBytes,
  headerHash,
  readConfigTransaction,
  recover,
  toHex,
} from '@passage/ledger';
import { unpackBlock } from '../bundle/index.js';
import { orderersWord } from './signed-block.js';
import { networkOf } from '../head/index.js';
import { fails, holds } from './verdict.js';
import type { ChannelConfig, RawBlock } from '@passage/ledger';
import type { EvidenceBundle } from '../bundle/index.js';
import type { VerdictLine } from './verdict.js';

/** A configuration of the channel, and the block that brought it. */
interface Configuration {
  readonly block: number;
  readonly config: ChannelConfig;
}

/** Every configuration of the channel that a bundle brings, all of them verified, the oldest first. */
export class Configurations {
  readonly #all: readonly Configuration[];

  constructor(all: readonly Configuration[]) {
    this.#all = all;
  }

  get channel(): string {
    return this.#all[0]?.config.channelId ?? '';
  }

  /** The newest first: what was signed long ago is tried against what was in force then, too. */
  get newestFirst(): readonly ChannelConfig[] {
    return this.#all.map(({ config }) => config).reverse();
  }

  /** The one in force behind the blocks below a height, and the number of the block that brought it. */
  below(height: number): Configuration | undefined {
    return this.#all.findLast(({ block }) => block < height);
  }

  /** Whether the bundle brings any from this height on. */
  hasFrom(height: number): boolean {
    return this.#all.some(({ block }) => block >= height);
  }
}

/** What a bundle's configurations are found to be. */
export interface VerifiedConfigurations {
  readonly lines: readonly VerdictLine[];
  readonly configurations?: Configurations;
}

/** Where all trust comes from: nothing else can be looked at where these lines fail. */
export function verifyConfigurations(
  { configuration, network }: Pick<EvidenceBundle, 'configuration' | 'network'>,
  genesisHash: string,
): VerifiedConfigurations {
  const [first, ...later] = configuration.map(unpackBlock);
  const genesis = first && genesisConfig(first, genesisHash);
  if (genesis === undefined) {
    const text = `the bundle does not begin with the block whose header hash is ${genesisHash}`;
    return { lines: [fails('genesis', 'GENESIS_OTHER', text)] };
  }
  const lines = [
    holds('genesis', `block 0 of channel ${genesis.channelId} has the header hash that was given`),
    networkLine(network, genesis.channelId),
  ];
  const all: Configuration[] = [{ block: 0, config: genesis }];
  for (const block of later) {
    const last = all.at(-1) ?? { block: 0, config: genesis };
    const next = block ? nextConfig(last, block) : 'a block cannot be read';
    if (block === undefined || typeof next === 'string') {
      const why = typeof next === 'string' ? next : '';
      const text = `the configuration after block ${last.block} does not hold: ${why}`;
      return { lines: [...lines, fails('configuration', 'CONFIGURATION_BROKEN', text)] };
    }
    all.push({ block: block.header.number, config: next });
  }
  const numbers = all.map(({ block }) => block).join(', ');
  const text = `each configuration was authorised under the one before it, none between them is missing: blocks ${numbers}`;
  return { lines: [...lines, holds('configuration', text)], configurations: new Configurations(all) };
}

/** The configuration in block 0, where its hash is the given one and covers what stands in it. */
function genesisConfig(block: RawBlock, genesisHash: string): ChannelConfig | undefined {
  const { header, envelopes } = block;
  const isGiven = header.number === 0 && toHex(headerHash(header)) === genesisHash;
  if (!isGiven || !equalBytes(dataHash(envelopes), header.dataHash)) return undefined;
  return recover(
    () => channelConfigOf(block),
    () => undefined,
  );
}

/** What the bundle says of its network, against the name of the channel that block 0 holds. */
function networkLine(claimed: EvidenceBundle['network'], channel: string): VerdictLine {
  const network = networkOf(channel);
  if (claimed !== network) {
    const text = `the bundle says that its network is ${claimed}, and channel ${channel} is of kind ${network}`;
    return fails('network', 'NETWORK_MISSTATED', text);
  }
  const meaning =
    network === 'embedded'
      ? 'the embedded network: one machine holds every organisation’s key, so this proves nothing to anyone else'
      : 'a network of Fabric’s own programs';
  return holds('network', `channel ${channel} is of ${meaning}`);
}

/** The configuration that a block brings, or why it does not. Sequences count by one, so that none can be left out. */
function nextConfig({ block: last, config }: Configuration, block: RawBlock): ChannelConfig | string {
  const { header, envelopes } = block;
  const [envelope, ...more] = envelopes;
  if (header.number <= last) return `block ${header.number} stands behind block ${last}`;
  if (envelope === undefined || more.length > 0) return `block ${header.number} is no configuration block`;
  if (!equalBytes(dataHash(envelopes), header.dataHash))
    return `block ${header.number} is not what its hash covers`;
  const word = orderersWord(block, config);
  if (typeof word === 'string') return `block ${header.number}: ${word}`;
  if (word.lastConfig !== header.number) return `block ${header.number} says that it brings no configuration`;
  return recover<ChannelConfig, string>(
    () => applyConfigEnvelope(config, readConfigTransaction(envelope).configEnvelope),
    ({ message }) => `block ${header.number}: ${message}`,
  );
}
