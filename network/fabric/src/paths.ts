import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { OrganizationName, PeerSite } from './topology.js';

/** A certificate and its key, as PEM files. */
export interface PairFiles {
  readonly cert: string;
  readonly key: string;
}

/** The files of one node or of the administrator: who it is (`msp`) and how it speaks TLS (`tls`). */
export interface MemberFiles {
  readonly folder: string;
  readonly msp: string;
  readonly identity: PairFiles;
  readonly tls: PairFiles;
}

/** Members with an identity on the channel. */
export type MemberName = PeerSite['name'] | 'orderer' | 'admin';

/** One organisation's files, below `network/orgs/<name>`. */
export interface OrganizationFiles {
  readonly folder: string;
  /** Home of the CA server; `ca` and `tlsca` below it. */
  readonly caHome: string;
  readonly caCert: string;
  readonly tlsCaCert: string;
  readonly registrar: string;
  /** The organisation's MSP as the channel's configuration holds it. */
  readonly msp: string;
  readonly chaincodeTls: PairFiles;
  readonly chaincodeClientCa: string;
  /** What of an organisation that joined is done: how far it has come. */
  readonly admitted: string;
  /** What the other organisations may know: see `card.ts`. */
  readonly card: string;
  /** Where a peer finds its chaincode server: read by the external builder. */
  chaincodeServer(peer: PeerSite['name']): string;
  member(name: MemberName): MemberFiles;
}

export interface FabricPaths {
  readonly dir: string;
  readonly profile: string;
  readonly trust: string;
  /** Whose folder it is, where one organisation has it for itself. */
  readonly organizationFile: string;
  /** Holds configtx.yaml; paths in it are relative to here. */
  readonly network: string;
  readonly genesis: string;
  /** The collections of the definition that was committed last, as the chaincode listed them. */
  readonly collections: string;
  organization(name: OrganizationName): OrganizationFiles;
}

const packageRoot = fileURLToPath(new URL('..', import.meta.url));

/** Folder of the configuration templates. */
export const TEMPLATES = join(packageRoot, 'config');

/** The external builder, which peers run from here. */
export const BUILDER = join(packageRoot, 'builder');

/** Where everything of the network in `dir` lies (docs/architecture.md, "Running state"). */
export function fabricPaths(dir: string): FabricPaths {
  const root = resolve(dir);
  const network = join(root, 'network');
  return {
    dir: root,
    profile: join(root, 'profile.json'),
    trust: join(root, 'trust.json'),
    organizationFile: join(root, 'organization.json'),
    network,
    genesis: join(network, 'genesis.block'),
    collections: join(network, 'collections.json'),
    organization: (name) => organizationFiles(join(network, 'orgs', name)),
  };
}

function organizationFiles(folder: string): OrganizationFiles {
  const caHome = join(folder, 'ca');
  const chaincode = join(folder, 'chaincode');
  return {
    folder,
    caHome,
    caCert: join(caHome, 'ca', 'ca-cert.pem'),
    tlsCaCert: join(caHome, 'tlsca', 'ca-cert.pem'),
    registrar: join(caHome, 'registrar.json'),
    msp: join(folder, 'msp'),
    admitted: join(folder, 'member.json'),
    chaincodeTls: pair(chaincode),
    chaincodeClientCa: join(chaincode, 'client-ca.pem'),
    card: join(folder, 'card.json'),
    chaincodeServer: (peer) => join(chaincode, peer === 'peer' ? 'server.json' : `server-${peer}.json`),
    member: (name) => memberFiles(join(folder, name)),
  };
}

function memberFiles(folder: string): MemberFiles {
  const msp = join(folder, 'msp');
  return {
    folder,
    msp,
    identity: { cert: join(msp, 'signcerts', 'cert.pem'), key: join(msp, 'keystore', 'key.pem') },
    tls: pair(join(folder, 'tls')),
  };
}

function pair(folder: string): PairFiles {
  return { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
}
