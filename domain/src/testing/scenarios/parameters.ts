import { keys } from '../../state/keys.js';
import { adminCaller } from '../cast.js';
import { officer } from './people.js';
import { does, refuses, type Scenario } from './scenario.js';

const [customs, port, business] = [
  adminCaller('CustomsMSP'),
  adminCaller('PortMSP'),
  adminCaller('BusinessMSP'),
] as const;

/** It changes what alerts alone look at, so that no other scenario is judged otherwise. */
export const parameterScenarios: readonly Scenario[] = [
  {
    title: 'other parameters come into force when customs and two others approve, and not before',
    scenes: ({ id }) => {
      const [proposal, another] = [id('p'), id('q')];
      const guard = keys.guard('CustomsMSP');
      const change = { requestId: proposal, changes: { topSpeed: 900 }, reason: 'no aircraft is faster' };
      const other = { requestId: another, changes: { topSpeed: 800 }, reason: 'to be on the safe side' };
      const word = (request: string) => ({ requestId: id(request), proposedBy: 'PortMSP', proposal });
      const approval = (mspId: string) => keys.approval('PortMSP', proposal, mspId);
      const inForce = [keys.ledger, guard, keys.parameters(1), keys.proposal('PortMSP', proposal)];
      return [
        refuses(officer, 'ProposeParameters', change, 'NOT_ADMIN'),
        does(port, 'ProposeParameters', change, [keys.proposal('PortMSP', proposal)]),
        does(customs, 'RejectParameters', { ...word('1'), reason: 'not yet' }, [
          approval('CustomsMSP'),
          guard,
        ]),
        does(customs, 'ApproveParameters', word('2'), [approval('CustomsMSP')]),
        does(port, 'ApproveParameters', word('3'), [approval('PortMSP')]),
        refuses(port, 'ApproveParameters', word('4'), 'WORD_GIVEN'),
        does(business, 'ApproveParameters', word('5'), [approval('BusinessMSP'), ...inForce]),
        refuses(business, 'RejectParameters', { ...word('6'), reason: 'too late' }, 'PROPOSAL_CLOSED'),
        does(business, 'ProposeParameters', other, [keys.proposal('BusinessMSP', another)]),
        does(business, 'WithdrawParameters', { requestId: id('7'), proposal: another }, [
          keys.proposal('BusinessMSP', another),
        ]),
      ];
    },
  },
];
