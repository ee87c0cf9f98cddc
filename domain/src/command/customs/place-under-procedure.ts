import { legalBasis, paperDecision, type PaperDecision } from '../../customs/decision.js';
import { placeUnder, placingResponse } from '../../customs/regime.js';
import { requireAccepted } from '../../declaration/declaration.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { ordinal, reason, requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { knownDeclaration } from '../declarations/declaration-of.js';
import { partyCommand } from '../define.js';
import { checkPaper, customsFor, decisionOf, requireStrangerTo, strangerReads } from './customs-decision.js';

type PlaceUnderProcedureInput = {
  readonly requestId: string;
  readonly declaration: string;
  readonly version: number;
  readonly legalBasis: string;
  readonly reason?: string;
  readonly paper?: PaperDecision;
};

/** Customs places a consignment under the procedure that an accepted declaration asks for. */
export const placeUnderProcedure = partyCommand<PlaceUnderProcedureInput>({
  name: 'PlaceUnderProcedure',
  roles: customsRoles,
  writes: ['customs'],
  input: object<PlaceUnderProcedureInput>(
    { requestId, declaration: ownedId, version: ordinal, legalBasis },
    { reason, paper: paperDecision },
  ),
  reads: ({ declaration }) => [keys.declaration(declaration), keys.acceptance(declaration)],
  readsThen: ({ declaration }, who, view) => {
    const ucr = view.get(keys.declaration(declaration))?.ucr;
    return ucr === undefined ? [] : [keys.customs(ucr), ...strangerReads(ucr, who)];
  },
  decide(input, actor, view, { timestamp }) {
    const { declaration, version, paper } = input;
    const record = knownDeclaration(declaration, view);
    const { ucr, procedure, lodgedAt } = record;
    const before = customsFor(ucr, actor, view);
    requireStrangerTo(ucr, actor.party.partyId, view);
    requireAccepted(record, version, view.get(keys.acceptance(declaration)));
    checkPaper(paper, timestamp, lodgedAt);
    const placed = decisionOf({ ...input, ucr }, actor, placingResponse(procedure), timestamp);
    const customs = placeUnder(before, { procedure, declaration, version, placed });
    return { writes: [entry(keys.customs(ucr), customs)], result: { ucr, procedure } };
  },
});
