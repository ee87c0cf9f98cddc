import { join } from 'node:path';
import type { ChaincodePackage } from './package-chaincode.js';
import { type Layout, type Organization, organizations } from './layout.js';

/** One program of a network: how it is started, which ports it takes, and where it may die without harm to the others. */
export interface PlannedProcess {
  readonly name: string;
  /** A file: compiled JavaScript, which Node runs, or a program of the machine's own. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  /** What has to be ready first: its files or its port are needed. */
  readonly after: readonly string[];
  /** What it writes to its log when it serves. Without it this is a step: it is ready when it has ended well. */
  readonly readyText?: string;
}

/** A program of ours says in one line of JSON that it serves. */
const readyText = '{"ready":true';

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
  if (options.chaincode.collections !== undefined) args.push('--collections', options.chaincode.collections);
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
    readyText,
  };
}

/** The chaincode as a service (Fabric's own Node runtime): fabric.md names the variables, fabric-shim reads them. */
function chaincode(
  at: Layout,
  name: string,
  organization: Organization,
  code: ChaincodePackage,
  after: string,
): PlannedProcess {
  const files = join(at.network, 'orgs', organization, 'chaincode');
  const port = at.port(organization, 'chaincode');
  return {
    name,
    program: code.main,
    args: [],
    env: {
      CORE_CHAINCODE_ID: code.packageId,
      CORE_CHAINCODE_ADDRESS: `127.0.0.1:${String(port)}`,
      CORE_CHAINCODE_TLS_CERT_FILE: join(files, 'cert.pem'),
      CORE_CHAINCODE_TLS_KEY_FILE: join(files, 'key.pem'),
      CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE: join(files, 'client-ca.pem'),
    },
    ports: [port],
    after: [after],
    readyText,
  };
}

function gateway(at: Layout, organization: Organization, after: readonly string[]): PlannedProcess {
  const port = at.port(organization, 'gateway');
  return {
    name: `gateway-${organization}`,
    program: at.program('gateway'),
    args: ['--org', organization, '--dir', at.dir, '--port', String(port)],
    env: {},
    ports: [port],
    after,
    readyText,
  };
}

/** The processes of the embedded network in the order in which they start (docs/architecture.md, "Running state"). */
export function plan(at: Layout, options: PlanOptions): readonly PlannedProcess[] {
  const code = options.faithful
    ? onePerOrganization(at, options.chaincode, 'network')
    : [chaincode(at, 'chaincode', 'customs', options.chaincode, 'network')];
  return [network(at, options), ...code, ...gateways(at, ['network', 'chaincode'])];
}

/**
 * The processes and steps of a network of Fabric's own programs, which `network/fabric` plans, and what it does not know of:
 * each organisation's chaincode, and the gateways.
 */
export function fabricPlan(
  at: Layout,
  ofFabric: readonly PlannedProcess[],
  code: ChaincodePackage,
): readonly PlannedProcess[] {
  return [...ofFabric, ...onePerOrganization(at, code, 'identities'), ...gateways(at, ['definition'])];
}

function onePerOrganization(at: Layout, code: ChaincodePackage, after: string): readonly PlannedProcess[] {
  return organizations.map((organization) =>
    chaincode(at, `chaincode-${organization}`, organization, code, after),
  );
}

function gateways(at: Layout, after: readonly string[]): readonly PlannedProcess[] {
  return withGateway.map((organization) => gateway(at, organization, after));
}

const ofEach = (program: string): readonly string[] =>
  organizations.map((organization) => `${program}-${organization}`);

/** Every name that a plan may use, in the groups in which `down` stops them, one group after the other. */
export const stopOrder: readonly (readonly string[])[] = [
  withGateway.map((organization) => `gateway-${organization}`),
  ['chaincode', ...ofEach('chaincode')],
  ['network', ...ofEach('peer')],
  ofEach('orderer'),
  ofEach('ca'),
];

/** Every name that a plan may use: what `status` looks for. */
export const processNames: readonly string[] = stopOrder.flat();

/** The processes of a network without gateways and chaincode, by which `status` and `doctor` know it. */
export const networkProcesses = {
  embedded: ['network'],
  fabric: [...ofEach('peer'), ...ofEach('orderer'), ...ofEach('ca')],
} as const;
