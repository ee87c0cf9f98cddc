import { withdraw } from '../../declaration/declaration.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { keys } from '../../state/keys.js';
import { changeableDeclaration, consignmentReads, declarationOutcome } from './declaration-of.js';
import { partyCommand } from '../define.js';

type WithdrawDeclarationInput = {
  readonly requestId: string;
  readonly declaration: string;
  readonly reason: string;
};

/** The declarant takes its declaration back, before customs has decided on the goods. */
export const withdrawDeclaration = partyCommand<WithdrawDeclarationInput>({
  name: 'WithdrawDeclaration',
  writes: ['declaration'],
  input: object<WithdrawDeclarationInput>({ requestId, declaration: ownedId, reason }, {}),
  reads: ({ declaration }) => [keys.declaration(declaration)],
  readsThen: ({ declaration }, _, view) => consignmentReads(declaration, view),
  decide: ({ declaration, reason }, actor, view, { timestamp: at }) =>
    declarationOutcome(withdraw(changeableDeclaration(declaration, actor, view), { at, reason })),
});
