import type { JsonObject } from '@passage/domain';
import { actEvent, observation, TestDevice, testLedger } from '@passage/domain/testing';
import { carrier, officer, terminal } from './people.js';
import { given, refused, type Before, type Refused, type Story } from './story.js';

const device = new TestDevice(testLedger);
const { kid } = device;
const kind = 'gps_eseal';
const proof = device.proof({ owner: 'CARRIER1', kind });
const calibration = { calibratedAt: '2025-12-01T00:00:00.000Z', calibratedUntil: '2026-12-01T00:00:00.000Z' };
const registered = given(carrier, 'RegisterDevice', { requestId: 'device', kind, proof });
const statement = device.next();
const recorded = given(terminal, 'RecordStatements', { statements: [statement] });

function recording(code: Refused['code'], signed: string): Refused {
  const { caller, name } = recorded;
  return { code, caller, name, input: { statements: [signed] } };
}

function late(code: Refused['code'], event: JsonObject): Refused {
  return refused(code, carrier, 'FileLateEvidence', { statements: [device.statement({ payload: event })] });
}

/** The statement with another protected header, over which nobody has signed. */
function withHeader(changes: JsonObject): string {
  const [header = '', ...rest] = statement.split('.');
  const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as JsonObject;
  return [Buffer.from(JSON.stringify({ ...members, ...changes })).toString('base64url'), ...rest].join('.');
}

/** A proof of possession by a key with one member too many: its private part. */
function withPrivateKey(): string {
  const [header = '', ...rest] = proof.split('.');
  const members = JSON.parse(Buffer.from(header, 'base64url').toString()) as { readonly jwk: JsonObject };
  const altered = { ...members, jwk: { ...members.jwk, d: 'A'.repeat(43) } };
  return [Buffer.from(JSON.stringify(altered)).toString('base64url'), ...rest].join('.');
}

const about = { kid, reason: 'lost' };
const suspended = given(officer, 'SuspendDevice', { requestId: 's', ...about });
const revoked = given(carrier, 'RevokeDevice', { requestId: 'v', ...about });

function rotated(): Before {
  const next = new TestDevice(testLedger);
  const successor = next.proof({ owner: 'CARRIER1', kind });
  const input = { requestId: 'r', proof: successor, rotation: device.rotationTo(next.kid) };
  return given(carrier, 'RotateDevice', input);
}

const error = { declarationTime: '2026-01-31T13:00:00Z', reason: 'did_not_occur' };

export const deviceStories: readonly Story[] = [
  {
    about: 'statements that are none, or not of a device of this ledger',
    before: [registered, recorded],
    refused: [
      recording('INVALID_STATEMENT', 'nonsense'),
      recording('INVALID_HEADER', withHeader({ typ: 'jwt' })),
      recording('UNSUPPORTED_ALGORITHM', withHeader({ alg: 'none' })),
      recording('WRONG_LEDGER', device.statement({ aud: 'cd'.repeat(32) })),
      recording('KEY_UNKNOWN', new TestDevice(testLedger).statement()),
      recording('SIGNATURE_INVALID', new TestDevice(testLedger).statement({ kid, seq: 2 })),
      recording('SEQUENCE_USED', device.statement({ payload: observation('urn:epc:id:bic:TCLU4265727') })),
      recording(
        'ERROR_DECLARATION',
        device.statement({ seq: 2, payload: { ...observation(), errorDeclaration: error } }),
      ),
      { ...recording('BATCH_SIZE', ''), input: { statements: [] } },
      refused('NOT_REVOKED', carrier, 'FileLateEvidence', { statements: [device.statement({ seq: 2 })] }),
      refused('NOT_A_CORRECTION', carrier, 'DeclareError', {
        declaration: device.statement({ seq: 2 }),
        corrects: statement,
      }),
    ],
  },
  {
    about: 'keys that are taken, private or not there, and steps that do not follow',
    before: [registered],
    refused: [
      refused('DEVICE_EXISTS', carrier, 'RegisterDevice', { kind, proof }),
      refused('INVALID_KEY', carrier, 'RegisterDevice', { kind, proof: withPrivateKey() }),
      refused('DEVICE_UNKNOWN', carrier, 'SuspendDevice', { ...about, kid: 'A'.repeat(43) }),
      refused('NOT_SUSPENDED', carrier, 'ResumeDevice', { kid }),
      refused('NO_CLAIM', officer, 'ConfirmCompromise', { kid, compromisedSince: { block: 1 } }),
    ],
  },
  {
    about: 'a device that nobody named, and a calibration that is no newer',
    before: [registered, given(carrier, 'RecordCalibration', { requestId: 'cal', kid, ...calibration })],
    refused: [
      recording(
        'DEVICE_NOT_NAMED',
        device.statement({
          seq: 2,
          payload: { ...observation(), 'psg:signedFor': 'urn:epc:id:giai:4000001.111' },
        }),
      ),
      refused('CALIBRATION_OLDER', carrier, 'RecordCalibration', { kid, ...calibration }),
    ],
  },
  {
    about: 'what a suspended key signs, and suspending it twice',
    before: [registered, suspended],
    refused: [
      recording('DEVICE_SUSPENDED', statement),
      refused('DEVICE_SUSPENDED', officer, 'SuspendDevice', about),
    ],
  },
  {
    about: 'what a rotated key signs beyond its end',
    before: [registered, recorded, rotated()],
    refused: [
      recording('DEVICE_ROTATED', device.statement({ seq: 2 })),
      refused('DEVICE_ROTATED', carrier, 'SuspendDevice', about),
    ],
  },
  {
    about: 'what a revoked key signs, and acts as late evidence',
    before: [registered, revoked],
    refused: [
      recording('DEVICE_REVOKED', statement),
      refused('DEVICE_REVOKED', carrier, 'RevokeDevice', about),
      late(
        'NOT_AN_OBSERVATION',
        actEvent({ type: 'ObjectEvent', action: 'ADD', epcList: ['urn:epc:id:bic:CSQU3054383'] }),
      ),
    ],
  },
];
