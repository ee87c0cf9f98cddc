import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  actEvent,
  adminCaller,
  certifier,
  opening,
  partyCaller,
  registerCertifier,
  shipmentInput,
  TestDevice,
  testLedger,
  testUcr,
  type Play,
} from '@passage/domain/testing';
import { commands, commit, type JsonObject } from '@passage/domain';
import { expect } from 'chai';

const seller = partyCaller('SELLER1');
const [importer, carrier, terminal, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
  partyCaller('OFFICER1'),
];

/** The life of a device's key, from suspension to a confirmed compromise. */
function deviceLife(device: TestDevice, successor: TestDevice): readonly Play[] {
  const { kid } = device;
  const twins = [4, 5].map((prev) => successor.statement({ seq: 9, prev: prevOf(prev) }));
  const proof = successor.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
  const rotation = device.rotationTo(successor.kid);
  const compromisedSince = { time: '2026-01-01T00:00:01.000Z' };
  const revocation = { kid: successor.kid, reason: 'lost' };
  return [
    { caller: carrier, name: 'SuspendDevice', input: { requestId: 's1', kid, reason: 'repair' } },
    { caller: terminal, name: 'RecordStatements', input: { statements: [device.next()] } },
    { caller: carrier, name: 'ResumeDevice', input: { requestId: 's2', kid } },
    { caller: carrier, name: 'StartEpoch', input: { requestId: 's3', kid, after: 1, firstSeq: 90 } },
    { caller: carrier, name: 'RotateDevice', input: { requestId: 's4', proof, rotation } },
    { caller: terminal, name: 'FileEquivocation', input: { requestId: 's5', statements: twins } },
    { caller: terminal, name: 'FileEquivocation', input: { requestId: 's6', statements: twins } },
    {
      caller: carrier,
      name: 'RevokeDevice',
      input: { requestId: 's7', ...revocation, compromisedSince },
    },
    {
      caller: officer,
      name: 'ConfirmCompromise',
      input: { requestId: 's8', kid: successor.kid, compromisedSince },
    },
    {
      caller: carrier,
      name: 'FileLateEvidence',
      input: { requestId: 's9', statements: [successor.next()] },
    },
  ];
}

function prevOf(number: number): string {
  return `ni:///sha-256;${Buffer.alloc(32, number).toString('base64url')}`;
}

/** Parties that change, are trusted, act for one another and are named. */
function partiesAndMandates(): readonly Play[] {
  const about = { mandatary: 'BROKER1' };
  const identifiers = { registration: { number: 'Ł-1', country: 'KR' }, gln: '4012345000009' };
  const until = '2026-06-01T00:00:00.000Z';
  const onBehalfOf = { mandate: 'g1', party: 'IMPORTER1' };
  const naming = { ucr: testUcr, partyId: 'TERMINAL1', role: 'terminal_operator' };
  return [
    {
      caller: adminCaller('BusinessMSP'),
      name: 'UpdateParty',
      input: { requestId: 'u1', partyId: 'SELLER1', name: 'Seller İ', identifiers },
    },
    {
      caller: officer,
      name: 'DecideAeo',
      input: { requestId: 'e1', partyId: 'IMPORTER1', status: 'given', reason: 'audit' },
    },
    {
      caller: importer,
      name: 'GrantMandate',
      input: { requestId: 'g1', ...about, until, scope: ['OpenShipment', 'NameParty'], ucrPrefix: '6' },
    },
    {
      caller: partyCaller('BROKER1'),
      name: 'OpenShipment',
      input: shipmentInput({ requestId: 'b1', ucr: '6KRIMPORTER1-BY-MANDATE', onBehalfOf }),
    },
    { caller: officer, name: 'NameParty', input: { requestId: 'n1', ...naming } },
    { caller: importer, name: 'WithdrawMandate', input: { requestId: 'w1', ...about, mandate: 'g1' } },
  ];
}

/** A document that is anchored, revised and taken back. */
function documents(): readonly Play[] {
  const about = { document: 'CARRIER1:BL-1' };
  const facts = { type: '705', issuer: 'Spedition Łódź', number: 'BL/1', ucr: testUcr };
  return [
    {
      caller: carrier,
      name: 'AnchorDocument',
      input: { requestId: 'd1', ...about, ...facts, sha256: '1'.repeat(64) },
    },
    { caller: carrier, name: 'ReviseDocument', input: { requestId: 'd2', ...about, sha256: '2'.repeat(64) } },
    { caller: carrier, name: 'WithdrawDocument', input: { requestId: 'd3', ...about, reason: 'İ' } },
  ];
}

