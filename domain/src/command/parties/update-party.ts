import { PassageError } from '../../errors/passage-error.js';
import {
  partyIdentifiers,
  partyRoles,
  type PartyIdentifiers,
  type PartyRecord,
} from '../../party/party-record.js';
import type { Role } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { name, partyId, requestId } from '../../shape/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { adminCommand } from '../define.js';
import { ledgerOf, requireMayGive } from '../registry.js';

type UpdatePartyInput = {
  readonly requestId: string;
  readonly partyId: string;
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly identifiers?: PartyIdentifiers;
};

/**
 * An admin changes the record of a party of its own organisation. What is given replaces what was there; a role that is not
 * in the new list is withdrawn, and whatever the party did in it stays.
 */
export const updateParty = adminCommand<UpdatePartyInput>({
  name: 'UpdateParty',
  writes: ['party'],
  input: object<UpdatePartyInput>(
    { requestId, partyId },
    { name, roles: partyRoles, identifiers: partyIdentifiers },
  ),
  reads: ({ partyId }) => [keys.ledger, keys.party(partyId)],
  decide({ partyId, name, roles, identifiers }, { mspId }, view, { timestamp }) {
    const ledger = ledgerOf(view);
    const party = view.get(keys.party(partyId));
    if (party === undefined) {
      throw new PassageError('PARTY_UNKNOWN', `The party ${partyId} is not registered`, { partyId });
    }
    if (party.mspId !== mspId) {
      const details = { partyId, mspId, registeredMspId: party.mspId };
      throw new PassageError('MSP_MISMATCH', `${partyId} belongs to ${party.mspId}`, details);
    }
    requireMayGive(ledger, mspId, roles ?? []);
    const updated: PartyRecord = {
      ...party,
      ...(name !== undefined && { name }),
      ...(roles && { roles }),
      ...(identifiers && { identifiers }),
      updatedAt: timestamp,
    };
    return { writes: [entry(keys.party(partyId), updated)], result: { partyId } };
  },
});
