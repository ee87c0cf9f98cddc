import { decodeBase64url, encodeBase64url } from '@passage/domain';
import { concatBytes, decode, encode, Metadata, unknownFields, utf8, withMetadata } from '@passage/ledger';
import { packBlock, unpackBlock } from '../bundle/index.js';
import { provenEvents, ShipmentCollector } from '../build/index.js';
import { treeHeadBytes } from '../head/index.js';
import { recordsDigest, shipmentStatementBytes } from '../shipment-statement/index.js';
import {
  confirms,
  filesLate,
  forgesHold,
  FOREIGN_UCR,
  goTogether,
  revokes,
  signedBy,
  Story,
} from './story.js';
import type { RawBlock } from '@passage/ledger';
import type { BundleEvent, EvidenceBundle } from '../bundle/index.js';
import type { BundleFault } from '../verify/index.js';

/** Field 15 of any message, which no message of Fabric's has, with three bytes. */
const UNKNOWN_FIELD = Uint8Array.of(0x7a, 3, 1, 2, 3);

/** A bundle that somebody has tampered with, or that tells of something bad. */
export interface BadBundle {
  /** As docs/evidence.md names it. */
  readonly name: string;
  /** The first thing that has to be found. */
  readonly fault: BundleFault;
  readonly make: (stories: Stories) => EvidenceBundle;
}

/** The ledgers that bad bundles are made from. */
export class Stories {
  readonly good = new Story();
  readonly embedded = new Story({ channel: 'passage-embedded' });
  readonly compromised = new Story({ more: [revokes(), confirms()] });
  readonly forged = new Story({ more: [forgesHold] });
  readonly late = new Story({ more: [revokes(), filesLate] });
  readonly together = new Story({ more: goTogether });
  /** The same ledger as the good one, gathered for the other consignment, and up to an earlier height. */
  readonly foreign = new ShipmentCollector(FOREIGN_UCR);
  readonly older = new ShipmentCollector(this.good.collector.ucr);

  constructor() {
    const { judged } = this.good;
    for (const block of judged) this.foreign.take(block);
    for (const block of judged.slice(0, -1)) this.older.take(block);
  }
}

