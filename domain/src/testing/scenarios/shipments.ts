import { keys } from '../../state/keys.js';
import { broker, carrier, importer, officer, terminal } from './people.js';
import { answers, does, refuses, type Scenario } from './scenario.js';

const guard = keys.guard('CustomsMSP');

/** Consignments that are split and merged, and travel under a master. */
export const shipmentScenarios: readonly Scenario[] = [
  {
    title: 'a consignment is split to the last package, released in parts, and merged again',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const goods = [
        { hs: '080610', hsEdition: '2022', quantity: 9, unit: { uom: 'KGM', decimals: 0 }, marks: 'Ä/1' },
      ];
      const [one, other, whole] = [`${ucr}-1`, `${ucr}-2`, `${ucr}-3`];
      const split = (requestId: string, quantity: number) => ({
        requestId: id(requestId),
        ucr,
        into: [
          { ucr: one, lines: [{ line: 0, quantity: 4 }] },
          { ucr: other, lines: [{ quantity, line: 0 }] },
        ],
      });
      const all = (of: string): string[] => [keys.shipment(of), keys.customs(of), keys.custody(of)];
      const hold = { requestId: id('h'), ucr: one, legalBasis: 'art. 1', response: '5' };
      const merge = { from: [one, other], ucr: whole };
      const ended = (of: string): string[] => [keys.custody(of), keys.customs(of)];
      return [
        setting.opens({ goods }),
        refuses(importer, 'SplitShipment', split('s1', 6), 'QUANTITY_EXCEEDED'),
        refuses(importer, 'SplitShipment', split('s2', 4), 'QUANTITY_LEFT_OVER'),
        does(importer, 'SplitShipment', split('s3', 5), [...ended(ucr), ...all(one), ...all(other), guard]),
        answers(importer, 'SplitShipment', split('s3', 5)),
        does(officer, 'PlaceHold', hold, [keys.customs(one), keys.hold(one, 1)]),
        refuses(importer, 'MergeShipments', { requestId: id('m1'), ...merge }, 'GOODS_HELD'),
        does(
          officer,
          'ReleaseHold',
          { requestId: id('r'), ucr: one, hold: 1, legalBasis: 'art. 2', response: '4' },
          [keys.customs(one), keys.hold(one, 1)],
        ),
        does(importer, 'MergeShipments', { requestId: id('m2'), ...merge }, [
          ...ended(one),
          ...ended(other),
          ...all(whole),
          guard,
        ]),
        refuses(importer, 'MergeShipments', { ...merge, requestId: id('m3') }, 'SHIPMENT_ENDED'),
      ];
    },
  },
  {
    title: 'a house consignment goes under a master and comes out',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const master = `CARRIER1:${id('MBL')}`;
      const facts = { master, document: '704', carrier: 'CARRIER1', from: 'CNSHA', to: 'geo:35.1,129.04' };
      const houses = (requestId: string) => ({ requestId: id(requestId), master, houses: [ucr] });
      const house = [keys.consolidation(ucr)];
      return [
        setting.opens(),
        refuses(carrier, 'ConsolidateHouses', houses('c1'), 'MASTER_UNKNOWN'),
        refuses(terminal, 'OpenMaster', { requestId: id('o1'), ...facts }, 'ROLE_NOT_HELD'),
        does(carrier, 'OpenMaster', { requestId: id('o2'), ...facts }, [keys.master(master)]),
        does(carrier, 'ConsolidateHouses', houses('c2'), house),
        refuses(carrier, 'ConsolidateHouses', houses('c3'), 'CONSOLIDATED'),
        refuses(terminal, 'DeconsolidateHouses', houses('d1'), 'MAY_NOT_DECONSOLIDATE'),
        does(carrier, 'DeconsolidateHouses', houses('d2'), house),
        refuses(carrier, 'DeconsolidateHouses', houses('d3'), 'NOT_CONSOLIDATED'),
      ];
    },
  },
  {
    title: 'goods in a bonded warehouse go from keeper to keeper until they are released',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const declaration = `BROKER1:${id('D')}`;
      const kind = { hs: '847130', hsEdition: '2017', origin: 'CN' };
      const lines = [{ ...kind, unit: { uom: 'KGM', decimals: 0 }, quantity: 7, packages: 1 }];
      const facts = { declaration, ucr, procedure: 'bonded_warehouse', office: 'KRPUS', lines };
      const place = (requestId: string, version = 1) => ({
        requestId: id(requestId),
        declaration,
        version,
        legalBasis: 'art. 240',
      });
      const offer = (requestId: string, to: string) => ({
        requestId: id(requestId),
        ucr,
        to,
        place: 'KRPUS',
      });
      const accept = (requestId: string, handover: number) => ({ requestId: id(requestId), ucr, handover });
      const moved = (handover: number): string[] => [keys.custody(ucr), keys.handover(ucr, handover)];
      const accepted = { requestId: id('a'), declaration, version: 1 };
      return [
        setting.opens(),
        does(broker, 'LodgeDeclaration', { requestId: id('l'), ...facts }, [keys.declaration(declaration)]),
        refuses(officer, 'PlaceUnderProcedure', place('p1'), 'DECLARATION_NOT_ACCEPTED'),
        does(officer, 'AcceptDeclaration', accepted, [keys.acceptance(declaration), guard]),
        refuses(officer, 'PlaceUnderProcedure', place('p2', 2), 'DECLARATION_CHANGED'),
        does(officer, 'PlaceUnderProcedure', place('p3'), [keys.customs(ucr)]),
        does(carrier, 'OfferHandover', offer('o1', 'TERMINAL1'), moved(1)),
        does(terminal, 'AcceptHandover', accept('t1', 1), moved(1)),
        does(terminal, 'OfferHandover', offer('o2', 'IMPORTER1'), moved(2)),
        refuses(importer, 'AcceptHandover', accept('t2', 2), 'UNDER_CUSTOMS_CONTROL'),
        does(officer, 'ReleaseGoods', { requestId: id('r'), ucr, legalBasis: 'art. 194' }, [
          keys.customs(ucr),
        ]),
        does(importer, 'AcceptHandover', accept('t3', 2), moved(2)),
      ];
    },
  },
];
