import { keys, readStatement } from '@passage/domain';
import { observation, partyCaller, shipmentInput, TestDevice } from '@passage/domain/testing';
import type { Caller, JsonObject } from '@passage/domain';
import type { CustodyCheck } from '../custody/custody-rule.js';
import type { Told, WriteSet } from '@passage/evidence/testing';

/** A lie that three organisations sign together, after an honest story, and what is to be said of it. */
export interface Lie {
  readonly what: string;
  readonly story: (ledger: string) => readonly Told[];
  readonly check: CustodyCheck;
  readonly expected: RegExp;
  readonly found: RegExp;
}

const ucr = '6KRIMPORTER1-F';
const importer = partyCaller('IMPORTER1');
const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');
const officer = partyCaller('OFFICER1');
const seller = partyCaller('SELLER1');
const unit = { uom: 'KGM', decimals: 0 };
const classified = { hs: '080610', hsEdition: '2022' };
const law = { ucr, legalBasis: 'art. 188' };
const lot = 'SELLER1:L';
const now = '2026-01-01T00:00:30.000Z';

type Lying = Pick<Told, 'forge' | 'believing' | 'byHand'>;

const told = (caller: Caller, name: string, input: JsonObject, lying: Lying = {}): Told => {
  return {
    caller,
    name,
    input: name === 'RecordStatements' ? input : { requestId: `${name}-1`, ...input },
    ...lying,
  };
};

/** Changes members of a record that the transaction writes, or takes them away. */
const change =
  (key: string, members: JsonObject, without: readonly string[] = []) =>
  ({ records }: WriteSet): void => {
    const kept = Object.entries({ ...records.get(key), ...members }).filter(
      ([name]) => !without.includes(name),
    );
    records.set(key, Object.fromEntries(kept));
  };

const opens = (lying?: Lying, changes: JsonObject = {}): Told =>
  told(
    importer,
    'OpenShipment',
    shipmentInput({ ucr, goods: [{ ...classified, quantity: 9, unit }], ...changes }),
    lying,
  );
const offers = told(carrier, 'OfferHandover', { ucr, to: 'TERMINAL1', place: 'KRPUS' });
const accepts = (by: Caller, lying?: Lying): Told => told(by, 'AcceptHandover', { ucr, handover: 1 }, lying);
const holds = told(officer, 'PlaceHold', { ...law, response: '5' });
const lifts = (by: Caller, lying?: Lying): Told =>
  told(by, 'ReleaseHold', { ...law, hold: 1, response: '4' }, lying);
const registers = (device: TestDevice): Told => {
  const claim = { owner: 'CARRIER1', kind: 'gps_eseal' };
  return told(carrier, 'RegisterDevice', { kind: claim.kind, proof: device.proof(claim) });
};
const hasLot = told(seller, 'RegisterLot', {
  lot,
  ...classified,
  unit,
  shares: [{ origin: 'VN', quantity: 100 }],
});
const ships = (lying?: Lying): Told => told(seller, 'ShipLot', { lot, ucr, quantity: 10 }, lying);

const seal = (ledger: string): TestDevice => new TestDevice(ledger, Buffer.alloc(32, 7));

/** A statement, recorded by hand: whatever is wrong with it. */
const records = (statement: string): Told => {
  const { header, statementId } = readStatement(statement);
  const record = { v: 1, id: statementId.slice(statementId.indexOf(';') + 1) };
  return told(
    terminal,
    'RecordStatements',
    { statements: [statement] },
    { byHand: true, forge: ({ records: all }) => all.set(keys.statement(header.kid, header.seq), record) },
  );
};

/** The same statement under another's signature. */
const resigned = (statement: string, other: string): string =>
  `${statement.slice(0, statement.lastIndexOf('.'))}${other.slice(other.lastIndexOf('.'))}`;

