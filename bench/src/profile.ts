import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import type { Layout } from '@passage/network-control';

import type { IdentityFiles, Peer } from './plain-client.js';

/** What of an organisation in the connection profile is measured through. */
export interface BenchOrganization {
  readonly peer: Peer;
  readonly admin: IdentityFiles;
  /** URL of its gateway. */
  readonly gateway?: string;
}

interface Profile {
  readonly channel: string;
  readonly chaincode: string;
  readonly organizations: readonly {
    readonly name: string;
    readonly mspId: string;
    readonly peer: { readonly address: string; readonly tlsRootCert: string };
    readonly admin: IdentityFiles;
    readonly gateway?: { readonly url: string };
  }[];
}

/** An organisation of the running network, as its connection profile describes it. */
export function organizationOf({ profile }: Layout, name: string): BenchOrganization {
  const { channel, chaincode, organizations } = JSON.parse(readFileSync(profile, 'utf8')) as Profile;
  const found = organizations.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the profile has no organisation ${name}`);
  const file = (path: string): string => resolve(dirname(profile), path);
  const { mspId, peer, admin, gateway } = found;
  return {
    peer: { mspId, address: peer.address, tlsRootCert: file(peer.tlsRootCert), channel, chaincode },
    admin: { cert: file(admin.cert), key: file(admin.key) },
    ...(gateway && { gateway: gateway.url }),
  };
}
