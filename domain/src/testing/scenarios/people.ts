import type { Caller } from '../../command/caller.js';
import type { Role } from '../../party/roles.js';
import { adminCaller, certifier, opening, partyCaller, registerCertifier, type Play } from '../cast.js';

export { certifier };

export const importer = partyCaller('IMPORTER1');
export const seller = partyCaller('SELLER1');
export const broker = partyCaller('BROKER1');
export const carrier = partyCaller('CARRIER1');
export const officer = partyCaller('OFFICER1');
export const terminal = partyCaller('TERMINAL1');

/** Who plays in scenarios besides the cast. */
export const colleague = another('OFFICER2', 'CustomsMSP', 'customs_officer');
export const agency = another('AGENCY1', 'CustomsMSP', 'permit_agency');

/** Everyone who acts in a scenario. */
export const people: readonly Caller[] = [
  importer,
  seller,
  broker,
  carrier,
  officer,
  terminal,
  colleague,
  agency,
  certifier,
];

/** The transactions before the first scenario: a ledger that knows everyone. */
export function prologue(ledger: string): readonly Play[] {
  return [...opening(ledger), registerCertifier, ...[colleague, agency].map(registration)];
}

function another(partyId: string, mspId: string, role: Role): Caller {
  return { mspId, admin: false, partyId, role, keyHeldBy: 'gateway' };
}

function registration({ mspId, partyId = '', role = '' }: Caller): Play {
  const input = { requestId: `register-${partyId}`, partyId, name: `Office ${partyId}`, roles: [role] };
  return { caller: adminCaller(mspId), name: 'RegisterParty', input };
}
