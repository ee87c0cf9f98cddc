import { encodeBase64url, keys, readPublicJwk } from '@passage/domain';
import { decodeUtf8, toHex } from '@passage/ledger';
import { jsonOf } from '../events/recorded-statements.js';
import { packBlock, packTip, trimBlock } from '../bundle/index.js';
import { eventLeaf, eventsOf, ledgerTransaction, recordsNaming } from '../events/index.js';
import { networkOf, TREE_HEAD_FORMAT } from '../head/index.js';
import { recordsDigest, SHIPMENT_STATEMENT_FORMAT, shipmentRecords } from '../shipment-statement/index.js';
import { Frontier, inclusionProof, MemoryNodes, treeRoot } from '../tree/index.js';
import { KeyHistories } from './key-histories.js';
import type { JsonValue, PublicJwk } from '@passage/domain';
import type { BlockVerdict, ChannelConfig, RawBlock } from '@passage/ledger';
import type { LedgerTransaction } from '../events/index.js';
import type { TreeHead } from '../head/index.js';
import type { LookUp, ShipmentRecords, ShipmentStatement, StateRecord } from '../shipment-statement/index.js';
import type { BundleRecord } from '../bundle/index.js';
import type { CollectedEvent, PackedConfiguration, ShipmentMaterial } from './material.js';

/** A block that was judged and believed. */
export interface JudgedBlock {
  readonly block: RawBlock;
  readonly verdict: BlockVerdict;
  /** The configuration in force before it; undefined for block 0. */
  readonly config?: ChannelConfig;
}

/**
 * Gathers what the bundle of one consignment needs from a chain, block after block from block 0. It judges nothing: give it
 * blocks that were verified.
 */
export class ShipmentCollector {
  readonly ucr: string;
  readonly #chaincode: string;
  readonly #nodes = new MemoryNodes();
  readonly #named = new Set<string>();
  readonly #configuration: PackedConfiguration[] = [];
  readonly #blocks = new Map<number, string>();
  readonly #events: CollectedEvent[] = [];
  readonly #forged = new Set<string>();
  readonly #keys = new KeyHistories();
  /** Of the last block, milliseconds; 0 before the first valid transaction. */
  #ledgerTime = 0;
  #last: JudgedBlock | undefined;

  /** @param chaincode the name under which ours is defined */
  constructor(ucr: string, chaincode = 'passage') {
    this.ucr = ucr;
    this.#chaincode = chaincode;
  }

  /** How many blocks it has taken. */
  get height(): number {
    return this.#last === undefined ? 0 : this.#last.block.header.number + 1;
  }

  /** How many events the ledger has. */
  get size(): number {
    return this.#nodes.size;
  }

  get events(): readonly CollectedEvent[] {
    return this.#events;
  }

