import { keys } from '../../state/keys.js';
import { imageHash, scanEvent } from '../scan-event.js';
import { carrier, colleague, importer, officer } from './people.js';
import { does, records, refuses, type Scenario } from './scenario.js';

const guard = keys.guard('CustomsMSP');

/** What customs does before it decides. */
export const controlScenarios: readonly Scenario[] = [
  {
    title: 'a risk is assessed by rules that add up, and assessed anew',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const contributions = [
        { rule: 'b.high', points: 40, reason: 'ß' },
        { reason: 'İ', points: -15, rule: 'a.aeo' },
      ];
      const risk = { ucr, rules: { version: '1', name: 'import' }, score: 25, contributions };
      const assessment = (requestId: string) => ({ requestId: id(requestId), ...risk });
      const about = { declaration: 'BROKER1:none', version: 1 };
      return [
        setting.opens(),
        refuses(importer, 'AssessRisk', assessment('1'), 'ROLE_NOT_HELD'),
        refuses(officer, 'AssessRisk', { ...assessment('2'), score: 24 }, 'INVALID_FIELD'),
        refuses(officer, 'AssessRisk', { ...assessment('3'), about }, 'DECLARATION_UNKNOWN'),
        does(officer, 'AssessRisk', assessment('4'), [keys.risk(ucr), guard]),
        does(officer, 'AssessRisk', { ...assessment('5'), score: 0, contributions: [] }, [keys.risk(ucr)]),
      ];
    },
  },
  {
    title: 'a container is scanned, analyst and program differ, and a second officer decides',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const unit = 'container:CSQU3054383';
      const scanner = setting.device('scanner');
      const statement = scanner.next(scanEvent());
      const [customs, inspection] = [keys.customs(ucr), keys.inspection(ucr, 1)];
      const step = (requestId: string) => ({ requestId: id(requestId), ucr, inspection: 1 });
      const order = { requestId: id('1'), ucr, legalBasis: 'art. 188', kind: 'scan', to: 'CARRIER1' };
      const model = { id: 'cargo-net', version: '4.1' };
      const image = { image: imageHash, model };
      const opinion = (result: string) => ({ result, reason: 'Größe' });
      const release = (requestId: string) => ({ requestId: id(requestId), ucr, legalBasis: 'art. 194' });
      return [
        setting.opens(),
        setting.registers(scanner, 'xray_scanner'),
        does(officer, 'OrderInspection', { ...order, deadline: setting.inDays(2) }, [customs, inspection]),
        refuses(importer, 'AnswerInspection', { ...step('2'), answer: 'acknowledged' }, 'NOT_ADDRESSEE'),
        does(carrier, 'AnswerInspection', { ...step('3'), answer: 'acknowledged' }, [
          keys.acknowledgement(ucr, 1),
        ]),
        refuses(carrier, 'AnchorImage', { ...step('4'), unit, statement }, 'INSPECTION_STEP'),
        does(officer, 'ChooseUnits', { ...step('5'), units: [unit] }, [inspection]),
        refuses(carrier, 'AnchorImage', { ...step('6'), unit, statement }, 'STATEMENT_UNKNOWN'),
        records(carrier, [statement], [keys.statement(scanner.kid, 1)]),
        does(carrier, 'AnchorImage', { ...step('7'), unit, statement }, [inspection]),
        does(officer, 'RecordReading', { ...step('8'), ...image, result: 'non_conforming' }, [inspection]),
        does(officer, 'JudgeInspection', { ...step('9'), ...opinion('conforming') }, [customs, inspection]),
        refuses(officer, 'ReviewInspection', { ...step('10'), ...opinion('conforming') }, 'OTHER_OFFICER'),
        does(colleague, 'ReviewInspection', { ...step('11'), ...opinion('non_conforming') }, [
          customs,
          inspection,
        ]),
        does(officer, 'DisposeInspection', { ...step('12'), disposition: 'release_recommended' }, [
          customs,
          inspection,
        ]),
        does(officer, 'ReleaseGoods', release('13'), [customs]),
        refuses(officer, 'ReleaseGoods', release('14'), 'SECOND_OFFICER'),
        does(colleague, 'ReleaseGoods', release('15'), [customs]),
      ];
    },
  },
];
