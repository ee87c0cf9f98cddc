import { keys } from '../../state/keys.js';
import { readStatement } from '../../statement/read-statement.js';
import { actEvent } from '../statement-stage.js';
import { observation } from '../test-device.js';
import { carrier, seller, terminal } from './people.js';
import { does, records, refuses, type Scenario } from './scenario.js';

export const correctionScenarios: readonly Scenario[] = [
  {
    title: 'a device tells a wrong event, then the right one, and its owner declares the error',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const device = setting.device('camera');
      const event = { ...actEvent(observation(), ucr), eventID: `urn:passage:test:${id('event')}` };
      const [corrects, right] = [
        device.next(event),
        device.next(actEvent(observation('urn:epc:id:bic:TCLU4265727'), ucr)),
      ];
      const errorDeclaration = {
        declarationTime: '2026-01-31T13:00:00Z',
        reason: 'incorrect_data',
        correctiveEventIDs: [readStatement(right).statementId],
      };
      const declaration = device.next({ ...event, errorDeclaration });
      const [first, second, third] = [1, 2, 3].map((seq) => keys.statement(device.kid, seq));
      const input = (requestId: string, correctives: readonly string[] = [right]) => ({
        requestId: id(requestId),
        declaration,
        corrects,
        correctives: [...correctives],
      });
      return [
        setting.opens(),
        setting.registers(device, 'ocr_camera'),
        records(terminal, [corrects], [first ?? '']),
        refuses(carrier, 'DeclareError', input('e0'), 'STATEMENT_UNKNOWN'),
        records(terminal, [right], [second ?? '']),
        refuses(seller, 'DeclareError', input('e1'), 'NOT_OWNER'),
        refuses(carrier, 'DeclareError', input('e2', []), 'CORRECTION_MISMATCH'),
        refuses(terminal, 'RecordStatements', { statements: [declaration] }, 'BATCH_REFUSED'),
        does(carrier, 'DeclareError', input('e3'), [third ?? '']),
      ];
    },
  },
];
