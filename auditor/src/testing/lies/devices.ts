import { keys, readStatement } from '@passage/domain';
import { observation, TestDevice } from '@passage/domain/testing';
import type { Told, WriteSet } from '@passage/evidence/testing';
import { carrier, terminal, told } from './story.js';
import type { Lie } from './lie.js';

const registers = (device: TestDevice): Told => {
  const claim = { owner: 'CARRIER1', kind: 'gps_eseal' };
  return told(carrier, 'RegisterDevice', { kind: claim.kind, proof: device.proof(claim) });
};

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

export const devices: readonly Lie[] = [
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
];
