import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import { actEvent } from '../statement-stage.js';
import { observation } from '../test-device.js';
import { broker, carrier, importer, officer, seller, terminal } from './people.js';
import { answers, does, records, refuses, type Scenario } from './scenario.js';

export const disputeScenarios: readonly Scenario[] = [
  {
    title: 'a statement and an act are disputed, answered, ruled on and withdrawn, and both stay as they are',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const device = setting.device('plate reader');
      const statement = device.next(actEvent(observation(), ucr));
      const recorded = keys.statement(device.kid, 1);
      const guard = keys.guard('CustomsMSP');
      const raising = (requestId: string, event: JsonObject) => ({
        requestId: id(requestId),
        ucr,
        event,
        reason: 'Łódź',
      });
      const of = (requestId: string, disputant: string, dispute: string) => ({
        requestId: id(requestId),
        ucr,
        disputant,
        dispute: id(dispute),
      });
      const opening = { act: { by: 'IMPORTER1', requestId: id('open') } };
      const [first, second] = [
        keys.dispute(ucr, 'BROKER1', id('d1')),
        keys.dispute(ucr, 'SELLER1', id('d2')),
      ];
      const upheld = { finding: 'upheld', text: 'the scan shows it' };
      const dismissed = { finding: 'dismissed', commitment: 'A'.repeat(43) };
      const withdrawal = { requestId: id('w1'), ucr, dispute: id('d2'), reason: 'İ' };
      return [
        setting.opens(),
        setting.registers(device, 'plate_reader'),
        refuses(broker, 'RaiseDispute', raising('d0', { statement }), 'STATEMENT_UNKNOWN'),
        records(terminal, [statement], [recorded]),
        refuses(terminal, 'RaiseDispute', raising('d0', { statement }), 'NOT_NAMED'),
        does(broker, 'RaiseDispute', raising('d1', { statement }), [first]),
        refuses(importer, 'AnswerDispute', { ...of('a0', 'BROKER1', 'd1'), ...upheld }, 'NOT_CUSTODIAN'),
        does(carrier, 'AnswerDispute', { ...of('a1', 'BROKER1', 'd1'), ...dismissed }, [first]),
        refuses(carrier, 'AnswerDispute', { ...of('a2', 'BROKER1', 'd1'), ...upheld }, 'DISPUTE_CLOSED'),
        refuses(carrier, 'RuleOnDispute', { ...of('r0', 'BROKER1', 'd1'), ...upheld }, 'ROLE_NOT_HELD'),
        does(officer, 'RuleOnDispute', { ...of('r1', 'BROKER1', 'd1'), ...upheld }, [
          keys.ruling(ucr, 'BROKER1', id('d1')),
          guard,
        ]),
        answers(seller, 'GetRuling', { ucr, disputant: 'BROKER1', dispute: id('d1') }),
        does(seller, 'RaiseDispute', raising('d2', opening), [second]),
        refuses(broker, 'WithdrawDispute', withdrawal, 'DISPUTE_UNKNOWN'),
        does(seller, 'WithdrawDispute', withdrawal, [second]),
        refuses(officer, 'RuleOnDispute', { ...of('r2', 'SELLER1', 'd2'), ...upheld }, 'DISPUTE_CLOSED'),
        answers(carrier, 'GetStatement', { kid: device.kid, seq: 1 }),
      ];
    },
  },
];
