import { encodeBase64url } from '@passage/domain';
import {
  buildBundle,
  checkShipmentStatement,
  eventsInEnvelope,
  keysOf,
  packBlock,
  packTip,
  toText,
  trimBlock,
  writeBundle,
} from '@passage/evidence';
import type {
  BundleKind,
  BundleOpening,
  CollectedEvent,
  ConfigurationChain,
  LedgerEvent,
  ShipmentMaterial,
  SignedShipmentStatement,
} from '@passage/evidence';
import type { ChannelConfig, RawBlock } from '@passage/ledger';

import { gatewayError } from '../errors.js';
import type { NotSigned, ShipmentStatements } from '../heads/shipment-statements.js';
import type { TreeHeads } from '../heads/tree-heads.js';
import { statementsAmong } from '../index/ledger-event-reader.js';
import type { EventOfConsignment } from '../index/ledger-event-reader.js';
import type { IndexReader } from '../index/reader.js';
import { Configurations } from './configurations.js';
import { shownEvents } from './shown-events.js';
import type { VerifiedBlocks } from './verified-blocks.js';

/** The largest bundle that a gateway puts together while others wait; `passage bundle` knows no such limit. */
export const bundleLimits = { events: 1_000, bytes: 8 << 20, atOnce: 2 } as const;

interface BundleParts {
  readonly whole: Pick<IndexReader, 'ledgerEvents' | 'chain'>;
  readonly heads: TreeHeads;
  readonly statements: ShipmentStatements;
  readonly blocks: Pick<VerifiedBlocks, 'block'>;
  readonly limits?: { readonly events: number; readonly bytes: number; readonly atOnce: number };
}

/** What is asked for, and by whom. */
export interface BundleWish {
  readonly ucr: string;
  readonly kind: BundleKind;
  /** Number of blocks; the index has them. */
  readonly height: number;
  /** What the caller may see. */
  readonly reader: IndexReader;
  readonly openings: readonly BundleOpening[];
}

/** A bundle, and what it lacks. */
export interface MadeBundle {
  readonly file: Uint8Array;
  readonly events: number;
  /** Whether two organisations stand by it that nothing was left out. */
  readonly complete: boolean;
  /** Whether the ledger has more of the consignment than the caller may be given. */
  readonly withheld: boolean;
  readonly notSigned: readonly NotSigned[];
}

/** Blocks of the events, by number, and the channel's configurations. */
interface Chain {
  readonly tip: RawBlock;
  readonly blocks: ReadonlyMap<number, RawBlock>;
  readonly configurations: ConfigurationChain;
}

/** Puts evidence bundles together (docs/evidence.md): from the index, which knows what happened, and blocks from our own peer. */
export class EvidenceBundles {
  readonly #parts: BundleParts;
  readonly #configurations: Configurations;
  readonly #limits: NonNullable<BundleParts['limits']>;
  #atWork = 0;

  constructor(parts: BundleParts) {
    this.#parts = parts;
    this.#configurations = new Configurations(parts.blocks);
    this.#limits = parts.limits ?? bundleLimits;
  }

  /**
   * Undefined where the caller may be given no event of the consignment. Throws `EVIDENCE_TOO_LARGE`, `FORBIDDEN` for whole blocks
   * that hold what the caller may not see, `OVERLOADED`, and `LEDGER_UNAVAILABLE` where the peer does not give its blocks.
   */
  async make(wish: BundleWish): Promise<MadeBundle | undefined> {
    if (this.#atWork >= this.#limits.atOnce) {
      throw gatewayError('OVERLOADED', 'other bundles are being put together', {
        retryable: true,
        details: { retryAfter: 1 },
      });
    }
    this.#atWork++;
    try {
      return await this.#make(wish);
    } finally {
      this.#atWork--;
    }
  }

  async #make(wish: BundleWish): Promise<MadeBundle | undefined> {
    const { ucr, kind, height, reader, openings } = wish;
    const { whole, heads } = this.#parts;
    const { events, all } = await shownEvents(whole.ledgerEvents, reader, ucr, height);
    if (events.length === 0) return undefined;
    if (events.length > this.#limits.events) throw tooLarge('events', events.length, this.#limits.events);
    if (kind === 'blocks' && !reader.seesEverything) await this.#refuseStrangers(events);
    const chain = await this.#read(height, events);
    const shipment = await this.#material(wish, events, chain);
    const { statement, notSigned } = all ? await this.#statement(ucr, height, chain) : nobodyAsked;
    const bundle = buildBundle({
      kind,
      channel: chain.configurations.channel,
      genesisHash: this.#parts.statements.genesisHash,
      shipment,
      openings,
      ...(kind === 'proofs' && { head: await heads.signed(height) }),
      ...(statement && { statement }),
    });
    const file = writeBundle(bundle);
    if (file.length > this.#limits.bytes) throw tooLarge('bytes', file.length, this.#limits.bytes);
    return { file, events: events.length, complete: statement !== undefined, withheld: !all, notSigned };
  }

  /** Whole blocks are given to whoever sees everything, and to others where nothing else stands in them. */
  async #refuseStrangers(events: readonly EventOfConsignment[]): Promise<void> {
    const { ledgerEvents, chain } = this.#parts.whole;
    for (const number of numbersOf(events)) {
      const own = events.filter(({ block }) => block === number);
      const transactions = new Set(own.map(({ position }) => position)).size;
      const isAlone =
        (await ledgerEvents.eventsIn(number)) === own.length &&
        (await chain.block(number))?.transactions === transactions;
      if (isAlone) continue;
      throw gatewayError('FORBIDDEN', `block ${String(number)} holds what is not for this caller, too`, {
        next: 'Ask for a bundle of proofs: it shows nothing of others.',
      });
    }
  }

