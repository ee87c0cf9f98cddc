import type { Role } from '@passage/domain';
import { routeOf } from './route.js';
import type { Declaration } from './declaration.js';

/** Which organisation of the network hosts a party. */
export type Host = 'customs' | 'port' | 'business';

/** A party to be registered, by the admin of its host. */
export interface DemoParty {
  readonly partyId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly host: Host;
}

/** Everyone who has a part in a declaration's shipment. The courier is not registered: it does nothing in this story. */
function partiesOf(declaration: Declaration): DemoParty[] {
  const { importer, declarant, seller } = declaration;
  const { departure, arrival, carrier, departureTerminal, arrivalTerminal, customs, officer } =
    routeOf(declaration);
  return [
    business(importer, `Importer ${importer}`, 'importer'),
    business(declarant, `Customs broker ${declarant}`, 'broker'),
    ...(seller === undefined ? [] : [business(seller, `Seller ${seller}`, 'exporter')]),
    business(carrier, `Demo carrier ${carrier.replace('CARRIER-', '').toLowerCase()}`, 'carrier'),
    terminal(departureTerminal, departure.name),
    terminal(arrivalTerminal, arrival.name),
    { partyId: customs, name: `Customs ${arrival.name}`, roles: ['customs_office'], host: 'customs' },
    { partyId: officer, name: `Officer at ${arrival.name}`, roles: ['customs_officer'], host: 'customs' },
  ];
}

/**
 * The parties of many declarations, each once, in order of first appearance. One that appears in several parts has
 * all their roles.
 */
export function collectParties(declarations: Iterable<Declaration>): DemoParty[] {
  const parties = new Map<string, DemoParty>();
  for (const declaration of declarations) {
    for (const party of partiesOf(declaration)) {
      const known = parties.get(party.partyId);
      parties.set(party.partyId, known === undefined ? party : withRoles(known, party.roles));
    }
  }
  return [...parties.values()];
}

function withRoles(party: DemoParty, roles: readonly Role[]): DemoParty {
  return { ...party, roles: [...new Set([...party.roles, ...roles])] };
}

function business(partyId: string, name: string, role: Role): DemoParty {
  return { partyId, name, roles: [role], host: 'business' };
}

function terminal(partyId: string, place: string): DemoParty {
  return { partyId, name: `Terminal ${place}`, roles: ['terminal_operator'], host: 'port' };
}
