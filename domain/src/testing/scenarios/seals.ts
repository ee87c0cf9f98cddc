import { keys } from '../../state/keys.js';
import { actEvent } from '../statement-stage.js';
import { carrier, officer, seller, terminal } from './people.js';
import { does, records, refuses, type Scenario } from './scenario.js';

export const sealScenarios: readonly Scenario[] = [
  {
    title: 'a container is packed by a statement, sealed, checked, sealed anew and opened',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const device = setting.device('terminal system');
      const unit = 'container:CSQU3054383';
      const packing = actEvent({
        type: 'AggregationEvent',
        action: 'ADD',
        parentID: 'urn:epc:id:bic:CSQU3054383',
        childEPCs: [`urn:passage:ucr:${ucr}`],
      });
      const [z, a] = [keys.seal(unit, id('Z')), keys.seal(unit, id('A'))];
      const act = (requestId: string, seal: string) => ({
        requestId: id(requestId),
        unit,
        ucr,
        seal: id(seal),
      });
      return [
        setting.opens(),
        setting.registers(device, 'business_system'),
        refuses(carrier, 'FitSeal', { ...act('f0', 'Z'), type: 'BLT' }, 'NOT_INSIDE'),
        records(
          terminal,
          [device.next(packing)],
          [keys.containment(unit, ucr), keys.statement(device.kid, 1)],
        ),
        refuses(seller, 'FitSeal', { ...act('f1', 'Z'), type: 'BLT' }, 'NOT_CUSTODIAN'),
        does(carrier, 'FitSeal', { ...act('f2', 'Z'), type: 'BLT' }, [z]),
        refuses(carrier, 'FitSeal', { ...act('f3', 'Z'), type: 'BLT' }, 'SEAL_USED'),
        does(officer, 'CheckSeal', { ...act('f4', 'Z'), finding: 'intact' }, [
          keys.sealcheck(unit, id('Z'), 'OFFICER1', id('f4')),
        ]),
        does(carrier, 'ReplaceSeal', { ...act('f5', 'Z'), by: id('A'), reason: 'İ' }, [a, z]),
        refuses(carrier, 'OpenSeal', { ...act('f6', 'Z'), reason: 'ß' }, 'SEAL_REMOVED'),
        does(carrier, 'OpenSeal', { ...act('f7', 'A'), reason: 'ß' }, [a]),
        refuses(carrier, 'OpenSeal', { ...act('f8', 'A'), reason: 'ß' }, 'SEAL_OPENED'),
        does(carrier, 'RemoveSeal', { ...act('f9', 'A'), reason: 'ß' }, [a]),
      ];
    },
  },
];