/** Every way of tampering with a bundle that docs/evidence.md lists. */
export const badBundles: readonly BadBundle[] = [
  bad('an event left out', 'EVENTS_OTHER', ({ good }) => {
    const bundle = good.bundle('proofs');
    return { ...bundle, events: bundle.events.filter((_, index) => index !== 2) };
  }),
  bad('a hold left out, with its block', 'EVENTS_OTHER', ({ good }) => {
    const bundle = good.bundle('blocks');
    const hold = bundle.events[2]?.block;
    return {
      ...bundle,
      events: bundle.events.filter(({ block }) => block !== hold),
      blocks: bundle.blocks.filter((text) => blockIn(text).header.number !== hold),
    };
  }),
  bad('a command about two consignments left out', 'EVENTS_OTHER', ({ together }) => {
    const bundle = together.bundle('proofs');
    return { ...bundle, events: bundle.events.slice(0, -1) };
  }),
  bad('two events in the other order', 'EVENTS_OTHER', ({ good }) => {
    const bundle = good.bundle('proofs');
    const [first, second, ...rest] = bundle.events;
    return { ...bundle, events: [second, first, ...rest].filter((event) => event !== undefined) };
  }),
  bad('a foreign command put in', 'EVENT_FOREIGN', ({ good, foreign }) =>
    withForeign(good.bundle('proofs'), foreign, 0),
  ),
  bad('a foreign statement put in', 'EVENT_FOREIGN', ({ good, foreign }) =>
    withForeign(good.bundle('proofs'), foreign, 1),
  ),
  bad('an event twice', 'EVENT_REPEATED', ({ good }) => {
    const bundle = good.bundle('proofs');
    return { ...bundle, events: [...bundle.events, ...bundle.events.slice(0, 1)] };
  }),
  bad('an older head', 'HEAD_OLDER', ({ good, older }) => {
    const bundle = good.bundle('proofs');
    const head = older.treeHead(good.chain.genesisHash);
    const signatures = good.speakers.slice(0, 1).map((one) => signedBy(one, treeHeadBytes(head)));
    return {
      ...bundle,
      head: { head, signatures },
      tips: [older.material(good.lookUp).tip ?? never(), ...bundle.tips],
    };
  }),
  bad('the head of another ledger', 'HEAD_OF_ANOTHER', ({ good, compromised }) => {
    const { head } = compromised.bundle('proofs');
    return { ...good.bundle('proofs'), ...(head && { head }) };
  }),
  bad('a head that a stranger signed', 'HEAD_UNSIGNED', ({ good }) => {
    const bundle = good.bundle('proofs');
    const { head } = bundle.head ?? never();
    return {
      ...bundle,
      head: { head, signatures: [signedBy(good.chain.consortium.stranger, treeHeadBytes(head))] },
    };
  }),
  bad('a head of more events than were signed', 'HEAD_UNSIGNED', ({ good }) => {
    const bundle = good.bundle('proofs');
    const signed = bundle.head ?? never();
    return { ...bundle, head: { ...signed, head: { ...signed.head, size: signed.head.size + 1 } } };
  }),
  bad('no header at the height of the head', 'HEIGHT_UNPROVEN', ({ good }) => ({
    ...good.bundle('proofs'),
    tips: [],
  })),
  bad('the path of another event', 'EVENT_NOT_INCLUDED', ({ good }) => {
    const bundle = good.bundle('proofs');
    const other = bundle.events[1]?.path ?? [];
    return {
      ...bundle,
      events: bundle.events.map((event, index) => (index === 0 ? { ...event, path: other } : event)),
    };
  }),
  bad('an event whose block is not there', 'EVENT_NOT_INCLUDED', ({ good }) => {
    const bundle = good.bundle('blocks');
    return { ...bundle, blocks: bundle.blocks.slice(1) };
  }),
  bad('a statement in the place of another', 'EVENT_ALTERED', ({ good }) => {
    const bundle = good.bundle('proofs');
    const jws = bundle.events[3]?.jws ?? never();
    return editEvent(bundle, 1, { jws });
  }),
  bad('a statement with a changed signature', 'STATEMENT_SIGNATURE', ({ good }) => {
    const bundle = good.bundle('proofs');
    const jws = bundle.events[1]?.jws ?? never();
    const end = jws.lastIndexOf('.') + 1;
    return editEvent(bundle, 1, { jws: `${jws.slice(0, end)}${'A'.repeat(86)}` });
  }),
  bad('a statement without its key', 'DEVICE_UNKNOWN', ({ good }) => ({
    ...good.bundle('proofs'),
    keys: [],
  })),
  bad('a transaction with a bit changed', 'TRANSACTION_BROKEN', ({ good }) => {
    const bundle = good.bundle('proofs');
    const bytes = decodeBase64url(bundle.events[0]?.envelope ?? '') ?? never();
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    return editEvent(bundle, 0, { envelope: encodeBase64url(bytes) });
  }),
  bad('a word that nobody has said, beside a transaction', 'TRANSACTION_BROKEN', ({ good }) => {
    const bundle = good.bundle('proofs');
    const bytes = decodeBase64url(bundle.events[0]?.envelope ?? '') ?? never();
    return editEvent(bundle, 0, { envelope: encodeBase64url(concatBytes(bytes, UNKNOWN_FIELD)) });
  }),
  bad('a word that nobody has said, in the header of a block', 'BLOCK_BROKEN', ({ good }) =>
    editBlock(good.bundle('blocks'), (block) => ({
      ...block,
      header: { ...block.header, [unknownFields]: UNKNOWN_FIELD },
    })),
  ),
  bad('a hold that customs never placed', 'CUSTOMS_FORGED', ({ forged }) => forged.bundle('proofs')),
  bad('a block with a bit changed', 'BLOCK_BROKEN', ({ good }) =>
    editBlock(good.bundle('blocks'), (block) => ({
      ...block,
      envelopes: block.envelopes.map((bytes) =>
        bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte)),
      ),
    })),
  ),
  bad('a block that too few orderers signed', 'BLOCK_BROKEN', ({ good }) =>
    editBlock(good.bundle('blocks'), (block) => {
      const { value, signatures } = decode(Metadata, block.metadata[0] ?? never());
      return withMetadata(block, 0, encode(Metadata, { value, signatures: signatures.slice(0, 2) }));
    }),
  ),
  bad('a configuration left out', 'BLOCK_BROKEN', ({ good }) => {
    const bundle = good.bundle('proofs');
    return { ...bundle, configuration: bundle.configuration.slice(0, 1) };
  }),
  bad('a configuration that nobody signed', 'CONFIGURATION_BROKEN', ({ good }) => {
    const bundle = good.bundle('proofs');
    const [genesis, update] = bundle.configuration.map(blockIn);
    if (genesis === undefined || update === undefined) return never();
    const unsigned = withMetadata(
      update,
      0,
      encode(Metadata, { value: decode(Metadata, update.metadata[0] ?? never()).value }),
    );
    return { ...bundle, configuration: [packBlock(genesis), packBlock(unsigned)] };
  }),
  bad('a shipment statement that one organisation signed twice', 'STATEMENT_SIGNERS', ({ good }) => {
    const [customs] = good.speakers;
    return customs === undefined ? never() : good.bundle('proofs', [customs, customs]);
  }),
  bad(
    'a shipment statement that two officers of one organisation signed',
    'STATEMENT_SIGNERS',
    ({ good }) => {
      const [customs] = good.chain.consortium.organizations;
      return customs === undefined ? never() : good.bundle('proofs', [customs.admin, customs.peer]);
    },
  ),
  bad('a shipment statement that a client signed', 'STATEMENT_SIGNERS', ({ good }) => {
    const [customs, port] = good.chain.consortium.organizations;
    return customs === undefined || port === undefined
      ? never()
      : good.bundle('proofs', [customs.admin, port.client]);
  }),
  bad('the shipment statement of another consignment', 'STATEMENT_OF_ANOTHER', ({ good, foreign }) => {
    const statement = foreign.shipmentStatement(good.chain.genesisHash, good.lookUp);
    const signatures = good.speakers
      .slice(0, 2)
      .map((one) => signedBy(one, shipmentStatementBytes(statement)));
    return { ...good.bundle('proofs'), statement: { statement, signatures } };
  }),
  bad('a key that was in other hands', 'DEVICE_COMPROMISED', ({ compromised }) =>
    compromised.bundle('blocks'),
  ),
  bad('a statement that the owner of a revoked key filed late', 'STATEMENT_UNPROVEN', ({ late }) =>
    late.bundle('proofs'),
  ),
  bad(
    'a statement that two organisations call clean against its block',
    'STANDING_CONTRADICTED',
    ({ compromised }) => {
      const devices = compromised
        .bundle('blocks')
        .devices.map(({ key, value }) => ({ key, value: value.replace('"tainted"', '"clean"') }));
      return vouched(compromised, { ...compromised.bundle('blocks'), devices });
    },
  ),
  bad('a revoked device hidden behind its earlier record', 'RECORDS_ALTERED', ({ compromised, good }) => ({
    ...compromised.bundle('blocks'),
    devices: good.bundle('blocks').devices,
  })),
  bad('the record of a revoked device left out', 'RECORDS_ALTERED', ({ compromised }) => ({
    ...compromised.bundle('blocks'),
    devices: [],
  })),
  bad('records that nobody vouches for', 'RECORDS_UNPROVEN', ({ good }) => {
    const { state, devices } = good.bundle('proofs');
    return { ...good.bundle('proofs', []), state, devices };
  }),
  bad('an opening with another value', 'OPENING_BROKEN', ({ good }) =>
    good.bundle('proofs', undefined, [{ ...good.opening, value: '34나5678' }]),
  ),
  bad('the embedded network passed off as production', 'NETWORK_MISSTATED', ({ embedded }) => ({
    ...embedded.bundle('proofs'),
    network: 'fabric',
  })),
  bad('a bundle of another ledger', 'GENESIS_OTHER', ({ compromised }) => compromised.bundle('proofs')),
  bad('a block that no event stands in', 'SURPLUS', ({ good, foreign }) => {
    const bundle = good.bundle('blocks');
    const [block = never()] = foreign.material(good.lookUp).blocks;
    return { ...bundle, blocks: [...bundle.blocks, block] };
  }),
  bad('a key twice', 'SURPLUS', ({ good }) => {
    const bundle = good.bundle('proofs');
    return { ...bundle, keys: [...bundle.keys, ...bundle.keys] };
  }),
];

