import {
  declarationFacts,
  declarationOptions,
  type DeclarationFacts,
} from '../../declaration/declaration-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { object } from '../../shape/composites.js';
import { requestId } from '../../shape/fields.js';
import { ownedId, requireOwnId } from '../../shape/owned-id.js';
import { ucr } from '../../shipment/fields.js';
import { keys } from '../../state/keys.js';
import { declarationOutcome, declaredFacts } from './declaration-of.js';
import { partyCommand } from '../define.js';
import { requireShipmentParty, shipmentPartyReads } from '../shipments/shipment-party.js';

type LodgeDeclarationInput = DeclarationFacts & {
  readonly requestId: string;
  readonly declaration: string;
  readonly ucr: string;
};

/** A declarant declares a consignment to customs, for a procedure. */
export const lodgeDeclaration = partyCommand<LodgeDeclarationInput>({
  name: 'LodgeDeclaration',
  roles: ['importer', 'exporter', 'forwarder', 'broker', 'carrier', 'warehouse'],
  writes: ['declaration'],
  input: object<LodgeDeclarationInput>(
    { requestId, declaration: ownedId, ucr, ...declarationFacts },
    declarationOptions,
  ),
  reads: ({ declaration, ucr }, who) => [keys.declaration(declaration), ...shipmentPartyReads(ucr, who)],
  decide(input, actor, view, { timestamp }) {
    const { declaration, ucr } = input;
    requireOwnId(declaration, actor.party.partyId, '/declaration');
    if (view.get(keys.declaration(declaration)) !== undefined) {
      throw new PassageError('DECLARATION_EXISTS', `${declaration} was lodged already`, { declaration });
    }
    const facts = declaredFacts(input, requireShipmentParty(ucr, actor, view));
    return declarationOutcome({ v: 1, declaration, ucr, ...facts, lodgedAt: timestamp, version: 1 });
  },
});
