import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The organisations that found a channel, in the order in which their ports count. The auditor's has no gateway. */
export const organizations = ['customs', 'port', 'business', 'auditor'] as const;

export type Organization = (typeof organizations)[number];

/** First of the ports where nobody says otherwise. */
export const defaultBasePort = 7400;

const portsPerOrganization = 10;

/** What listens at an organisation, by the offset of its port; Fabric's own programs take the others up to 9, and 101 to 108. */
const offsets = { orderer: 0, peer: 1, ca: 2, chaincode: 3, gateway: 4, issuer: 109 } as const;

/** Where everything of one running network lies: files below `dir`, ports from `basePort`, programs of this checkout. */
export interface Layout {
  readonly dir: string;
  readonly basePort: number;
  readonly profile: string;
  readonly trust: string;
  /** Which network the folder holds. */
  readonly held: string;
  /** Whose folder it is, where one organisation has it for itself. */
  readonly ownOrganization: string;
  readonly network: string;
  readonly chaincodeFolder: string;
  program(name: keyof typeof programs): string;
  /** Folder of the block files of customs' peer: the embedded network keeps one copy for all, Fabric's peer its own. */
  blocks(network: 'embedded' | 'fabric'): string;
  /** @param organization a founder by its name, or any by its place among all */
  port(organization: Organization | { readonly index: number }, service: keyof typeof offsets): number;
  runFile(process: string): string;
  logFile(process: string): string;
}

const repository = fileURLToPath(new URL('../../..', import.meta.url));

const programs = {
  network: join(repository, 'network/embedded/dist/main.js'),
  fabric: join(repository, 'network/fabric/dist/main.js'),
  gateway: join(repository, 'gateway-api/dist/main.js'),
  issuer: join(repository, 'gateway-api/dist/issuer.js'),
} as const;

const blockFolders = {
  embedded: 'ledger',
  fabric: 'orgs/customs/peer/data/ledgersData/chains/chains/passage',
} as const;

function placeOf(organization: Organization | { readonly index: number }): number {
  return typeof organization === 'string' ? organizations.indexOf(organization) : organization.index;
}

/** The layout of docs/architecture.md, "Running state". */
export function layout(dir: string, basePort: number): Layout {
  const folder = resolve(dir);
  return {
    dir: folder,
    basePort,
    profile: join(folder, 'profile.json'),
    trust: join(folder, 'trust.json'),
    held: join(folder, 'network.json'),
    ownOrganization: join(folder, 'organization.json'),
    network: join(folder, 'network'),
    chaincodeFolder: join(repository, 'chaincode'),
    program: (name) => programs[name],
    blocks: (network) => join(folder, 'network', blockFolders[network]),
    port: (organization, service) =>
      basePort + portsPerOrganization * placeOf(organization) + offsets[service],
    runFile: (process) => join(folder, 'run', `${process}.json`),
    logFile: (process) => join(folder, 'logs', `${process}.log`),
  };
}
