import { keys } from '../../state/keys.js';
import { importer, officer } from './people.js';
import { does, refuses, type Scenario } from './scenario.js';

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
];
