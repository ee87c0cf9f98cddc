import { encodeBase64url, commit, keys, PSG_LICENCE_PLATE_COMMITMENT } from '@passage/domain';
import {
  actEvent,
  observation,
  partyCaller,
  prologue,
  shipmentInput,
  TestDevice,
  testUcr,
} from '@passage/domain/testing';
import { decode, MemoryState, SerializedIdentity, startChain, verifyNextBlock } from '@passage/ledger';
import { validKinds } from '@passage/ledger/generator';
import { buildBundle, ShipmentCollector } from '../build/index.js';
import { writeBundle } from '../bundle/index.js';
import { treeHeadBytes } from '../head/index.js';
import { shipmentStatementBytes } from '../shipment-statement/index.js';
import { organisationSignature } from '../signing/index.js';
import { custodyChain } from './custody-chain.js';
import type { GeneratedChain } from '@passage/ledger/generator';
import type { BundleKind, BundleOpening, EvidenceBundle } from '../bundle/index.js';
import type { JudgedBlock } from '../build/index.js';
import type { LookUp } from '../shipment-statement/index.js';
import type { OrganisationSignature } from '../signing/index.js';
import type { Told } from './custody-chain.js';

/** Another consignment on the same ledger, which no bundle of the first may show. */
export const FOREIGN_UCR = '6KRIMPORTER1-OTHER1';

const MASTER = 'CARRIER1:MBL1';
const SALT = new Uint8Array(32).fill(7);
const carrier = partyCaller('CARRIER1');
const officer = partyCaller('OFFICER1');
const terminal = partyCaller('TERMINAL1');

/** Who signs for an organisation. */
type Speaker = GeneratedChain['consortium']['organizations'][number]['admin'];

/** A chain of ours on which one consignment has a life, with everything that a bundle of it is made of. */
export class Story {
  readonly chain: GeneratedChain;
  readonly collector: ShipmentCollector;
  readonly lookUp: LookUp;
  /** Its blocks, judged. */
  readonly judged: readonly JudgedBlock[];
  readonly #channel: string;

  constructor({ channel = 'passage', more = [], short = false }: StoryOptions = {}) {
    this.#channel = channel;
    this.chain = custodyChain((ledger) => (short ? birth(ledger) : life(ledger, more)), {
      channel,
      ending: short ? [] : [validKinds.configUpdate, validKinds.put],
    });
    this.collector = new ShipmentCollector(testUcr);
    const { judged, lookUp } = judge(this.chain);
    this.judged = judged;
    this.lookUp = lookUp;
    for (const block of judged) this.collector.take(block);
  }

  /** The admins of the organisations, customs first. */
  get speakers(): readonly Speaker[] {
    return this.chain.consortium.organizations.map(({ admin }) => admin);
  }

  /** The opening of the plate in the consignment's second statement. */
  get opening(): BundleOpening {
    return openingOn(this.chain.genesisHash);
  }

  /** A bundle; head and statement signed by the speakers, those named or customs and port. Of the first consignment, unless told. */
  bundle(
    kind: BundleKind,
    signers: readonly Speaker[] = this.speakers.slice(0, 2),
    openings: readonly BundleOpening[] = [],
    collector = this.collector,
  ): EvidenceBundle {
    const { genesisHash } = this.chain;
    const { lookUp } = this;
    const head = collector.treeHead(genesisHash);
    const statement = collector.shipmentStatement(genesisHash, lookUp);
    const signatures = signers.map((one) => signedBy(one, shipmentStatementBytes(statement)));
    return buildBundle({
      kind,
      channel: this.#channel,
      genesisHash,
      shipment: collector.material(lookUp),
      openings,
      ...(kind === 'proofs' && {
        head: {
          head,
          signatures: this.speakers.slice(0, 1).map((one) => signedBy(one, treeHeadBytes(head))),
        },
      }),
      ...(signers.length > 0 && { statement: { statement, signatures } }),
    });
  }

  bytes(kind: BundleKind, signers?: readonly Speaker[], openings?: readonly BundleOpening[]): Uint8Array {
    return writeBundle(this.bundle(kind, signers, openings));
  }
}

interface StoryOptions {
  readonly channel?: string;
  /** What happens after the ordinary life. */
  readonly more?: More;
  /** No more than one command and one statement, under the first configuration. */
  readonly short?: boolean;
}

/** Transactions that follow upon the ordinary life. */
export type More = readonly ((device: TestDevice) => Told)[];

export function signedBy({ mspId, identity, sign }: Speaker, message: Uint8Array): OrganisationSignature {
  const { idBytes } = decode(SerializedIdentity, identity);
  return organisationSignature(mspId, Buffer.from(idBytes).toString('utf8'), sign(message));
}

/** The owner takes the key back, and says that it was in other hands from a block on. */
export const revokes =
  (block = 1): More[number] =>
  (device) => ({
    caller: carrier,
    name: 'RevokeDevice',
    input: { requestId: 'revoke', kid: device.kid, reason: 'stolen', compromisedSince: { block } },
  });