/** Goods that change hands: offered twice, taken back, witnessed, released to a carrier and found otherwise. */
function moreHandovers(kid: string): readonly Play[] {
  const about = { ucr: testUcr };
  const plateCommitment = 'A'.repeat(43);
  const back = { ...about, to: 'CARRIER1', place: 'KRPUS' };
  const witness = { kid, seq: 1 };
  const stated = { seals: ['Z9', 'A1'], weight: { unit: 'KGM', value: 12 }, condition: 'İ' };
  return [
    {
      caller: terminal,
      name: 'ReleaseToCarrier',
      input: { requestId: 'p1', ...about, carrier: 'CARRIER1', plateCommitment, place: 'KRPUS' },
    },
    {
      caller: terminal,
      name: 'ReleaseToCarrier',
      input: { requestId: 'p2', ...about, carrier: 'CARRIER1', plateCommitment, place: 'KRPUS' },
    },
    {
      caller: terminal,
      name: 'WithdrawRelease',
      input: { requestId: 'p3', ...about, release: 'p2', reason: 'İ' },
    },
    { caller: terminal, name: 'OfferHandover', input: { requestId: 'o3', ...back } },
    {
      caller: terminal,
      name: 'WithdrawHandover',
      input: { requestId: 'w3', ...about, handover: 3, reason: 'ß' },
    },
    { caller: terminal, name: 'OfferHandover', input: { requestId: 'o4', ...back, release: 'p1', stated } },
    {
      caller: carrier,
      name: 'AcceptHandover',
      input: { requestId: 'a4', ...about, handover: 4, differences: { seals: ['A1'] }, witness },
    },
    {
      caller: terminal,
      name: 'AttachWitness',
      input: { requestId: 'at', ...about, handover: 4, witness: { kid, seq: 2 } },
    },
  ];
}

/** A hold for a missing permit, a detention of one unit, and how both end in a release. */
function holds(): readonly Play[] {
  const about = { ucr: testUcr, legalBasis: 'art. 188 Größe' };
  const [colleague, agency] = [
    { ...officer, partyId: 'OFFICER2' },
    { ...officer, partyId: 'AGENCY1', role: 'permit_agency' },
  ];
  const register = (partyId: string, role: string): Play => ({
    caller: adminCaller('CustomsMSP'),
    name: 'RegisterParty',
    input: { requestId: `register-${partyId}`, partyId, name: partyId, roles: [role] },
  });
  const paper = { document: 'P-1', at: '2026-01-01T00:00:40.000Z' };
  return [
    register('OFFICER2', 'customs_officer'),
    register('AGENCY1', 'permit_agency'),
    {
      caller: agency,
      name: 'PlaceHold',
      input: { requestId: 'h1', ...about, response: '6', permit: 'CITES' },
    },
    {
      caller: officer,
      name: 'DetainGoods',
      input: { requestId: 'h2', ...about, units: ['container:CSQU3054383'] },
    },
    { caller: agency, name: 'ReleaseHold', input: { requestId: 'h3', ...about, hold: 1, response: '9' } },
    { caller: colleague, name: 'ReleaseHold', input: { requestId: 'h4', ...about, hold: 2, response: '8' } },
    { caller: officer, name: 'ReleaseGoods', input: { requestId: 'h5', ...about, paper } },
    { caller: officer, name: 'ReleaseGoods', input: { requestId: 'h6', ...about } },
  ];
}