export const lies: readonly Lie[] = [
  {
    what: 'nobody has called an act that wrote',
    story: () => [
      told(importer, 'Forge', { ucr }, { byHand: true, forge: change(keys.custody(ucr), { v: 1 }) }),
    ],
    check: 'act',
    expected: /an act that the ledger knows/,
    found: /^Forge$/,
  },
  {
    what: 'a party acts in a role that it does not hold',
    story: () => [
      opens(),
      {
        ...holds,
        caller: { ...carrier, role: 'customs_officer' },
        byHand: true,
        forge: change(keys.hold(ucr, 1), { v: 1 }),
      },
    ],
    check: 'act',
    expected: /a party that may send PlaceHold/,
    found: /ROLE_NOT_HELD/,
  },
  {
    what: 'an act changes what is none of its business',
    story: () => [
      opens(),
      {
        ...offers,
        forge: change(keys.party('TERMINAL1'), {
          v: 1,
          partyId: 'TERMINAL1',
          mspId: 'BusinessMSP',
          name: 'Mine',
          roles: ['carrier'],
          registeredAt: now,
        }),
      },
    ],
    check: 'act',
    expected: /OfferHandover leaves every party alone/,
    found: /party\/TERMINAL1 was written/,
  },
  {
    what: 'a record is deleted',
    story: () => [
      opens(),
      { ...offers, forge: ({ records: all }) => all.set(keys.shipment(ucr), undefined) },
    ],
    check: 'act',
    expected: /a record under shipment/,
    found: /it was deleted/,
  },
  {
    what: 'a statement was not signed by its device',
    story: (ledger) => [
      registers(seal(ledger)),
      records(resigned(seal(ledger).next(), seal(ledger).next(observation('urn:epc:id:bic:MWCU6059784')))),
    ],
    check: 'device-signature',
    expected: /signed by the device/,
    found: /SIGNATURE_INVALID/,
  },
  {
    what: 'a statement was signed for another ledger',
    story: (ledger) => [registers(seal(ledger)), records(seal('cd'.repeat(32)).next())],
    check: 'device-signature',
    expected: /signed by the device/,
    found: /another ledger|the ledger cd/,
  },
  {
    what: 'a suspended device speaks',
    story: (ledger) => {
      const device = seal(ledger);
      return [
        registers(device),
        told(carrier, 'SuspendDevice', { kid: device.kid, reason: 'lost' }),
        records(device.next()),
      ];
    },
    check: 'device-signature',
    expected: /signed by the device/,
    found: /DEVICE_SUSPENDED/,
  },
  {
    what: 'a device speaks for another one that its owner has not named',
    story: (ledger) => {
      const device = seal(ledger);
      const forAnother = { ...observation(), 'psg:signedFor': 'urn:epc:id:giai:4000001.111' };
      return [registers(device), records(device.next(forAnother))];
    },
    check: 'device-signature',
    expected: /signed by the device/,
    found: /DEVICE_NOT_NAMED/,
  },
  {
    what: 'a statement was left out of the batch that brought it',
    story: (ledger) => {
      const device = seal(ledger);
      const statements = [device.next(), device.next()];
      const forge = ({ records: all }: WriteSet): void => void all.delete(keys.statement(device.kid, 1));
      return [registers(device), told(terminal, 'RecordStatements', { statements }, { forge })];
    },
    check: 'sequence',
    expected: /under statement\/.*\/1/,
    found: /^nothing$/,
  },
  {
    what: 'goods are in other hands, and nobody offered them',
    story: () => {
      const custody = { v: 1, ucr, custodian: 'TERMINAL1', since: now, handovers: 0 };
      return [opens(), accepts(terminal, { byHand: true, forge: change(keys.custody(ucr), custody) })];
    },
    check: 'custody',
    expected: /in the custody of CARRIER1: nothing was offered/,
    found: /^TERMINAL1/,
  },
  {
    what: 'an offer is accepted by somebody else',
    story: () => [
      opens(),
      offers,
      accepts(seller, {
        believing: { [keys.handover(ucr, 1)]: { to: 'SELLER1' } },
        forge: change(keys.handover(ucr, 1), { to: 'TERMINAL1' }),
      }),
    ],
    check: 'custody',
    expected: /in the custody of TERMINAL1: offered to TERMINAL1/,
    found: /^SELLER1/,
  },
  {
    what: 'held goods are handed over',
    story: () => [
      opens(),
      offers,
      holds,
      accepts(terminal, { believing: { [keys.customs(ucr)]: { inForce: [] } } }),
    ],
    check: 'holds',
    expected: /stays while it is held/,
    found: /GOODS_HELD/,
  },
  {
    what: 'a hold is gone, and nobody has lifted it',
    story: () => [
      opens(),
      holds,
      told(officer, 'DetainGoods', law, {
        forge: change(keys.customs(ucr), { inForce: [{ hold: 2, kind: 'detention', released: [] }] }),
      }),
    ],
    check: 'holds',
    expected: /holds in force on .*: 1, 2/,
    found: /^2$/,
  },
  {
    what: 'an officer releases goods that he has himself',
    story: () => [
      opens({}, { custodian: 'OFFICER1' }),
      holds,
      lifts(officer, { believing: { [keys.custody(ucr)]: { custodian: 'CARRIER1' } } }),
    ],
    check: 'holds',
    expected: /OFFICER1 is no party to/,
    found: /OWN_CONSIGNMENT/,
  },
  {
    what: 'goods are released while they are held',
    story: () => [
      opens(),
      holds,
      told(officer, 'ReleaseGoods', law, {
        believing: { [keys.customs(ucr)]: { inForce: [] } },
        forge: change(keys.customs(ucr), { inForce: [{ hold: 1, kind: 'hold', released: [] }] }),
      }),
    ],
    check: 'holds',
    expected: /no release of .* while it is held/,
    found: /OFFICER1 released it/,
  },
  {
    what: 'more comes out of a split than went in',
    story: () => {
      const into = [4, 5].map((quantity, part) => ({
        ucr: `${ucr}-${String(part)}`,
        lines: [{ line: 0, quantity }],
      }));
      const forge = change(keys.shipment(`${ucr}-1`), { goods: [{ ...classified, quantity: 50, unit }] });
      return [opens(), told(importer, 'SplitShipment', { ucr, into }, { forge })];
    },
    check: 'quantities',
    expected: /"quantity":9/,
    found: /"quantity":54/,
  },
  {
    what: 'goods leave a lot that does not get less',
    story: () => [
      opens(),
      hasLot,
      ships({
        forge: change(keys.lot(lot), {
          remaining: 100,
          shares: [{ origin: 'VN', quantity: 100, remaining: 100 }],
        }),
      }),
    ],
    check: 'quantities',
    expected: /loses what was used of it: VN 10/,
    found: /^nothing$/,
  },
  {
    what: 'a key of customs is made without its policy',
    story: () => [opens({ forge: ({ policies }) => void policies.delete(keys.customs(ucr)) })],
    check: 'key-policy',
    expected: /customs\/.* under customs' policy/,
    found: /open policy/,
  },
  {
    what: 'held goods keep the policy of any two',
    story: () => [opens(), { ...holds, forge: ({ policies }) => void policies.delete(keys.custody(ucr)) }],
    check: 'key-policy',
    expected: /custody\/.* under customs' policy/,
    found: /open policy/,
  },
  {
    what: 'a score is not the sum of its contributions',
    story: () => {
      const contributions = [{ rule: 'alert.gap', points: 15, reason: 'a gap' }];
      const assessed = { ucr, rules: { name: 'passage', version: '1' }, score: 15, contributions };
      return [
        opens(),
        told(officer, 'AssessRisk', assessed, { forge: change(keys.risk(ucr), { score: 0 }) }),
      ];
    },
    check: 'risk-score',
    expected: /is the sum of its contributions/,
    found: /INVALID_FIELD/,
  },
];

/** What no rule forbids, and somebody should look at: an officer takes goods over that he has released himself. */
export const releasedAndTaken: readonly Told[] = [
  opens(),
  told(officer, 'ReleaseGoods', law),
  told(carrier, 'OfferHandover', { ucr, to: 'OFFICER1', place: 'KRPUS' }),
  accepts(officer),
];
