import { amend } from '../../declaration/declaration.js';
import {
  declarationFacts,
  declarationOptions,
  type DeclarationFacts,
} from '../../declaration/declaration-record.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { keys } from '../../state/keys.js';
import {
  changeableDeclaration,
  consignmentReads,
  declarationOutcome,
  declaredFacts,
} from './declaration-of.js';
import { partyCommand } from '../define.js';

type AmendDeclarationInput = DeclarationFacts & {
  readonly requestId: string;
  readonly declaration: string;
  readonly reason: string;
};

/** The declarant puts other facts in the place of what it has declared; customs has to accept them anew. */
export const amendDeclaration = partyCommand<AmendDeclarationInput>({
  name: 'AmendDeclaration',
  writes: ['declaration'],
  input: object<AmendDeclarationInput>(
    { requestId, declaration: ownedId, reason, ...declarationFacts },
    declarationOptions,
  ),
  reads: ({ declaration }) => [keys.declaration(declaration)],
  readsThen: ({ declaration }, _, view) => consignmentReads(declaration, view),
  decide(input, actor, view, { timestamp: at }) {
    const before = changeableDeclaration(input.declaration, actor, view);
    const facts = declaredFacts(input, view.get(keys.shipment(before.ucr)));
    return declarationOutcome(amend(before, facts, { at, reason: input.reason }));
  },
});
