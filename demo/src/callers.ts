import { openLocalIssuer } from '@passage/gateway-api';
import { type Layout, type Organization } from '@passage/network-control';
import type { Role } from '@passage/domain';
import type { Host } from './declarations/index.js';
import { type GraphQLClient, graphqlClient } from './graphql-client.js';

/** Everybody who can speak to a gateway in the demo, with a token of the local issuer. */
export interface Callers {
  /** A party in one of its roles, at its host's gateway. */
  party(host: Host, party: string, role: Role): GraphQLClient;
  /** An organisation's administrator. */
  admin(host: Host): GraphQLClient;
}

export const gatewayUrl = (at: Layout, organization: Organization): string =>
  `http://127.0.0.1:${String(at.port(organization, 'gateway'))}/graphql`;

/** Opens the local issuer of a running network; tokens are made when a caller first speaks, and kept. */
export async function openCallers(at: Layout): Promise<Callers> {
  const issuer = await openLocalIssuer(at.dir);
  const clients = new Map<string, GraphQLClient>();
  const client = (host: Host, claims: { party?: string; role?: Role; admin: boolean }): GraphQLClient => {
    const key = JSON.stringify([host, claims]);
    const known = clients.get(key);
    if (known !== undefined) return known;
    const token = issuer.token({ org: host, ...claims });
    const made: GraphQLClient = async (query, variables, afterBlock) =>
      graphqlClient(gatewayUrl(at, host), await token)(query, variables, afterBlock);
    clients.set(key, made);
    return made;
  };
  return {
    party: (host, party, role) => client(host, { party, role, admin: false }),
    admin: (host) => client(host, { admin: true }),
  };
}
