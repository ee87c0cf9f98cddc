import type { Caller as LedgerCaller } from '@passage/domain';

import type { ActingIdentity, PartyInRole } from '../enrolment/identities.js';
import { gatewayError } from '../errors.js';
import type { GatewayContext } from './context.js';

/** An identity to act with, and what its certificate says. */
export interface Actor {
  readonly identity: ActingIdentity;
  readonly caller: LedgerCaller;
}

/** The caller as a party of this gateway's organisation. Throws `FORBIDDEN`. */
export function actingParty({
  caller,
  organization,
}: GatewayContext): PartyInRole & { readonly ledger: LedgerCaller } {
  requireOwnOrganization(caller.org, organization.name);
  const { party, role } = caller;
  if (party === undefined || role === undefined) {
    throw forbidden('this token names no party and role to act as', 'Get a token with --party and --role.');
  }
  const ledger = {
    mspId: organization.mspId,
    admin: false,
    partyId: party,
    role,
    keyHeldBy: 'gateway',
  } as const;
  return { party, role, ledger };
}

/** The caller's party with its own certificate, enrolled when it first acts. */
export async function partyActor(context: GatewayContext): Promise<Actor> {
  const { ledger, ...who } = actingParty(context);
  return { identity: await context.identities.party(who), caller: ledger };
}

/** The organisation's administrator, for a token that may be one. Throws `FORBIDDEN`. */
export function adminActor({ caller, organization, identities }: GatewayContext): Actor {
  requireOwnOrganization(caller.org, organization.name);
  if (!caller.admin)
    throw forbidden("this needs the organisation's administrator", 'Get a token with --admin.');
  return { identity: identities.admin(), caller: { mspId: organization.mspId, admin: true } };
}

/** @throws FORBIDDEN for a caller of another organisation. */
export function requireOwnOrganization(org: string, own: string): void {
  if (org === own) return;
  throw forbidden(
    `this is the gateway of ${own}; a caller of ${org} may ask here, but not act`,
    `Send it to ${org}'s gateway.`,
  );
}

function forbidden(message: string, next: string): Error {
  return gatewayError('FORBIDDEN', message, { next, status: 403 });
}
