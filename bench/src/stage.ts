import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { openLocalIssuer } from '@passage/gateway-api';
import type { Layout } from '@passage/network-control';

import type { BenchNetwork } from './bench-network.js';
import { type GraphQL, graphqlClient } from './graphql-client.js';
import { type IdentityFiles, type Peer, plainClient, type PlainClient } from './plain-client.js';

/** Whose gateway and peer are measured. */
const ORGANIZATION = 'business';

/** A party of the organisation, and the role in which it acts. */
export interface ActingParty {
  readonly party: string;
  readonly role: 'warehouse';
}

/** Both ways to the same peer, for the same identity: through our gateway, and with the plain client. */
export interface Ways {
  readonly graphql: GraphQL;
  readonly plain: PlainClient;
}

interface ProfileOrganization {
  readonly name: string;
  readonly mspId: string;
  readonly peer: { readonly address: string; readonly tlsRootCert: string };
  readonly admin: IdentityFiles;
  readonly gateway?: { readonly url: string };
}

interface Profile {
  readonly channel: string;
  readonly chaincode: string;
  readonly organizations: readonly ProfileOrganization[];
}

/** A running network with what is needed to speak to one organisation of it. */
export class Stage {
  readonly network: BenchNetwork;
  readonly #layout: Layout;
  readonly #organization: ProfileOrganization;
  readonly #peer: Peer;
  readonly #open: PlainClient[] = [];

  constructor(network: BenchNetwork) {
    this.network = network;
    this.#layout = network.layout;
    const { profile } = network.layout;
    const { channel, chaincode, organizations } = JSON.parse(readFileSync(profile, 'utf8')) as Profile;
    const organization = organizations.find(({ name }) => name === ORGANIZATION);
    if (organization === undefined) throw new Error(`the profile has no organisation ${ORGANIZATION}`);
    const { mspId, peer } = organization;
    const tlsRootCert = resolve(dirname(profile), peer.tlsRootCert);
    this.#organization = organization;
    this.#peer = { mspId, address: peer.address, tlsRootCert, channel, chaincode };
  }

  /** As the organisation's administrator: the same certificate both ways. */
  async admin(): Promise<Ways> {
    const { cert, key } = this.#organization.admin;
    const folder = dirname(this.#layout.profile);
    return this.#ways({ admin: true }, { cert: resolve(folder, cert), key: resolve(folder, key) });
  }

  /** As a party whose key the gateway holds: it must have acted once, then its certificate lies in the keystore. */
  async party(who: ActingParty): Promise<Ways> {
    const name = `${who.party}.${who.role}`;
    const folder = join(this.#layout.dir, 'gateways', ORGANIZATION, 'keystore', name);
    return this.#ways(
      { admin: false, ...who },
      { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') },
    );
  }

  /** The gateway alone, for a party that has not acted yet. */
  async gatewayOf(claims: { readonly admin: boolean } & Partial<ActingParty>): Promise<GraphQL> {
    const url = this.#organization.gateway?.url;
    if (url === undefined) throw new Error(`${ORGANIZATION} has no gateway`);
    const issuer = await openLocalIssuer(this.#layout.dir);
    return graphqlClient(url, await issuer.token({ org: ORGANIZATION, ...claims }));
  }

  /** Closes the plain clients. */
  close(): void {
    for (const client of this.#open.splice(0)) client.close();
  }

  async #ways(
    claims: { readonly admin: boolean } & Partial<ActingParty>,
    files: IdentityFiles,
  ): Promise<Ways> {
    const plain = plainClient(this.#peer, files);
    this.#open.push(plain);
    return { graphql: await this.gatewayOf(claims), plain };
  }
}
