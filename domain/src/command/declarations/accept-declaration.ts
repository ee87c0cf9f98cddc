import { guard } from '../../customs/customs-word.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { requireAcceptable } from '../../declaration/declaration.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { ordinal, requestId } from '../../shape/fields.js';
import { ownedId } from '../../shape/owned-id.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { customsFor, requireStrangerTo, strangerReads } from '../customs/customs-decision.js';
import { knownDeclaration } from './declaration-of.js';
import { partyCommand } from '../define.js';

type AcceptDeclarationInput = {
  readonly requestId: string;
  readonly declaration: string;
  readonly version: number;
};

/** Customs accepts one version of a declaration. The key that says so carries customs' policy from the first time on. */
export const acceptDeclaration = partyCommand<AcceptDeclarationInput>({
  name: 'AcceptDeclaration',
  roles: customsRoles,
  writes: ['acceptance', 'guard'],
  input: object<AcceptDeclarationInput>({ requestId, declaration: ownedId, version: ordinal }, {}),
  reads: ({ declaration }) => [keys.declaration(declaration), keys.acceptance(declaration)],
  readsThen: ({ declaration }, who, view) => {
    const ucr = view.get(keys.declaration(declaration))?.ucr;
    return ucr === undefined ? [] : [keys.customs(ucr), ...strangerReads(ucr, who)];
  },
  decide({ declaration, version }, actor, view, { timestamp: at }) {
    const record = knownDeclaration(declaration, view);
    const { customs } = customsFor(record.ucr, actor, view);
    const by = actor.party.partyId;
    requireStrangerTo(record.ucr, by, view);
    const key = keys.acceptance(declaration);
    const before = view.get(key);
    requireAcceptable(record, version, before);
    const accepted = { v: 1, declaration, version, by, role: actor.role, at } as const;
    return {
      writes:
        before === undefined
          ? [entry(key, accepted, { policy: customsPolicy(customs) }), guard(customs)]
          : [entry(key, accepted)],
      result: { declaration, version },
    };
  },
});
