import { keys, readStatement } from '@passage/domain';
import { observation, TestDevice } from '@passage/domain/testing';
import type { JsonObject } from '@passage/domain';
import type { Told } from '@passage/evidence/testing';
import { carrier, now, officer, seller, terminal, told } from './story.js';
import type { Lie } from './lie.js';

const claim = { owner: 'CARRIER1', kind: 'gps_eseal' };
const seal = (ledger: string): TestDevice => new TestDevice(ledger, Buffer.alloc(32, 7));
const stranger = (ledger: string): TestDevice => new TestDevice(ledger, Buffer.alloc(32, 8));
const registers = (device: TestDevice): Told =>
  told(carrier, 'RegisterDevice', { kind: claim.kind, proof: device.proof(claim) });
const revokes = ({ kid }: TestDevice): Told => told(carrier, 'RevokeDevice', { kid, reason: 'stolen' });

/** What is told of the seal's key after its owner has registered it. */
const ofRegistered =
  (tell: (device: TestDevice) => readonly Told[]): Lie['story'] =>
  (ledger) => [registers(seal(ledger)), ...tell(seal(ledger))];

/** A statement that stands on the ledger, and may not: the device has not signed it, or not in time. */
const unsigned = { check: 'device-signature', expected: /signed by the device/ } as const;

/** Records a statement by hand, whatever was under its number. */
const statementBy = (statement: string, name: string, caller = terminal, members: JsonObject = {}): Told => {
  const { header, statementId } = readStatement(statement);
  const record = { v: 1, id: statementId.slice(statementId.indexOf(';') + 1), ...members };
  const forge: Told['forge'] = ({ records }) => records.set(keys.statement(header.kid, header.seq), record);
  return told(caller, name, { statements: [statement] }, { byHand: true, forge });
};

/** A key that gives way to another, by the word of somebody else. */
function strangeRotation(ledger: string): readonly Told[] {
  const [old, next] = [seal(ledger), new TestDevice(ledger, Buffer.alloc(32, 9))];
  const [rotation, proof] = [stranger(ledger).rotationTo(next.kid), next.proof(claim)];
  let registered: JsonObject = {};
  const remembers: Told['forge'] = ({ records }) => {
    registered = records.get(keys.device(old.kid)) ?? {};
  };
  const end = { seq: 0, at: now };
  const { kty, crv, x } = next.jwk;
  const made = { kid: next.kid, jwk: { kty, crv, x }, predecessor: { ...end, kid: old.kid } };
  const gone = { status: 'rotated', successor: { ...end, kid: next.kid } };
  const forge: Told['forge'] = ({ records }) => {
    records.set(keys.device(next.kid), { ...registered, ...made });
    records.set(keys.device(old.kid), { ...registered, ...gone });
  };
  return [
    { ...registers(old), forge: remembers },
    told(carrier, 'RotateDevice', { rotation, proof }, { byHand: true, forge }),
  ];
}

/** Two statements that bear a device's name and that another key has signed, kept as proof against it. */
function strangeTwins(ledger: string): Told {
  const { kid } = seal(ledger);
  const statements = ['MWCU6059784', 'CSQU3054383'].map((container) =>
    stranger(ledger).statement({ kid, seq: 1, payload: observation(`urn:epc:id:bic:${container}`) }),
  );
  const ids = statements.map((each) => readStatement(each).statementId.split(';')[1] ?? '').sort();
  const proof = { v: 1, kid, seq: 1, statements: ids, filedBy: 'SELLER1', filedAt: now };
  return told(
    seller,
    'FileEquivocation',
    { statements },
    { byHand: true, forge: ({ records }) => records.set(keys.equivocation(kid, 1), proof) },
  );
}

export const deviceLives: readonly Lie[] = [
  {
    what: 'a key gives way to another, and has not signed that',
    story: strangeRotation,
    check: 'device-signature',
    expected: /with a proof of possession/,
    found: /SIGNATURE_INVALID: The rotation is about other keys/,
  },
  {
    what: 'a revoked key is brought back',
    story: ofRegistered((device) => {
      const { kid } = device;
      const suspension = { by: 'owner', at: now, reason: 'lost' };
      const believing = { [keys.device(kid)]: { status: 'suspended', suspension } };
      return [revokes(device), told(carrier, 'ResumeDevice', { kid }, { believing })];
    }),
    check: 'device-signature',
    expected: /stays revoked/,
    found: /^active$/,
  },
  {
    what: 'a compromise is confirmed that no owner has claimed',
    story: ofRegistered((device) => {
      const { kid } = device;
      const since = { time: '2026-01-01T00:00:01.000Z' };
      const believing = { [keys.device(kid)]: { compromise: { since, claimedAt: now } } };
      const confirms = told(officer, 'ConfirmCompromise', { kid, compromisedSince: since }, { believing });
      return [revokes(device), confirms];
    }),
    check: 'outcome',
    expected: /ConfirmCompromise is allowed by the rules/,
    found: /NO_CLAIM/,
  },
  {
    what: 'a key is proven to contradict itself by what it has not signed',
    story: (ledger) => [registers(seal(ledger)), strangeTwins(ledger)],
    check: 'device-signature',
    expected: /two statements that the device has signed/,
    found: /NOT_EQUIVOCATION|SIGNATURE_INVALID/,
  },
  {
    what: 'late evidence is filed of a key that is good',
    story: ofRegistered((device) => [
      statementBy(device.next(), 'FileLateEvidence', carrier, { late: true }),
    ]),
    ...unsigned,
    found: /filed late by CARRIER1, the key is active/,
  },
  {
    what: 'late evidence is filed by another party than the owner',
    story: ofRegistered((device) => [
      revokes(device),
      statementBy(device.next(), 'FileLateEvidence', seller, { late: true }),
    ]),
    ...unsigned,
    found: /filed late by SELLER1, the key is revoked/,
  },
  {
    what: 'a rotated key speaks beyond its end',
    story: (ledger) => {
      const [old, next] = [seal(ledger), stranger(ledger)];
      const input = { rotation: old.rotationTo(next.kid), proof: next.proof(claim) };
      return [
        registers(old),
        told(carrier, 'RotateDevice', input),
        statementBy(old.next(), 'RecordStatements'),
      ];
    },
    ...unsigned,
    found: /DEVICE_ROTATED/,
  },
  {
    what: 'a sequence number is used twice',
    story: ofRegistered((device) => [
      told(terminal, 'RecordStatements', { statements: [device.next()] }),
      statementBy(
        device.statement({ seq: 1, payload: observation('urn:epc:id:bic:MWCU6059784') }),
        'RecordStatements',
      ),
    ]),
    check: 'sequence',
    expected: /statement\/.*\/1 stays ni:/,
    found: /^ni:/,
  },
  {
    what: 'a batch is answered, and nothing of it recorded',
    story: ofRegistered((device) => {
      const forge: Told['forge'] = ({ records }) => {
        records.clear();
      };
      return [told(terminal, 'RecordStatements', { statements: [device.next()] }, { forge })];
    }),
    check: 'sequence',
    expected: /under statement\/.*\/1/,
    found: /^nothing$/,
  },
];
