import { relative, sep } from 'node:path';

import type { Organization } from '../network.js';
import { CHAINCODE, CHANNEL } from '../organizations.js';
import type { NetworkPaths } from '../paths.js';

/** The connection profile, `profile.json`; its schema is network/schemas/profile.schema.json. Paths are relative to it. */
export interface Profile {
  readonly format: 'passage-profile-1';
  readonly network: 'embedded';
  readonly channel: string;
  readonly chaincode: string;
  readonly organizations: readonly ProfileOrganization[];
}

export interface ProfileOrganization {
  readonly name: string;
  readonly mspId: string;
  readonly peer: ProfileNode;
  /** Its own orderer; for one that does not order, the orderer of customs. */
  readonly orderer: ProfileNode;
  readonly ca: {
    readonly url: string;
    readonly name: string;
    readonly tlsRootCert: string;
    readonly registrar: string;
  };
  readonly admin: { readonly cert: string; readonly key: string };
  /** The auditor has none. */
  readonly gateway?: { readonly url: string };
}

export interface ProfileNode {
  /** `host:port`; the host is a name in the node's TLS certificate. */
  readonly address: string;
  readonly tlsRootCert: string;
}

/** The trust file, `trust.json`: where trust starts. Its schema is network/schemas/trust.schema.json. */
export interface Trust {
  readonly format: 'passage-trust-1';
  readonly network: 'embedded';
  readonly channel: string;
  /** SHA-256 header hash of block 0, 64 hex digits. */
  readonly genesisHash: string;
}

/**
 * Describes how to reach the network. It never says what to trust.
 *
 * @param ordering those of the organisations that order, customs first
 */
export function buildProfile(
  organizations: readonly Organization[],
  ordering: readonly Organization[],
  dir: string,
  paths: NetworkPaths,
): Profile {
  return {
    format: 'passage-profile-1',
    network: 'embedded',
    channel: CHANNEL,
    chaincode: CHAINCODE,
    organizations: organizations.map((organization) => {
      const orderer = ordering.includes(organization) ? organization : (ordering[0] ?? organization);
      return describe(organization, orderer, dir, paths);
    }),
  };
}

export function buildTrust(genesisHash: string): Trust {
  return { format: 'passage-trust-1', network: 'embedded', channel: CHANNEL, genesisHash };
}

function describe(
  { name, mspId, ports }: Organization,
  orderer: Organization,
  dir: string,
  paths: NetworkPaths,
): ProfileOrganization {
  const files = paths.organization(name);
  const inProfile = (path: string): string => relative(dir, path).split(sep).join('/');
  const tlsRootCert = inProfile(files.tlsCaCert);
  const { cert, key } = files.pair('admin');
  return {
    name,
    mspId,
    peer: { address: `localhost:${ports.peer}`, tlsRootCert },
    orderer: {
      address: `localhost:${orderer.ports.orderer}`,
      tlsRootCert: inProfile(paths.organization(orderer.name).tlsCaCert),
    },
    ca: {
      url: `https://localhost:${ports.ca}`,
      name: 'ca',
      tlsRootCert,
      registrar: inProfile(files.registrar),
    },
    admin: { cert: inProfile(cert), key: inProfile(key) },
    ...(name !== 'auditor' && { gateway: { url: `http://127.0.0.1:${ports.gateway}/graphql` } }),
  };
}
