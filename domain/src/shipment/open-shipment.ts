import type { ErrorCode } from '../errors/codes.js';
import type { Violation } from '../errors/violations.js';
import { parseUcr } from '../identifiers/index.js';
import { pointerTo } from '../json/pointer.js';
import type { ShipmentParties } from './shipment-record.js';

/** What a shipment is opened with, as far as the ledger can say anything about it. */
export type Opening = {
  readonly ucr: string;
  readonly parties: ShipmentParties;
  readonly custodian: string;
};

/** One thing that stands against an opening, under the code that it would have alone. */
export type OpeningViolation = Violation & { readonly code: ErrorCode };

/** The parties that an opening names: where it names them, and whom. */
export function namedParties({
  parties,
  custodian,
}: Opening): readonly { readonly pointer: string; readonly partyId: string }[] {
  const inRoles = Object.entries(parties).map(([role, partyId]) => ({
    pointer: pointerTo('/parties', role),
    partyId,
  }));
  return [...inRoles, { pointer: '/custodian', partyId: custodian }];
}

/**
 * Everything that stands against opening a shipment, in one list.
 *
 * @param opener the party that opens; the trader part of the UCR must be its id, so that nobody uses up another's numbers.
 * @param exists whether the UCR was opened before.
 * @param isRegistered whether the registry has a party.
 */
export function openingViolations(
  opening: Opening,
  opener: string,
  exists: boolean,
  isRegistered: (partyId: string) => boolean,
): readonly OpeningViolation[] {
  const { trader } = parseUcr(opening.ucr);
  const violations: OpeningViolation[] = [];
  if (trader !== opener) {
    const message = `names the trader ${trader}, but ${opener} opens the shipment`;
    violations.push({ pointer: '/ucr', code: 'UCR_NOT_YOURS', message });
  }
  if (exists) violations.push({ pointer: '/ucr', code: 'SHIPMENT_EXISTS', message: 'was opened already' });
  for (const { pointer, partyId } of namedParties(opening)) {
    if (isRegistered(partyId)) continue;
    violations.push({ pointer, code: 'PARTY_UNKNOWN', message: `the party ${partyId} is not registered` });
  }
  return violations;
}
