import { join } from 'node:path';

import { openLocalIssuer } from '@passage/gateway-api';

import type { BenchNetwork } from './bench-network.js';
import { type GraphQL, graphqlClient } from './graphql-client.js';
import { type IdentityFiles, plainClient, type PlainClient } from './plain-client.js';
import { type BenchOrganization, organizationOf } from './profile.js';

/** Whose gateway and peer are measured. */
const ORGANIZATION = 'business';

/** A party of the organisation, and the role in which it acts. */
export interface ActingParty {
  readonly party: string;
  readonly role: 'warehouse' | 'importer';
}

/** Both ways to the same peer, for the same identity: through our gateway, and with the plain client. */
export interface Ways {
  readonly graphql: GraphQL;
  readonly plain: PlainClient;
}

/** A running network with what is needed to speak to one organisation of it. */
export class Stage {
  readonly network: BenchNetwork;
  readonly #organization: BenchOrganization;
  readonly #open: PlainClient[] = [];

  constructor(network: BenchNetwork) {
    this.network = network;
    this.#organization = organizationOf(network.layout, ORGANIZATION);
  }

  /** As the organisation's administrator: the same certificate both ways. */
  async admin(): Promise<Ways> {
    return this.#ways({ admin: true }, this.#organization.admin);
  }

  /** As a party whose key the gateway holds: it must have acted once, then its certificate lies in the keystore. */
  async party(who: ActingParty): Promise<Ways> {
    const name = `${who.party}.${who.role}`;
    const folder = join(this.network.dir, 'gateways', ORGANIZATION, 'keystore', name);
    return this.#ways(
      { admin: false, ...who },
      { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') },
    );
  }

  /** The gateway alone, for a party that has not acted yet. */
  async gatewayOf(claims: { readonly admin: boolean } & Partial<ActingParty>): Promise<GraphQL> {
    const { url, token } = await this.doorOf(claims);
    return graphqlClient(url, token);
  }

  /** The gateway's address, and a token for it. */
  async doorOf(
    claims: { readonly admin: boolean } & Partial<ActingParty>,
  ): Promise<{ readonly url: string; readonly token: string }> {
    const url = this.#organization.gateway;
    if (url === undefined) throw new Error(`${ORGANIZATION} has no gateway`);
    const issuer = await openLocalIssuer(this.network.dir);
    return { url, token: await issuer.token({ org: ORGANIZATION, ...claims }) };
  }

  /** Closes the plain clients. */
  close(): void {
    for (const client of this.#open.splice(0)) client.close();
  }

  async #ways(
    claims: { readonly admin: boolean } & Partial<ActingParty>,
    files: IdentityFiles,
  ): Promise<Ways> {
    const plain = plainClient(this.#organization.peer, files);
    this.#open.push(plain);
    return { graphql: await this.gatewayOf(claims), plain };
  }
}