/** Customs confirms what the owner says. */
export const confirms =
  (block = 1): More[number] =>
  (device) => ({
    caller: officer,
    name: 'ConfirmCompromise',
    input: { requestId: 'confirm', kid: device.kid, compromisedSince: { block } },
  });

/** The owner files what the revoked key has signed and never sent. */
export const filesLate: More[number] = (device) => ({
  caller: carrier,
  name: 'FileLateEvidence',
  input: { requestId: 'late', statements: [device.next(actEvent(observation(), testUcr))] },
});

/** Port and business together write a hold that customs never placed. */
export const forgesHold: More[number] = () => ({
  caller: terminal,
  name: 'PlaceHold',
  input: { requestId: 'forged', ucr: testUcr },
  byHand: true,
  withoutCustoms: true,
  forge: ({ records }) => records.set(keys.hold(testUcr, 7), { v: 1, ucr: testUcr }),
});

/** Both consignments go under one master: a command about each of them. */
export const goTogether: More = [
  () => ({
    caller: carrier,
    name: 'OpenMaster',
    input: {
      requestId: 'master',
      master: MASTER,
      document: '704',
      carrier: 'CARRIER1',
      from: 'CNSHA',
      to: 'KRPUS',
    },
  }),
  () => ({
    caller: carrier,
    name: 'ConsolidateHouses',
    input: { requestId: 'houses', master: MASTER, houses: [testUcr, FOREIGN_UCR] },
  }),
];

/** Two statements arrive in the other order than they were signed in, one to a block. */
export const arriveCrossed = (): More => {
  let first = '';
  const records = (statement: string): Told => ({
    caller: terminal,
    name: 'RecordStatements',
    input: { statements: [statement] },
  });
  return [
    (device) => {
      first = device.next(actEvent(observation(), testUcr));
      return records(device.next(actEvent(observation(), testUcr)));
    },
    () => records(first),
  ];
};

function openingOn(ledger: string): BundleOpening {
  const about = { ledger, subject: 'truck', owner: 'CARRIER1', field: 'licencePlate', value: '12가3456' };
  return { ...about, salt: encodeBase64url(SALT) };
}

/** A consignment is opened, and seen once. */
function birth(ledger: string): readonly Told[] {
  const device = newDevice(ledger);
  const statements = [device.next(actEvent(observation(), testUcr))];
  return [...opened(ledger, device), { caller: terminal, name: 'RecordStatements', input: { statements } }];
}

function newDevice(ledger: string): TestDevice {
  return new TestDevice(ledger, new Uint8Array(32).fill(3));
}

function opened(ledger: string, device: TestDevice): readonly Told[] {
  const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
  return [
    ...prologue(ledger),
    { caller: partyCaller('IMPORTER1'), name: 'OpenShipment', input: shipmentInput() },
    { caller: carrier, name: 'RegisterDevice', input: { requestId: 'device', kind: 'gps_eseal', proof } },
  ];
}

function life(ledger: string, more: More): readonly Told[] {
  const device = newDevice(ledger);
  const commitment = commit({ ...openingOn(ledger), salt: SALT });
  const plate = { ...actEvent(observation(), testUcr), [PSG_LICENCE_PLATE_COMMITMENT]: commitment };
  const batch = [testUcr, FOREIGN_UCR].map((ucr) => device.next(actEvent(observation(), ucr)));
  const custom = { ucr: testUcr, legalBasis: 'art. 188' };
  return [
    ...opened(ledger, device),
    {
      caller: partyCaller('IMPORTER1'),
      name: 'OpenShipment',
      input: shipmentInput({ ucr: FOREIGN_UCR, requestId: 'open-2' }),
    },
    { caller: terminal, name: 'RecordStatements', input: { statements: batch } },
    { caller: officer, name: 'PlaceHold', input: { requestId: 'h1', ...custom, response: '5' } },
    { caller: terminal, name: 'RecordStatements', input: { statements: [device.next(plate)] } },
    {
      caller: partyCaller('OFFICER1'),
      name: 'ReleaseHold',
      input: { requestId: 'h2', ...custom, hold: 1, response: '9' },
    },
    ...more.map((tell) => tell(device)),
  ];
}

/** Judges the chain as the auditor does; gives the blocks, and the world state behind the last one. */
function judge(chain: GeneratedChain): { readonly judged: readonly JudgedBlock[]; readonly lookUp: LookUp } {
  const state = new MemoryState();
  const known = new Set<string>();
  const judged: JudgedBlock[] = [];
  let head: ReturnType<typeof startChain>['head'] | undefined;
  for (const { block } of chain.blocks()) {
    const config = head?.config;
    const verified =
      head === undefined
        ? startChain(block, chain.genesisHash)
        : verifyNextBlock(head, block, state, { isKnownTransaction: (txId) => known.has(txId) });
    if (verified.differences.length > 0) throw new Error('the generated chain differs');
    judged.push({ block, verdict: verified.verdict, ...(config && { config }) });
    state.apply(verified.verdict.updates);
    for (const { txId } of verified.verdict.transactions) known.add(txId);
    head = verified.head;
  }
  return { judged, lookUp: (key) => state.get('passage', key)?.value };
}