function bad(name: string, fault: BundleFault, make: BadBundle['make']): BadBundle {
  return { name, fault, make };
}

function never(): never {
  throw new Error('the story has changed under the bad bundles');
}

function blockIn(text: string): RawBlock {
  return unpackBlock(text) ?? never();
}

function editEvent(bundle: EvidenceBundle, at: number, changes: Partial<BundleEvent>): EvidenceBundle {
  return {
    ...bundle,
    events: bundle.events.map((event, index) => (index === at ? { ...event, ...changes } : event)),
  };
}

function editBlock(bundle: EvidenceBundle, edit: (block: RawBlock) => RawBlock): EvidenceBundle {
  const [first = '', ...rest] = bundle.blocks;
  return { ...bundle, blocks: [packBlock(edit(blockIn(first))), ...rest] };
}

/** The bundle with a shipment statement that two organisations have signed over the records in it. */
function vouched({ speakers }: Story, bundle: EvidenceBundle): EvidenceBundle {
  const { statement: before } = bundle.statement ?? never();
  const devices = recordsDigest(bundle.devices.map(({ key, value }) => ({ key, value: utf8(value) })));
  const statement = { ...before, devices };
  const signatures = speakers.slice(0, 2).map((one) => signedBy(one, shipmentStatementBytes(statement)));
  return { ...bundle, statement: { statement, signatures } };
}

/** The bundle with an event of the other consignment in it, honestly proven. */
function withForeign(bundle: EvidenceBundle, foreign: ShipmentCollector, which: number): EvidenceBundle {
  const event = provenEvents(foreign.material(() => undefined))[which] ?? never();
  return { ...bundle, events: [...bundle.events, event] };
}
