import { join } from 'node:path';
import type { ChaincodePackage } from './package-chaincode.js';
import { type Layout, type Organization, organizations } from './layout.js';

/** One program of a network: how it is started, which ports it takes, and where it may die without harm to the others. */
export interface PlannedProcess {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  /** What has to be ready first: its files or its port are needed. */
  readonly after: readonly string[];
}

export interface PlanOptions {
  /** One chaincode process for each organisation instead of one for all. */
  readonly faithful: boolean;
  /** The chaincode as it was packaged: what the definition names is what runs. */
  readonly chaincode: ChaincodePackage;
  /** Blocks are cut at this interval, in milliseconds. */
  readonly batchInterval?: number;
}

/** Organisations with a gateway: the auditor reads from its peer. */
const withGateway = organizations.filter((organization) => organization !== 'auditor');

function network(at: Layout, options: PlanOptions): PlannedProcess {
  const args = [
    '--dir',
    at.dir,
    '--base-port',
    String(at.basePort),
    '--chaincode-version',
    options.chaincode.version,
  ];
  if (options.faithful) args.push('--faithful');
  if (options.batchInterval !== undefined) args.push('--batch-interval', String(options.batchInterval));
  return {
    name: 'network',
    program: at.program('network'),
    args,
    env: {},
    ports: organizations.flatMap((org) => [
      at.port(org, 'orderer'),
      at.port(org, 'peer'),
      at.port(org, 'ca'),
    ]),
    after: [],
  };
}

/** The chaincode as a service (Fabric's own Node runtime): fabric.md names the variables, fabric-shim reads them. */
function chaincode(
  at: Layout,
  name: string,
  organization: Organization,
  options: PlanOptions,
): PlannedProcess {
  const files = join(at.network, 'orgs', organization, 'chaincode');
  const port = at.port(organization, 'chaincode');
  return {
    name,
    program: options.chaincode.main,
    args: [],
    env: {
      CORE_CHAINCODE_ID: options.chaincode.packageId,
      CORE_CHAINCODE_ADDRESS: `127.0.0.1:${String(port)}`,
      CORE_CHAINCODE_TLS_CERT_FILE: join(files, 'cert.pem'),
      CORE_CHAINCODE_TLS_KEY_FILE: join(files, 'key.pem'),
      CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE: join(files, 'client-ca.pem'),
    },
    ports: [port],
    after: ['network'],
  };
}

function gateway(at: Layout, organization: Organization): PlannedProcess {
  const port = at.port(organization, 'gateway');
  return {
    name: `gateway-${organization}`,
    program: at.program('gateway'),
    args: ['--org', organization, '--dir', at.dir, '--port', String(port)],
    env: {},
    ports: [port],
    after: ['network', 'chaincode'],
  };
}

/** The processes of the embedded network in the order in which they start (docs/architecture.md, "Running state"). */
export function plan(at: Layout, options: PlanOptions): readonly PlannedProcess[] {
  const code = options.faithful
    ? organizations.map((organization) => chaincode(at, `chaincode-${organization}`, organization, options))
    : [chaincode(at, 'chaincode', 'customs', options)];
  return [network(at, options), ...code, ...withGateway.map((organization) => gateway(at, organization))];
}

/** Every name that a plan of either mode may use: what `down` and `status` look for. */
export const processNames: readonly string[] = [
  ...withGateway.map((organization) => `gateway-${organization}`),
  'chaincode',
  ...organizations.map((organization) => `chaincode-${organization}`),
  'network',
];
