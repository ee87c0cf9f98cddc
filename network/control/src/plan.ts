import { join } from 'node:path';
import { heldNetwork, type NetworkKind } from './held-network.js';
import { joiningText } from './joined-organization.js';
import type { ChaincodePackage } from './package-chaincode.js';
import type { Layout } from './layout.js';
import { type Member, members } from './members.js';
import type { PlannedProcess } from './planned-process.js';

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

function network(at: Layout, options: PlanOptions): PlannedProcess {
  const all = members(at);
  const args = [
    '--dir',
    at.dir,
    '--base-port',
    String(at.basePort),
    '--chaincode-version',
    options.chaincode.version,
  ];
  if (options.chaincode.collections !== undefined) args.push('--collections', options.chaincode.collections);
  for (const one of heldNetwork(at)?.joined ?? []) args.push('--organization', joiningText(one));
  if (options.faithful) args.push('--faithful');
  if (options.batchInterval !== undefined) args.push('--batch-interval', String(options.batchInterval));
  return {
    name: 'network',
    program: at.program('network'),
    args,
    env: {},
    ports: all.flatMap((one) => [
      ...(one.orders ? [at.port(one, 'orderer')] : []),
      at.port(one, 'peer'),
      at.port(one, 'ca'),
    ]),
    after: [],
    readyText,
  };
}

/** Where a chaincode server listens. */
interface Site {
  readonly host: string;
  readonly port: number;
}

function firstSite(at: Layout, organization: Member): Site {
  return { host: organization.host ?? '127.0.0.1', port: at.port(organization, 'chaincode') };
}

/** The second peer's ports are those of the first and this (network/fabric, topology.ts). */
const secondPeerOffset = 100;

/** That of an organisation's second peer, where it has one. */
function secondSite(at: Layout, organization: Member): readonly Site[] {
  const { secondHost: host } = organization;
  return host === undefined ? [] : [{ host, port: at.port(organization, 'chaincode') + secondPeerOffset }];
}

/** The chaincode as a service (Fabric's own Node runtime): fabric.md names the variables, fabric-shim reads them. */
function chaincode(
  at: Layout,
  name: string,
  organization: Member,
  code: ChaincodePackage,
  after: string,
  { host, port }: Site = firstSite(at, organization),
): PlannedProcess {
  const files = join(at.network, 'orgs', organization.name, 'chaincode');
  return {
    name,
    program: code.main,
    args: [],
    env: {
      CORE_CHAINCODE_ID: code.packageId,
      CORE_CHAINCODE_ADDRESS: `${host}:${String(port)}`,
      CORE_CHAINCODE_TLS_CERT_FILE: join(files, 'cert.pem'),
      CORE_CHAINCODE_TLS_KEY_FILE: join(files, 'key.pem'),
      CORE_CHAINCODE_TLS_CLIENT_CACERT_FILE: join(files, 'client-ca.pem'),
    },
    host,
    ports: [port],
    after: [after],
    readyText,
  };
}

/**
 * Room for new objects in each of a gateway's threads, in MB, before Node looks which are still needed. Answers are short-lived: with
 * Node's own choice a busy gateway holds half as much memory again, and saves little processor time.
 */
const YOUNG_MEGABYTES = 4;

/**
 * By how much, in percent, what a gateway's threads hold may grow before Node looks which of it is still needed. Long answers are texts
 * that stay until then: with Node's own choice a gateway that gives many of them grows by twice as much.
 */
const GROWING_PERCENT = 100;

function gateway(at: Layout, organization: Member, after: readonly string[]): PlannedProcess {
  const port = at.port(organization, 'gateway');
  return {
    name: `gateway-${organization.name}`,
    program: at.program('gateway'),
    args: ['--org', organization.name, '--dir', at.dir, '--port', String(port)],
    nodeOptions: [
      `--max-semi-space-size=${String(YOUNG_MEGABYTES)}`,
      `--heap-growing-percent=${String(GROWING_PERCENT)}`,
    ],
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
    : members(at)
        .slice(0, 1)
        .map((customs) => chaincode(at, 'chaincode', customs, options.chaincode, 'network'));
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
  return members(at).flatMap((one) => [
    chaincode(at, `chaincode-${one.name}`, one, code, after),
    ...secondSite(at, one).map((site) => chaincode(at, `chaincode2-${one.name}`, one, code, after, site)),
  ]);
}

/** The gateways, and the local issuer whose keys they ask for. */
function gateways(at: Layout, after: readonly string[]): readonly PlannedProcess[] {
  const some = withGateway(at).map((one) => gateway(at, one, [...after, 'issuer']));
  return some.length === 0 ? [] : [issuer(at), ...some];
}

/** It listens beside the first organisation of the folder. */
function issuer(at: Layout): PlannedProcess {
  const [first] = members(at);
  const port = at.port(first ?? { index: 0 }, 'issuer');
  return {
    name: 'issuer',
    program: at.program('issuer'),
    args: ['--dir', at.dir, '--port', String(port)],
    env: {},
    ports: [port],
    after: [],
    readyText,
  };
}

/** Organisations with a gateway: the auditor reads from its peer. */
export function withGateway(at: Layout): readonly Member[] {
  return members(at).filter(({ hasGateway }) => hasGateway);
}

const ofEach = (program: string, some: readonly Member[]): readonly string[] =>
  some.map(({ name }) => `${program}-${name}`);

/** Names of the processes that run chaincode: one for all in fast mode, one for each organisation otherwise. */
export function chaincodeProcesses(at: Layout): readonly string[] {
  return ['chaincode', ...ofEach('chaincode', members(at)), ...ofEach('chaincode2', withSecondPeer(at))];
}

/** Every name that a plan may use, in the groups in which `down` stops them, one group after the other. */
export function stopOrder(at: Layout): readonly (readonly string[])[] {
  const all = members(at);
  return [
    ofEach('gateway', withGateway(at)),
    withGateway(at).length === 0 ? [] : ['issuer'],
    chaincodeProcesses(at),
    ['network', ...peerProcesses(at)],
    ordererProcesses(all),
    ofEach('ca', all),
  ];
}

/** Every name that a plan may use: what `status` looks for. */
export function processNames(at: Layout): readonly string[] {
  return stopOrder(at).flat();
}

/** The processes of a network without gateways and chaincode, by which `status` and `doctor` know it. */
export function networkProcesses(at: Layout, kind: NetworkKind): readonly string[] {
  if (kind === 'embedded') return ['network'];
  const all = members(at);
  return [...peerProcesses(at), ...ordererProcesses(all), ...ofEach('ca', all)];
}

function withSecondPeer(at: Layout): readonly Member[] {
  return members(at).filter(({ secondHost }) => secondHost !== undefined);
}

function peerProcesses(at: Layout): readonly string[] {
  return [...ofEach('peer', members(at)), ...ofEach('peer2', withSecondPeer(at))];
}

function ordererProcesses(all: readonly Member[]): readonly string[] {
  return ofEach(
    'orderer',
    all.filter(({ orders }) => orders),
  );
}
