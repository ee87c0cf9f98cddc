import { keys } from '../../state/keys.js';
import { carrier, importer, officer, seller, terminal } from './people.js';
import { answers, does, records, refuses, type Scenario } from './scenario.js';

/** A commitment to a plate; nobody opens it here. */
const plateCommitment = 'A'.repeat(43);

export const handoverScenarios: readonly Scenario[] = [
  {
    title: 'custody moves when the party accepts that the goods were offered to, and only then',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const offer = (requestId: string) => ({
        requestId: id(requestId),
        ucr,
        to: 'TERMINAL1',
        place: 'KRPUS',
      });
      const answer = (requestId: string, handover: number) => ({ requestId: id(requestId), ucr, handover });
      const written = (handover: number) => [keys.custody(ucr), keys.handover(ucr, handover)];
      return [
        setting.opens(),
        refuses(terminal, 'OfferHandover', offer('1'), 'NOT_CUSTODIAN'),
        does(carrier, 'OfferHandover', offer('2'), written(1)),
        refuses(carrier, 'OfferHandover', offer('3'), 'HANDOVER_OPEN'),
        refuses(seller, 'AcceptHandover', answer('4', 1), 'NOT_RECIPIENT'),
        does(terminal, 'RejectHandover', { ...answer('5', 1), reason: 'Größe İ' }, written(1)),
        refuses(terminal, 'AcceptHandover', answer('6', 1), 'HANDOVER_CLOSED'),
        does(carrier, 'OfferHandover', offer('7'), written(2)),
        refuses(terminal, 'WithdrawHandover', { ...answer('8', 2), reason: 'ß' }, 'NOT_OFFERER'),
        does(carrier, 'WithdrawHandover', { ...answer('9', 2), reason: 'ß' }, written(2)),
        does(carrier, 'OfferHandover', offer('10'), written(3)),
        does(terminal, 'AcceptHandover', answer('11', 3), written(3)),
        refuses(carrier, 'OfferHandover', offer('12'), 'NOT_CUSTODIAN'),
        answers(importer, 'GetCustody', { ucr }),
      ];
    },
  },
  {
    title: 'goods are released to one carrier once, taken over with differences, and witnessed',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const device = setting.device('camera');
      const { kid } = device;
      const release = (requestId: string) => ({
        requestId: id(requestId),
        ucr,
        carrier: 'CARRIER1',
        plateCommitment,
        place: 'KRPUS',
      });
      const stated = { seals: ['Z9', 'A1'], weight: { unit: 'KGM', value: 12 }, condition: 'İ' };
      const offer = { ucr, to: 'CARRIER1', place: 'KRPUS', release: id('p1'), stated };
      const [custody, handover] = [keys.custody(ucr), keys.handover(ucr, 1)];
      const accept = { ucr, handover: 1, differences: { seals: ['A1'] }, witness: { kid, seq: 1 } };
      const attach = (requestId: string, seq: number) => ({
        requestId: id(requestId),
        ucr,
        handover: 1,
        witness: { kid, seq },
      });
      const withdrawn = { requestId: id('w'), ucr, release: id('p2'), reason: 'İ' };
      return [
        setting.opens({ custodian: 'TERMINAL1' }),
        setting.registers(device),
        records(seller, [device.next(), device.next()], [keys.statement(kid, 1), keys.statement(kid, 2)]),
        refuses(carrier, 'ReleaseToCarrier', release('p0'), 'NOT_CUSTODIAN'),
        does(terminal, 'ReleaseToCarrier', release('p1'), [keys.pickup(ucr, id('p1'))]),
        does(terminal, 'ReleaseToCarrier', release('p2'), [keys.pickup(ucr, id('p2'))]),
        does(terminal, 'WithdrawRelease', withdrawn, [keys.pickup(ucr, id('p2'))]),
        refuses(
          terminal,
          'OfferHandover',
          { ...offer, requestId: id('o0'), release: id('p2') },
          'RELEASE_CLOSED',
        ),
        does(terminal, 'OfferHandover', { ...offer, requestId: id('o1') }, [custody, handover]),
        does(carrier, 'AcceptHandover', { ...accept, requestId: id('a1') }, [
          custody,
          handover,
          keys.pickup(ucr, id('p1')),
          keys.witness(ucr, 1, kid, 1),
        ]),
        refuses(seller, 'AttachWitness', attach('t1', 2), 'MAY_NOT_WITNESS'),
        does(officer, 'AttachWitness', attach('t2', 2), [keys.witness(ucr, 1, kid, 2)]),
        refuses(terminal, 'AttachWitness', attach('t3', 1), 'WITNESS_ATTACHED'),
      ];
    },
  },
];
