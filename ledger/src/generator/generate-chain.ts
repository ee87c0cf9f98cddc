import { encodeBlock, headerHash, readEnvelope } from '../block/index.js';
import { toHex } from '../codec/index.js';
import { RwsetBuilder } from '../rwset/index.js';
import { TxValidationCode } from '../proto/index.js';
import { genesisBlock } from './channel.js';
import { formConsortium } from './consortium.js';
import { defineChaincode } from './definition.js';
import { BlockDraft, poolKey } from './draft.js';
import { SHELF } from './kinds-valid.js';
import { EVERYTHING } from './mix.js';
import { SeededRandom } from './random.js';
import { Sealer } from './sealer.js';
import type { RawBlock } from '../block/index.js';
import type { ChainKey } from './certificates.js';
import type { Consortium } from './consortium.js';
import type { DraftContext, Drafted, Kind } from './draft.js';
import type { Mix } from './mix.js';

export interface ChainOptions {
  /** Called once per certificate. Keys are the only thing that does not follow from the seed. */
  readonly newKey: () => ChainKey;
  /** Kinds of the first transactions after the three blocks that set the channel up, in this order. */
  readonly script?: readonly Kind[];
  /** Transactions that follow, of kinds drawn from the mix. */
  readonly transactions?: number;
  /** The most that go into a block, 1 to 1000. */
  readonly perBlock?: number;
  /** Names of organisations in lower case; the chaincode's policy is any two of them. */
  readonly organizations?: readonly string[];
  /** 4 to 7 orderers, dealt out to the organisations in turn. */
  readonly consenters?: number;
  /** Common names, as `client1.customs` or `orderer1.customs`, of those whose certificate is over when the chain begins. */
  readonly expired?: readonly string[];
  readonly mix?: Mix;
  readonly valueBytes?: number;
  readonly channel?: string;
  /** Name of the chaincode that block 1 defines and the transactions call. */
  readonly chaincode?: string;
  readonly seed?: number;
  /** Time of block 0 in seconds since 1970; each block is a second later. */
  readonly start?: number;
}

/** One transaction of a generated chain. */
export interface GeneratedTransaction {
  /** Name of its kind; `config`, `define` and `stock` in the first blocks. */
  readonly kind: string;
  /** The code that its maker says it must get. The block's flags say what `validateBlock` gave it. */
  readonly code: number;
}

export interface GeneratedBlock {
  readonly block: RawBlock;
  /** The serialized common.Block, with flags and commit hash, as a peer delivers it. */
  readonly bytes: Uint8Array;
  readonly transactions: readonly GeneratedTransaction[];
}

export interface GeneratedChain {
  /** Header hash of block 0, lower-case hex: what a verifier starts from. */
  readonly genesisHash: string;
  readonly consortium: Consortium;
  /** The blocks in order, made as they are asked for; each call begins the same chain again with new signatures. */
  blocks(): Generator<GeneratedBlock>;
}

/** 2026-01-01T00:00:00Z */
const NEW_YEAR = 1_767_225_600;
/** Earlier transactions that may be sent again. */
const REMEMBERED = 200;

const DEFAULTS = {
  script: [],
  transactions: 0,
  perBlock: 10,
  organizations: ['customs', 'port', 'business', 'auditor'],
  consenters: 4,
  expired: [],
  mix: EVERYTHING,
  valueBytes: 100,
  channel: 'generated',
  chaincode: 'goods',
  seed: 1,
  start: NEW_YEAR,
} satisfies Partial<ChainOptions>;

/**
 * A channel with a history of any length, made without a network: block 0 configures it, block 1 defines the chaincode, block 2
 * stocks the shelf, then the mix. Memory does not grow with the chain.
 */
export function generateChain(options: ChainOptions): GeneratedChain {
  const settings = { ...DEFAULTS, ...options };
  const consortium = formConsortium(settings);
  const genesis = genesisBlock(consortium, { seconds: settings.start, nanos: 0 });
  return {
    genesisHash: toHex(headerHash(genesis.header)),
    consortium,
    blocks: () => new ChainMaker(settings, consortium, genesis).blocks(),
  };
}