  async #read(height: number, events: readonly EventOfConsignment[]): Promise<Chain> {
    const tip = await this.#parts.blocks.block(height - 1);
    const configurations = await this.#configurations.upTo(tip);
    const blocks = new Map<number, RawBlock>();
    let bytes = 0;
    for (const number of numbersOf(events)) {
      const block = await this.#parts.blocks.block(number);
      bytes += block.envelopes.reduce((sum, envelope) => sum + envelope.length, 0);
      if (bytes > this.#limits.bytes) throw tooLarge('bytes', bytes, this.#limits.bytes);
      blocks.set(number, block);
    }
    return { tip, blocks, configurations };
  }

  async #material(
    { ucr, height }: BundleWish,
    events: readonly EventOfConsignment[],
    { tip, blocks, configurations }: Chain,
  ): Promise<ShipmentMaterial> {
    const { whole, statements } = this.#parts;
    const signed = statementsAmong(events);
    const kids = [...new Set(signed.map(({ kid }) => kid))];
    const { state, devices } = await statements.records(ucr, height, signed);
    const leaves = events.map(({ leaf }) => leaf);
    const paths = await whole.ledgerEvents.inclusions(leaves, await whole.ledgerEvents.size(height));
    const byLeaf = new Map(leaves.map((leaf, index) => [leaf, paths[index] ?? []]));
    const ofDevices = new Map(devices.map(({ key, value }) => [key, value]));
    const config = configurations.before(height - 1);
    return {
      ucr,
      height,
      configuration: configurations.below(height),
      ...(config && { tip: packTip(tip, config) }),
      blocks: [...blocks.values()].map((block) =>
        packBlock(trimBlock(block, configurations.before(block.header.number))),
      ),
      events: collected(events, blocks, configurations),
      path: (leaf) => byLeaf.get(leaf) ?? [],
      keys: keysOf(kids, (key) => ofDevices.get(key)),
      state: state.map(toText),
      devices: devices.map(toText),
    };
  }

  /** What enough organisations have signed, by the configuration that the bundle shows for the height. */
  async #statement(ucr: string, height: number, { configurations }: Chain): Promise<Countersigned> {
    const { notSigned, ...signed } = await this.#parts.statements.gather(ucr, height);
    const msps = configurations.before(height)?.msps;
    const isProof = msps !== undefined && checkShipmentStatement(signed, msps).isProof;
    return { notSigned, ...(isProof && { statement: signed }) };
  }
}

interface Countersigned {
  readonly statement?: SignedShipmentStatement;
  readonly notSigned: readonly NotSigned[];
}

const nobodyAsked: Countersigned = { notSigned: [] };

function numbersOf(events: readonly EventOfConsignment[]): readonly number[] {
  return [...new Set(events.map(({ block }) => block))];
}

/** Events of the index as their blocks show them; each transaction is read once, however many events it has. */
function collected(
  events: readonly EventOfConsignment[],
  blocks: ReadonlyMap<number, RawBlock>,
  configurations: ConfigurationChain,
): readonly CollectedEvent[] {
  const read = new Map<Uint8Array, ReadonlyMap<string, LedgerEvent>>();
  return events.map(({ event_id: id, leaf, kid, block, position: transaction }) => {
    const envelope = blocks.get(block)?.envelopes[transaction] ?? new Uint8Array();
    const config = configurations.before(block);
    const known = read.get(envelope) ?? new Map(eventsIn(envelope, config).map((one) => [one.id, one]));
    read.set(envelope, known);
    const found = known.get(id);
    if (!found) throw new Error(`block ${String(block)} was verified with event ${id}, and does not show it`);
    const { jws } = found;
    return {
      id,
      block,
      transaction,
      leaf,
      ...(kid !== null && { kid }),
      ...(jws !== undefined && { jws }),
      envelope: encodeBase64url(envelope),
    };
  });
}

function eventsIn(envelope: Uint8Array, config: ChannelConfig | undefined): readonly LedgerEvent[] {
  return config ? eventsInEnvelope(envelope, config) : [];
}

function tooLarge(what: 'events' | 'bytes', found: number, limit: number): Error {
  const message = `the bundle would have ${String(found)} ${what}, and a gateway puts together ${String(limit)}`;
  return gatewayError('EVIDENCE_TOO_LARGE', message, { details: { [what]: found, limit } });
}
