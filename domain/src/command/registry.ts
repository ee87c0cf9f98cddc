import { PassageError } from '../errors/passage-error.js';
import type { LedgerRecord } from '../party/ledger-record.js';
import { isRole, mayHold, type Role } from '../party/roles.js';
import { keys, type StateKey } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import type { Caller, PartyActor } from './caller.js';

/** The record that `Init` wrote. @throws PassageError LEDGER_NOT_INITIALISED */
export function ledgerOf(view: WorldView): LedgerRecord {
  const ledger = view.get(keys.ledger);
  if (ledger === undefined)
    throw new PassageError('LEDGER_NOT_INITIALISED', 'Init has not run on this ledger');
  return ledger;
}

/** The party id in the caller's certificate. @throws PassageError NOT_A_PARTY */
export function callingPartyId(caller: Caller): string {
  if (caller.partyId === undefined) {
    throw new PassageError('NOT_A_PARTY', 'The certificate of the caller names no party');
  }
  return caller.partyId;
}

/** The keys that `actingParty` reads. */
export function actingPartyReads(caller: Caller): readonly StateKey[] {
  return [keys.ledger, keys.party(callingPartyId(caller))];
}

/**
 * Who acts, once the registry agrees with the certificate: the party is registered, bound to the organisation that issued
 * the certificate, holds the role it acts in, and its organisation may give that role.
 *
 * @param allowed the roles that the act needs; absent where any will do.
 * @throws PassageError LEDGER_NOT_INITIALISED, NOT_A_PARTY, PARTY_UNKNOWN, MSP_MISMATCH or ROLE_NOT_HELD
 */
export function actingParty(caller: Caller, view: WorldView, allowed?: readonly Role[]): PartyActor {
  const ledger = ledgerOf(view);
  const partyId = callingPartyId(caller);
  const party = view.get(keys.party(partyId));
  if (party === undefined) {
    throw new PassageError('PARTY_UNKNOWN', `The party ${partyId} of the certificate is not registered`, {
      partyId,
    });
  }
  if (party.mspId !== caller.mspId) {
    const details = { partyId, mspId: caller.mspId, registeredMspId: party.mspId };
    throw new PassageError(
      'MSP_MISMATCH',
      `${partyId} belongs to ${party.mspId}, not to ${caller.mspId}`,
      details,
    );
  }
  const role = caller.role ?? '';
  const details = { partyId, role, mspId: caller.mspId };
  if (!isRole(role) || !party.roles.includes(role) || !mayHold(ledger.roles, party.mspId, role)) {
    throw new PassageError(
      'ROLE_NOT_HELD',
      `${partyId} does not hold the role "${role}" of its certificate`,
      details,
    );
  }
  if (allowed !== undefined && !allowed.includes(role)) {
    const needed = { ...details, needed: allowed };
    throw new PassageError('ROLE_NOT_HELD', `This needs one of the roles ${allowed.join(', ')}`, needed);
  }
  return { party, role };
}

/** @throws PassageError ROLE_NOT_HELD where the organisation may not give one of the roles */
export function requireMayGive(ledger: LedgerRecord, mspId: string, roles: readonly Role[]): void {
  const denied = roles.filter((role) => !mayHold(ledger.roles, mspId, role));
  if (denied.length === 0) return;
  const message = `Parties of ${mspId} may not hold the role ${denied.join(', ')}`;
  throw new PassageError('ROLE_NOT_HELD', message, { mspId, roles: denied });
}