type Settings = Required<ChainOptions>;

interface Made extends Drafted {
  readonly kind: Kind;
}

class ChainMaker {
  readonly #settings: Settings;
  readonly #consortium: Consortium;
  readonly #genesis: RawBlock;
  readonly #random: SeededRandom;
  readonly #sealer: Sealer;
  /** Valid envelopes by transaction id, the oldest first. */
  readonly #committed = new Map<string, Uint8Array>();

  constructor(settings: Settings, consortium: Consortium, genesis: RawBlock) {
    this.#settings = settings;
    this.#consortium = consortium;
    this.#genesis = genesis;
    this.#random = new SeededRandom(settings.seed);
    this.#sealer = new Sealer(consortium, genesis, this.#random, (txId) => this.#committed.has(txId));
  }

  *blocks(): Generator<GeneratedBlock> {
    const valid = TxValidationCode.VALID;
    yield {
      block: this.#genesis,
      bytes: encodeBlock(this.#genesis),
      transactions: [{ kind: 'config', code: valid }],
    };
    yield this.#seal([{ kind: DEFINE, ...DEFINE.draft(this.#newDraft()) }]);
    yield this.#seal([{ kind: STOCK, ...STOCK.draft(this.#newDraft()) }]);
    const kinds = this.#kinds();
    for (let next = kinds.next(); next.done !== true;) {
      const made: Made[] = [];
      const draft = this.#newDraft();
      do {
        const kind = next.value;
        made.push({ kind, ...kind.draft(draft) });
        next = kinds.next();
      } while (next.done !== true && this.#joins(next.value, made));
      yield this.#seal(made);
    }
  }

  *#kinds(): Generator<Kind, undefined> {
    const { script, transactions, mix } = this.#settings;
    yield* script;
    for (let left = transactions; left > 0; left--) yield this.#random.weighted(mix);
  }

  /** Whether a transaction of this kind still goes into the block. */
  #joins(kind: Kind, made: readonly Made[]): boolean {
    const isAlone = [kind, ...made.map((before) => before.kind)].some(({ alone }) => alone === true);
    return !isAlone && made.length < this.#settings.perBlock;
  }

  #newDraft(): BlockDraft {
    const { start, valueBytes, chaincode } = this.#settings;
    const context: DraftContext = {
      consortium: this.#consortium,
      chaincode,
      random: this.#random,
      state: this.#sealer.state,
      config: this.#sealer.config,
      timestamp: { seconds: start + this.#sealer.height, nanos: 0 },
      valueBytes,
      committed: [...this.#committed.values()],
    };
    return new BlockDraft(context);
  }

  #seal(made: readonly Made[]): GeneratedBlock {
    const { block, bytes } = this.#sealer.seal(made.map(({ envelope }) => envelope));
    for (const { kind, code, envelope } of made) {
      if (code === TxValidationCode.VALID && kind.alone !== true) this.#remember(envelope);
    }
    return { block, bytes, transactions: made.map(({ kind: { name }, code }) => ({ kind: name, code })) };
  }

  #remember(envelope: Uint8Array): void {
    this.#committed.set(readEnvelope(envelope).channelHeader?.txId ?? '', envelope);
    if (this.#committed.size <= REMEMBERED) return;
    const [oldest = ''] = this.#committed.keys();
    this.#committed.delete(oldest);
  }
}

const DEFINE: Kind = {
  name: 'define',
  alone: true,
  draft: ({ context: { consortium, chaincode, timestamp, random } }) => ({
    envelope: defineChaincode(consortium, chaincode, timestamp, random.bytes(24)),
    code: TxValidationCode.VALID,
  }),
};

/** Puts every key of the shelf where it will stand. */
const STOCK: Kind = {
  name: 'stock',
  draft: (draft) => {
    const results = new RwsetBuilder();
    for (let index = 0; index < SHELF; index++) {
      results.addWrite(draft.context.chaincode, poolKey('shelf', index), draft.value());
    }
    return { envelope: draft.transact('stock', results), code: TxValidationCode.VALID };
  },
};