/** Lots that are made known, blended, passed on and shipped, and a certificate from issue to withdrawal. */
function origin(): readonly Play[] {
  const unit = { uom: 'KGM', decimals: 3 };
  const goods = { hsEdition: '2017', hs: '847130' };
  const lot = (number: string, shares: JsonObject[]): JsonObject => ({
    requestId: `lot-${number}`,
    lot: `SELLER1:${number}`,
    ...goods,
    unit,
    shares,
  });
  const blend = {
    transformation: 'SELLER1:T',
    measure: 'KGM',
    conversions: [{ uom: 'BG', numerator: 50, denominator: 1 }],
    inputs: ['B', 'A'].map((number) => ({ lot: `SELLER1:${number}`, quantity: 100 })),
    outputs: ['D', 'C'].map((number) => ({ lot: `SELLER1:${number}`, ...goods, unit, quantity: 99 })),
  };
  const about = { certificate: 'CERTIFIER1:1', reason: 'İ' };
  const finding = { origin: 'VN', criterion: 'tariff_shift', rule: { name: 'RCEP', version: '2022' } };
  const validUntil = '2026-06-01T00:00:00.000Z';
  const shipping = { ucr: testUcr, quantity: 7 };
  const mixed = ['VN', 'CN', 'KR'].map((country) => ({ origin: country, quantity: 100 }));
  return [
    registerCertifier,
    { caller: seller, name: 'RegisterLot', input: lot('A', mixed) },
    { caller: seller, name: 'RegisterLot', input: lot('B', mixed.slice(0, 1)) },
    { caller: seller, name: 'TransformLots', input: { requestId: 't', ...blend } },
    { caller: seller, name: 'ShipLot', input: { requestId: 's', lot: 'SELLER1:C', ...shipping } },
    {
      caller: certifier,
      name: 'IssueCertificate',
      input: {
        requestId: 'i',
        certificate: about.certificate,
        lot: 'SELLER1:C',
        quantity: 50,
        finding,
        validUntil,
      },
    },
    {
      caller: seller,
      name: 'DrawDownCertificate',
      input: { requestId: 'dd', certificate: about.certificate, ...shipping },
    },
    { caller: certifier, name: 'SuspendCertificate', input: { requestId: 'c1', ...about } },
    { caller: certifier, name: 'ResumeCertificate', input: { requestId: 'c2', ...about } },
    { caller: certifier, name: 'WithdrawCertificate', input: { requestId: 'c3', ...about } },
    { caller: seller, name: 'TransferLot', input: { requestId: 'tr', lot: 'SELLER1:D', to: 'IMPORTER1' } },
  ];
}

const packingEvent = actEvent({
  type: 'AggregationEvent',
  action: 'ADD',
  parentID: 'urn:epc:id:bic:CSQU3054383',
  childEPCs: [`urn:passage:ucr:${testUcr}`],
});

/** A container that is packed by a statement, sealed, checked, opened, and sealed anew. */
function seals(packing: string): readonly Play[] {
  const about = { unit: 'container:CSQU3054383', ucr: testUcr };
  return [
    { caller: terminal, name: 'RecordStatements', input: { statements: [packing] } },
    { caller: carrier, name: 'FitSeal', input: { requestId: 'f1', ...about, seal: 'Z1', type: 'BLT' } },
    {
      caller: officer,
      name: 'CheckSeal',
      input: { requestId: 'f2', ...about, seal: 'Z1', finding: 'intact' },
    },
    {
      caller: carrier,
      name: 'ReplaceSeal',
      input: { requestId: 'f3', ...about, seal: 'Z1', by: 'A2', reason: 'İ' },
    },
    { caller: carrier, name: 'OpenSeal', input: { requestId: 'f4', ...about, seal: 'A2', reason: 'ß' } },
    { caller: carrier, name: 'RemoveSeal', input: { requestId: 'f5', ...about, seal: 'A2', reason: 'ß' } },
  ];
}

/** An opening that is kept, disclosed and purged. */
function openings(): readonly Play[] {
  const secret = { value: 'Żubr 1', salt: Buffer.alloc(32, 9).toString('base64url') };
  const about = { subject: testUcr, field: 'driver' };
  const opening = { ...about, owner: 'CARRIER1', ledger: testLedger, value: secret.value };
  const commitment = commit({ ...opening, salt: new Uint8Array(32).fill(9) });
  const kept = { requestId: 'k1', openings: [{ ...about, commitment }] };
  const disclosed = { requestId: 'k2', ...about, commitment, to: 'TERMINAL1' };
  return [
    { caller: carrier, name: 'KeepOpenings', input: kept, openings: [secret] },
    { caller: carrier, name: 'DiscloseOpening', input: disclosed, openings: [secret] },
    { caller: carrier, name: 'GetOpening', input: { commitment } },
    { caller: carrier, name: 'PurgeOpening', input: { requestId: 'k3', commitment } },
  ];
}

/** A declaration that is lodged, accepted, amended and withdrawn. */
function declaration(): readonly Play[] {
  const id = 'BROKER1:D1';
  const unit = { decimals: 0, uom: 'KGM' };
  const line = { hs: '847130', hsEdition: '2017', origin: 'CN', unit, quantity: 9, packages: 1 };
  const facts = { procedure: 'import', office: 'KRPUS', lines: [line] };
  const broker = partyCaller('BROKER1');
  return [
    {
      caller: broker,
      name: 'LodgeDeclaration',
      input: { requestId: 'l1', declaration: id, ucr: testUcr, ...facts },
    },
    { caller: officer, name: 'AcceptDeclaration', input: { requestId: 'l2', declaration: id, version: 1 } },
    {
      caller: broker,
      name: 'AmendDeclaration',
      input: { requestId: 'l3', declaration: id, reason: 'İ', ...facts },
    },
    { caller: broker, name: 'WithdrawDeclaration', input: { requestId: 'l4', declaration: id, reason: 'ß' } },
  ];
}

