import { legalBasis, paperDecision } from '../../customs/decision.js';
import { releaseGoods as release } from '../../customs/hold.js';
import { customsReads, customsWrites } from '../../customs/refuse-while-held.js';
import { released } from '../../customs/responses.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { keys } from '../../state/keys.js';
import {
  checkPaper,
  customsFor,
  decisionOf,
  requireStrangerTo,
  strangerReads,
  type ReleaseInput,
} from './customs-decision.js';
import { partyCommand } from '../define.js';

/** Customs releases a consignment for home use: the lawful release, after which it is the trader's to move. */
export const releaseGoods = partyCommand<ReleaseInput>({
  name: 'ReleaseGoods',
  roles: customsRoles,
  writes: ['customs', 'guard'],
  input: object<ReleaseInput>({ requestId, ucr, legalBasis }, { reason, paper: paperDecision }),
  reads: ({ ucr }, who) => [...customsReads(ucr), ...strangerReads(ucr, who)],
  decide(input, actor, view, { timestamp }) {
    const { ucr } = input;
    const before = customsFor(ucr, actor, view);
    requireStrangerTo(ucr, actor.party.partyId, view);
    checkPaper(input.paper, timestamp, view.get(keys.shipment(ucr))?.openedAt);
    const customs = release(before, decisionOf(input, actor, released, timestamp));
    return {
      writes: customsWrites(customs, view),
      result: { ucr, decision: customs.latest?.kind ?? '' },
    };
  },
});
