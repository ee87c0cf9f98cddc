import { PassageError } from '../../errors/passage-error.js';
import { isCustoms, roles, type Role } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { partyId, requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { requireStanding } from '../../shipment/ending.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import { partyCommand } from '../define.js';

type NamePartyInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly partyId: string;
  readonly role: Role;
};

/** Consignor, custodian or customs name a further party of a consignment: being named gives sight of it. */
export const nameParty = partyCommand<NamePartyInput>({
  name: 'NameParty',
  writes: ['naming'],
  input: object<NamePartyInput>({ requestId, ucr, partyId, role: oneOf(roles) }, {}),
  reads: ({ ucr, partyId }) => [
    keys.shipment(ucr),
    keys.custody(ucr),
    keys.party(partyId),
    keys.naming(ucr, partyId),
  ],
  decide({ ucr, partyId, role }, actor, view, { timestamp }) {
    requireMayName(ucr, actor, view);
    const named = view.get(keys.party(partyId));
    if (named === undefined) {
      throw new PassageError('PARTY_UNKNOWN', `The party ${partyId} is not registered`, {
        partyId,
        pointer: '/partyId',
      });
    }
    if (!named.roles.includes(role)) {
      throw new PassageError('ROLE_NOT_HELD', `${partyId} does not hold the role ${role}`, { partyId, role });
    }
    const key = keys.naming(ucr, partyId);
    if (view.get(key) !== undefined) {
      throw new PassageError('PARTY_NAMED', `${partyId} is named in ${ucr} already`, { ucr, partyId });
    }
    const namedBy = actor.party.partyId;
    return {
      writes: [entry(key, { v: 1, ucr, partyId, role, namedBy, namedAt: timestamp })],
      result: { ucr, partyId },
    };
  },
});

/** The consignor is the seller or, where none is named, whoever opened the shipment. @throws PassageError SHIPMENT_UNKNOWN, SHIPMENT_ENDED, MAY_NOT_NAME */
function requireMayName(ucr: string, { party, role }: PartyActor, view: WorldView): void {
  const shipment = view.get(keys.shipment(ucr));
  const custody = view.get(keys.custody(ucr));
  if (shipment === undefined || custody === undefined) {
    throw new PassageError('SHIPMENT_UNKNOWN', `No shipment ${ucr} was opened`, { ucr });
  }
  requireStanding(custody);
  const consignor = shipment.parties.seller ?? shipment.opener;
  const { custodian } = custody;
  if ([consignor, custodian].includes(party.partyId) || isCustoms(role)) return;
  throw new PassageError('MAY_NOT_NAME', `${party.partyId} may not name parties of ${ucr}`, {
    ucr,
    consignor,
    custodian,
  });
}