/** Every command at least once, accepted, repeated and refused. */
function story(): readonly Play[] {
  const second = new TestDevice(testLedger, new Uint8Array(32).fill(7));
  const devices = [new TestDevice(testLedger), second];
  const statements = devices.flatMap((device) => [device.next(), device.next()]);
  const about = { ucr: testUcr };
  const offer = { ...about, to: 'TERMINAL1', place: 'KRPUS' };
  return [
    ...opening(),
    ...devices.map((device, index) => ({
      caller: carrier,
      name: 'RegisterDevice',
      input: {
        requestId: `device-${String(index)}`,
        kind: 'gps_eseal',
        proof: device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' }),
      },
    })),
    { caller: importer, name: 'OpenShipment', input: shipmentInput() },
    { caller: importer, name: 'OpenShipment', input: shipmentInput() },
    { caller: importer, name: 'OpenShipment', input: shipmentInput({ requestId: 'x', custodian: 'NOBODY' }) },
    ...documents(),
    ...origin(),
    ...declaration(),
    { caller: carrier, name: 'OfferHandover', input: { requestId: 'o1', ...offer } },
    {
      caller: terminal,
      name: 'RejectHandover',
      input: { requestId: 'r1', ...about, handover: 1, reason: 'Größe İ' },
    },
    { caller: carrier, name: 'OfferHandover', input: { requestId: 'o2', ...offer } },
    { caller: terminal, name: 'AcceptHandover', input: { requestId: 'a2', ...about, handover: 2 } },
    { caller: terminal, name: 'RecordStatements', input: { statements: statements.slice(0, 3) } },
    { caller: terminal, name: 'RecordStatements', input: { statements: [...statements, 'bad'] } },
    { caller: terminal, name: 'RecordStatements', input: { statements } },
    ...moreHandovers(devices[0]?.kid ?? ''),
    ...seals(devices[0]?.next(packingEvent) ?? ''),
    {
      caller: carrier,
      name: 'RevokeDevice',
      input: { requestId: 'v1', kid: devices[0]?.kid ?? '', reason: 'lost' },
    },
    { caller: importer, name: 'GetCustody', input: about },
    ...openings(),
    ...partiesAndMandates(),
    ...holds(),
    ...deviceLife(second, new TestDevice(testLedger)),
  ];
}

/** The endorsements of all plays by a process in another place of the world. */
function endorseIn(
  place: Readonly<Record<string, string>>,
  plays: readonly Play[],
  ...args: readonly string[]
): string {
  const file = (name: string): string => fileURLToPath(new URL(`testing/${name}`, import.meta.url));
  const preload = new URL('testing/elsewhere.js', import.meta.url).href;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', preload, file('endorse-all.js'), ...args],
    { env: { ...process.env, ...place }, input: JSON.stringify(plays), encoding: 'utf8' },
  );
  expect(status, stderr).to.equal(0);
  return stdout;
}

describe('every command', function () {
  this.timeout(60_000);
  const plays = story();
  let here: string;

  before(() => {
    here = endorseIn({ TZ: 'UTC', LC_ALL: 'C' }, plays);
  });

  it('has its place in the story that is endorsed in different places', () => {
    const done = here
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as Record<'writes' | 'privateWrites', readonly unknown[]> & { name: string },
      )
      .filter(({ writes, privateWrites }) => writes.length + privateWrites.length > 0)
      .map(({ name }) => name);
    expect(done).to.include.members(commands.map(({ name }) => name));
  });

  for (const [what, place, args] of [
    ['clock and time zone', { TZ: 'Asia/Seoul', CLOCK_OFFSET_MS: '-94694400000' }, []],
    ['time zone and language', { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }, []],
    ['order of members', {}, ['turned']],
  ] as const) {
    it(`gives the same sets, answers and events, byte for byte, under another ${what}`, () => {
      const there = endorseIn(place, plays, ...args);
      expect(there.split('\n')).to.deep.equal(here.split('\n'));
    });
  }
});