  /** What a bundle is made of. `lookUp` reads the world state behind the last block. */
  material(lookUp: LookUp): ShipmentMaterial {
    const { state, devices } = this.#records(lookUp);
    const tip = this.#tip();
    const size = this.size;
    return {
      ucr: this.ucr,
      height: this.height,
      configuration: this.#configuration,
      ...(tip !== undefined && { tip }),
      blocks: [...this.#blocks.values()],
      events: this.#events,
      path: (leaf) => inclusionProof(leaf, size, this.#nodes),
      keys: keysOf(this.#kids(), lookUp),
      state: state.map(toText),
      devices: devices.map(toText),
    };
  }

  /** Takes the next block. */
  take(judged: JudgedBlock): void {
    const { block, verdict, config } = judged;
    const { number } = block.header;
    this.#last = judged;
    if (number === 0 || verdict.config !== undefined) {
      this.#configuration.push({ number, packed: packBlock(trimBlock(block, config)) });
    }
    const before = this.#events.length;
    this.#ledgerTime = ledgerTimeOf(verdict, this.#ledgerTime);
    for (const transaction of verdict.transactions) {
      const read = ledgerTransaction(transaction, this.#chaincode, config?.msps);
      this.#takeEvents(read, block, transaction.index);
      this.#believe(read);
      if (transaction.code === 0) this.#takeNames(read);
    }
    if (this.#events.length > before) this.#blocks.set(number, packBlock(trimBlock(block, config)));
  }

  /** Every event lengthens the tree; those of the consignment are kept. */
  #takeEvents(read: LedgerTransaction, { header, envelopes }: RawBlock, transaction: number): void {
    const events = eventsOf(read);
    const at = { block: header.number, position: transaction };
    if (events.length > 0) this.#keys.take(read, events, at, this.#ledgerTime);
    for (const { id, kid, jws, consignments } of events) {
      const leaf = this.#nodes.size;
      this.#nodes.append(eventLeaf(id));
      if (!consignments.includes(this.ucr)) continue;
      const envelope = encodeBase64url(envelopes[transaction] ?? new Uint8Array());
      const signed = { ...(kid !== undefined && { kid }), ...(jws !== undefined && { jws }) };
      this.#events.push({ id, block: header.number, transaction, leaf, envelope, ...signed });
    }
  }

  /** Which records name the consignment. */
  #takeNames(read: LedgerTransaction): void {
    for (const { ucr, key } of recordsNaming(read)) if (ucr === this.ucr) this.#named.add(key);
  }

  /** The head of the tree over all events so far, for somebody to sign. */
  treeHead(genesisHash: string): TreeHead {
    return {
      format: TREE_HEAD_FORMAT,
      network: networkOf(this.#channel),
      genesisHash,
      height: this.height,
      size: this.size,
      root: toHex(treeRoot(this.size, this.#nodes)),
    };
  }

  /** The shipment statement so far, for two to sign. `lookUp` reads the world state behind the last block. */
  shipmentStatement(genesisHash: string, lookUp: LookUp): ShipmentStatement {
    const tree = new Frontier();
    for (const { id } of this.#events) tree.append(eventLeaf(id));
    const { state, devices } = this.#records(lookUp);
    return {
      format: SHIPMENT_STATEMENT_FORMAT,
      network: networkOf(this.#channel),
      genesisHash,
      height: this.height,
      ucr: this.ucr,
      events: tree.size,
      root: toHex(tree.root()),
      state: recordsDigest(state),
      devices: recordsDigest(devices),
    };
  }

  #tip(): string | undefined {
    if (this.#last?.config === undefined) return undefined;
    const { block, config } = this.#last;
    return packTip(block, config);
  }

  /** What customs never said stands in the world state all the same; to whoever reads the ledger it is not there. */
  #believe({ writes, forged = [] }: LedgerTransaction): void {
    for (const { key } of writes) this.#forged.delete(key);
    for (const { key } of forged) this.#forged.add(key);
  }

  get #channel(): string {
    return (this.#last?.config ?? this.#last?.verdict.config)?.channelId ?? '';
  }

  #records(lookUp: LookUp): ShipmentRecords {
    const statements = this.#events.flatMap(({ id, kid }) => (kid === undefined ? [] : { id, kid }));
    const believed: LookUp = (key) => (this.#forged.has(key) ? undefined : lookUp(key));
    return shipmentRecords(this.#named, statements, believed, (kid) => this.#keys.standingsOf(kid));
  }

  #kids(): readonly string[] {
    return [...new Set(this.#events.flatMap(({ kid }) => kid ?? []))];
  }
}

/** The highest timestamp of a valid transaction so far, in milliseconds as the chaincode cuts them. */
function ledgerTimeOf({ transactions }: BlockVerdict, before: number): number {
  const times = transactions.flatMap(({ code, timestamp }) =>
    code === 0 && timestamp ? timestamp.seconds * 1000 + Math.floor(timestamp.nanos / 1_000_000) : [],
  );
  return Math.max(before, ...times);
}

/** The public keys of devices, by their records. */
export function keysOf(kids: readonly string[], lookUp: LookUp): readonly PublicJwk[] {
  return kids.flatMap((kid) => {
    const record = lookUp(keys.device(kid));
    const jwk: JsonValue | undefined = record && jsonOf(record)?.['jwk'];
    return jwk === undefined ? [] : [readPublicJwk(jwk)];
  });
}

/** Records of ours are JSON; what is no text there cannot be told in a bundle, and its digest will say so. */
export function toText({ key, value }: StateRecord): BundleRecord {
  return { key, value: decodeUtf8(value) ?? '' };
}
