import { PSG_SIGNED_FOR } from '../../epcis/psg.js';
import { keys } from '../../state/keys.js';
import { statementId } from '../../statement/statement-id.js';
import { observation } from '../test-device.js';
import { carrier, officer, seller, terminal } from './people.js';
import { answers, does, records, refuses, type Scenario } from './scenario.js';

export const deviceScenarios: readonly Scenario[] = [
  {
    title: 'a suspended key signs nothing until whoever suspended it, or customs, resumes it',
    scenes: (setting) => {
      const device = setting.device('seal');
      const { kid } = device;
      const key = keys.device(kid);
      const [first, second] = [device.next(), device.next()];
      const [suspend, resume] = ['SuspendDevice', 'ResumeDevice'];
      const about = (requestId: string) => ({ requestId: setting.id(requestId), kid });
      return [
        setting.registers(device),
        records(terminal, [first], [keys.statement(kid, 1)]),
        refuses(seller, suspend, { ...about('1'), reason: 'lost' }, 'NOT_OWNER'),
        does(officer, suspend, { ...about('2'), reason: 'under examination' }, [
          key,
          keys.guard('CustomsMSP'),
        ]),
        refuses(terminal, 'RecordStatements', { statements: [second] }, 'BATCH_REFUSED'),
        answers(terminal, 'RecordStatements', { statements: [first] }),
        refuses(carrier, resume, about('3'), 'CUSTOMS_ONLY'),
        does(officer, resume, about('4'), [key]),
        records(terminal, [second], [keys.statement(kid, 2)]),
      ];
    },
  },
  {
    title: 'a device starts a new epoch, hands over to a new key, and that key is disowned',
    scenes: (setting) => {
      const [device, successor] = [setting.device('old'), setting.device('new')];
      const about = (requestId: string) => ({ requestId: setting.id(requestId), kid: device.kid });
      const first = device.next();
      const rotation = {
        requestId: setting.id('r'),
        proof: successor.proof({ owner: 'CARRIER1', kind: 'gps_eseal' }),
        rotation: device.rotationTo(successor.kid),
      };
      const compromisedSince = { time: '2026-01-01T00:00:01.000Z' };
      const revoked = { requestId: setting.id('v'), kid: successor.kid };
      const [before, late] = [successor.next(), successor.next()];
      const [old, key] = [keys.device(device.kid), keys.device(successor.kid)];
      const file = (requestId: string) => ({ requestId: setting.id(requestId), statements: [late] });
      return [
        setting.registers(device),
        records(terminal, [first], [keys.statement(device.kid, 1)]),
        refuses(carrier, 'StartEpoch', { ...about('1'), after: 1, firstSeq: 1 }, 'EPOCH_TOO_LOW'),
        does(carrier, 'StartEpoch', { ...about('2'), after: 1, firstSeq: 90 }, [old]),
        does(carrier, 'RotateDevice', rotation, [old, key]),
        refuses(terminal, 'RecordStatements', { statements: [device.next()] }, 'BATCH_REFUSED'),
        records(terminal, [before], [keys.statement(successor.kid, 1)]),
        refuses(carrier, 'FileLateEvidence', file('3'), 'BATCH_REFUSED'),
        does(carrier, 'RevokeDevice', { ...revoked, reason: 'stolen', compromisedSince }, [key]),
        refuses(terminal, 'RecordStatements', { statements: [late] }, 'BATCH_REFUSED'),
        does(carrier, 'FileLateEvidence', file('4'), [keys.statement(successor.kid, 2)]),
        does(officer, 'ConfirmCompromise', { ...revoked, compromisedSince }, [key, keys.guard('CustomsMSP')]),
      ];
    },
  },
  {
    title: 'a device is calibrated again, each time for longer, by its owner alone',
    scenes: (setting) => {
      const device = setting.device('scale');
      const { kid } = device;
      const calibration = (requestId: string, from: number, until: number) => ({
        requestId: setting.id(requestId),
        kid,
        calibratedAt: setting.inDays(from),
        calibratedUntil: setting.inDays(until),
      });
      const record = 'RecordCalibration';
      return [
        setting.registers(device, 'weighbridge'),
        refuses(seller, record, calibration('1', -9, 90), 'NOT_OWNER'),
        does(carrier, record, { ...calibration('2', -9, 90), certificate: 'ab'.repeat(32) }, [
          keys.device(kid),
        ]),
        refuses(carrier, record, calibration('3', -8, 90), 'CALIBRATION_OLDER'),
        refuses(carrier, record, calibration('4', -10, 91), 'CALIBRATION_OLDER'),
        refuses(carrier, record, calibration('5', 3, 91), 'INVALID_FIELD'),
        does(carrier, record, calibration('6', -9, 91), [keys.device(kid)]),
      ];
    },
  },
  {
    title: 'an edge signer speaks for the devices that its owner named, and for no other',
    scenes: (setting) => {
      const [signer, seal] = [setting.device('edge'), setting.device('seal')];
      const [named, other] = ['urn:epc:id:giai:4000001.111', 'urn:epc:id:giai:4000001.112'];
      const heard = (device: string) => ({ ...observation(), [PSG_SIGNED_FOR]: device });
      const names = (requestId: string, kid: string, signsFor: readonly string[]) => ({
        requestId: setting.id(requestId),
        kid,
        signsFor,
      });
      const first = signer.statement({ payload: heard(named) });
      return [
        setting.registers(signer, 'edge_signer'),
        setting.registers(seal),
        refuses(terminal, 'RecordStatements', { statements: [first] }, 'BATCH_REFUSED'),
        refuses(seller, 'NameDevices', names('1', signer.kid, [named]), 'NOT_OWNER'),
        refuses(carrier, 'NameDevices', names('2', seal.kid, [named]), 'INVALID_FIELD'),
        does(carrier, 'NameDevices', names('3', signer.kid, [named]), [keys.device(signer.kid)]),
        records(terminal, [first], [keys.statement(signer.kid, 1)]),
        refuses(
          terminal,
          'RecordStatements',
          { statements: [signer.statement({ seq: 2, payload: heard(other) })] },
          'BATCH_REFUSED',
        ),
        records(terminal, [signer.statement({ seq: 3 })], [keys.statement(signer.kid, 3)]),
        does(carrier, 'NameDevices', names('4', signer.kid, [other]), [keys.device(signer.kid)]),
        answers(terminal, 'RecordStatements', { statements: [first] }),
      ];
    },
  },
  {
    title: 'two statements of one key under one number are proof, whoever files them, and suspend the key',
    scenes: (setting) => {
      const device = setting.device('twin');
      const { kid } = device;
      const statements = ['one', 'other'].map((prev) =>
        device.statement({ seq: 9, prev: statementId(prev) }),
      );
      const [one = '', other = ''] = statements;
      const proof = (requestId: string, statements: readonly string[]) => ({
        requestId: setting.id(requestId),
        statements,
      });
      const written = [keys.equivocation(kid, 9), keys.device(kid)];
      return [
        setting.registers(device),
        records(terminal, [one], [keys.statement(kid, 9)]),
        refuses(terminal, 'RecordStatements', { statements: [other] }, 'BATCH_REFUSED'),
        refuses(seller, 'FileEquivocation', proof('1', [one, one]), 'NOT_EQUIVOCATION'),
        does(seller, 'FileEquivocation', proof('2', statements), written),
        does(terminal, 'FileEquivocation', proof('3', statements), []),
        refuses(carrier, 'ResumeDevice', { requestId: setting.id('4'), kid }, 'CUSTOMS_ONLY'),
      ];
    },
  },
];
