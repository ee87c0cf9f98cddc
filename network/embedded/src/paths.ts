import { join } from 'node:path';

import type { OrganizationName } from './network.js';

/** Where one organisation's files lie, under `network/orgs/<name>`. */
export interface OrganizationPaths {
  readonly caCert: string;
  readonly caKey: string;
  readonly tlsCaCert: string;
  readonly tlsCaKey: string;
  readonly registrar: string;
  /** What the CA has registered: ids, attributes and hashes of secrets. */
  readonly caIdentities: string;
  /** What the CA has issued and revoked. */
  readonly caCertificates: string;
  /** The TLS roots of all organisations in one file: whom the chaincode's server accepts as clients. */
  readonly chaincodeClientCa: string;
  /** Folder of a Fabric organisation MSP: cacerts, tlscacerts, config.yaml. */
  readonly msp: string;
  /** `cert.pem` and `key.pem` of one identity or TLS endpoint. */
  pair(name: PairName): { readonly cert: string; readonly key: string };
}

/** The key pairs of an organisation that lie on disk: three identities, three TLS endpoints. */
export type PairName = 'peer' | 'orderer' | 'admin' | 'server' | 'chaincode' | 'chaincode-client';

/** The embedded network's own part of the running state (`--dir`). */
export interface NetworkPaths {
  readonly profile: string;
  readonly trust: string;
  /** Everything below is the network's own. */
  readonly root: string;
  readonly orgs: string;
  readonly genesis: string;
  /** Organisations that joined after the channel was founded. */
  readonly joined: string;
  /** Block files, state and the lock. */
  readonly ledger: string;
  organization(name: OrganizationName): OrganizationPaths;
}

export function networkPaths(dir: string): NetworkPaths {
  const root = join(dir, 'network');
  const orgs = join(root, 'orgs');
  return {
    profile: join(dir, 'profile.json'),
    trust: join(dir, 'trust.json'),
    root,
    orgs,
    genesis: join(root, 'genesis.block'),
    joined: join(root, 'organizations.json'),
    ledger: join(root, 'ledger'),
    organization: (name) => organizationPaths(join(orgs, name)),
  };
}

/** The same names inside any folder, because identities are made in one folder and moved to another. */
export function organizationPaths(folder: string): OrganizationPaths {
  return {
    caCert: join(folder, 'ca-cert.pem'),
    caKey: join(folder, 'ca-key.pem'),
    tlsCaCert: join(folder, 'tlsca-cert.pem'),
    tlsCaKey: join(folder, 'tlsca-key.pem'),
    registrar: join(folder, 'registrar.json'),
    caIdentities: join(folder, 'ca-identities.json'),
    caCertificates: join(folder, 'ca-certificates.json'),
    chaincodeClientCa: join(folder, 'chaincode', 'client-ca.pem'),
    msp: join(folder, 'msp'),
    pair: (name) => ({ cert: join(folder, name, 'cert.pem'), key: join(folder, name, 'key.pem') }),
  };
}
