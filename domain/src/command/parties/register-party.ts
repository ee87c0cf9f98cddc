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

type RegisterPartyInput = {
  readonly requestId: string;
  readonly partyId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly identifiers?: PartyIdentifiers;
};

/** An admin registers a party of its own organisation, in roles that the organisation may give. */
export const registerParty = adminCommand<RegisterPartyInput>({
  name: 'RegisterParty',
  writes: ['party'],
  input: object<RegisterPartyInput>(
    { requestId, partyId, name, roles: partyRoles },
    { identifiers: partyIdentifiers },
  ),
  reads: ({ partyId }) => [keys.ledger, keys.party(partyId)],
  decide({ partyId, name, roles, identifiers }, { mspId }, view, { timestamp }) {
    const ledger = ledgerOf(view);
    requireMayGive(ledger, mspId, roles);
    if (view.get(keys.party(partyId)) !== undefined) {
      throw new PassageError('PARTY_EXISTS', `A party with the id ${partyId} is registered`, { partyId });
    }
    const party: PartyRecord = {
      v: 1,
      partyId,
      mspId,
      name,
      roles,
      registeredAt: timestamp,
      ...(identifiers && { identifiers }),
    };
    return { writes: [entry(keys.party(partyId), party)], result: { partyId } };
  },
});
