import { keys } from '../../state/keys.js';
import { observation } from '../test-device.js';
import { agency, broker, carrier, colleague, importer, officer, terminal } from './people.js';
import { does, records, refuses, type Scenario } from './scenario.js';

const guard = keys.guard('CustomsMSP');

export const customsScenarios: readonly Scenario[] = [
  {
    title: 'held goods are offered but not taken over, and what is seen of them is recorded all the same',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const device = setting.device('camera');
      const about = { ucr, legalBasis: 'art. 188 Größe' };
      const [customs, custody, handover] = [keys.customs(ucr), keys.custody(ucr), keys.handover(ucr, 1)];
      const hold = { requestId: id('h1'), ...about, response: '5' };
      const accept = (requestId: string) => ({ requestId: id(requestId), ucr, handover: 1 });
      const release = { requestId: id('h2'), ...about, hold: 1, response: '9' };
      const offer = { requestId: id('o1'), ucr, to: 'TERMINAL1', place: 'KRPUS' };
      return [
        setting.opens(),
        setting.registers(device),
        refuses(importer, 'PlaceHold', hold, 'ROLE_NOT_HELD'),
        does(officer, 'PlaceHold', hold, [customs, keys.hold(ucr, 1)]),
        does(carrier, 'OfferHandover', offer, [custody, handover]),
        refuses(terminal, 'AcceptHandover', accept('a1'), 'GOODS_HELD'),
        records(terminal, [device.next(observation())], [keys.statement(device.kid, 1)]),
        refuses(agency, 'ReleaseHold', release, 'NOT_YOUR_HOLD'),
        does(colleague, 'ReleaseHold', release, [customs, keys.hold(ucr, 1)]),
        refuses(officer, 'ReleaseHold', { ...release, requestId: id('h3') }, 'HOLD_LIFTED'),
        does(terminal, 'AcceptHandover', accept('a2'), [custody, handover]),
      ];
    },
  },
  {
    title: 'a missing permit and a detained unit end in one lawful release',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const about = { ucr, legalBasis: 'art. 188' };
      const units = ['container:CSQU3054383'];
      const permit = { requestId: id('h1'), ...about, response: '6', permit: 'CITES' };
      const tomorrow = { document: 'P-1', at: setting.inDays(2) };
      const customs = keys.customs(ucr);
      const goods = { requestId: id('h5'), ...about };
      return [
        setting.opens(),
        does(agency, 'PlaceHold', permit, [customs, keys.hold(ucr, 1)]),
        does(officer, 'DetainGoods', { requestId: id('h2'), ...about, units }, [customs, keys.hold(ucr, 2)]),
        refuses(officer, 'ReleaseGoods', { requestId: id('h0'), ...about }, 'GOODS_HELD'),
        does(agency, 'ReleaseHold', { requestId: id('h3'), ...about, hold: 1, response: '9' }, [
          customs,
          keys.hold(ucr, 1),
        ]),
        does(colleague, 'ReleaseHold', { requestId: id('h4'), ...about, hold: 2, response: '8', units }, [
          customs,
          keys.hold(ucr, 2),
        ]),
        refuses(officer, 'ReleaseGoods', { ...goods, paper: tomorrow }, 'INVALID_FIELD'),
        does(officer, 'ReleaseGoods', goods, [customs]),
        refuses(officer, 'ReleaseGoods', { requestId: id('h6'), ...about }, 'GOODS_RELEASED'),
      ];
    },
  },
  {
    title: 'a declaration is lodged, accepted as it stands, amended and withdrawn',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const declaration = `BROKER1:${id('D')}`;
      const unit = { decimals: 0, uom: 'KGM' };
      const line = { hs: '847130', hsEdition: '2017', origin: 'CN', unit, quantity: 9, packages: 1 };
      const facts = { procedure: 'import', office: 'KRPUS', lines: [line] };
      const [key, acceptance] = [keys.declaration(declaration), keys.acceptance(declaration)];
      const about = (requestId: string) => ({ requestId: id(requestId), declaration });
      return [
        setting.opens(),
        refuses(carrier, 'LodgeDeclaration', { ...about('1'), ucr, ...facts }, 'ID_NOT_YOURS'),
        does(broker, 'LodgeDeclaration', { ...about('2'), ucr, ...facts }, [key]),
        refuses(broker, 'AcceptDeclaration', { ...about('3'), version: 1 }, 'ROLE_NOT_HELD'),
        does(officer, 'AcceptDeclaration', { ...about('4'), version: 1 }, [acceptance, guard]),
        refuses(officer, 'AcceptDeclaration', { ...about('5'), version: 1 }, 'DECLARATION_ACCEPTED'),
        does(broker, 'AmendDeclaration', { ...about('6'), reason: 'İ', ...facts }, [key]),
        refuses(officer, 'AcceptDeclaration', { ...about('7'), version: 1 }, 'DECLARATION_CHANGED'),
        does(broker, 'WithdrawDeclaration', { ...about('8'), reason: 'ß' }, [key]),
        refuses(officer, 'AcceptDeclaration', { ...about('9'), version: 2 }, 'DECLARATION_WITHDRAWN'),
      ];
    },
  },
];
