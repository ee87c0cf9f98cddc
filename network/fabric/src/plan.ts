import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FabricPaths } from './paths.js';
import type { Programs } from './programs.js';
import { type Organization, peersOf, type PeerSite } from './topology.js';

/** One process or one step of the network, as `network/control` runs it; the form in which `prepare` prints it. */
export interface Planned {
  readonly name: string;
  /** A compiled program of ours, which Node runs, or one of Fabric's. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it listens, and on which ports. */
  readonly host: string;
  readonly ports: readonly number[];
  /** Names, or what they begin with before the dash, of what has to be ready first. */
  readonly after: readonly string[];
  /** What it writes to its log when it serves; a step has none: it is ready when it has ended well. */
  readonly readyText?: string;
}

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

/** The steps of a bring-up, in order: subcommands of `main.js`. */
export type StepName = 'identities' | 'channel' | 'membership' | 'definition';

/** Lines without colours, which a log file is not made for. */
const FABRIC_LOGGING_FORMAT = '%{time:2006-01-02 15:04:05.000 MST} %{level} [%{module}] %{message}';

const STEP_NEEDS: Readonly<Record<StepName, readonly string[]>> = {
  identities: ['ca'],
  channel: ['orderer', 'peer', 'peer2'],
  membership: ['channel', 'orderer', 'peer'],
  definition: ['channel', 'membership', 'orderer', 'peer', 'peer2', 'chaincode', 'chaincode2'],
};

/**
 * Fabric's processes and the steps between them. Chaincode servers and gateways, which are not Fabric's, are planned by
 * `network/control`; `definition` waits for the chaincode servers.
 *
 * @param own the organisations whose programs run here
 * @param steps the steps that are not done yet
 * @param stepArgs the arguments of every step
 */
export function plan(
  paths: FabricPaths,
  own: readonly Organization[],
  programs: Programs,
  steps: readonly StepName[],
  stepArgs: readonly string[],
): readonly Planned[] {
  return [
    ...own.flatMap((organization) => [
      ca(paths, organization, programs),
      ...(organization.orders ? [orderer(paths, organization, programs)] : []),
      ...peersOf(organization).map((site) => peer(paths, organization, site, programs)),
    ]),
    ...steps.map((name) => ({
      name,
      program: MAIN,
      args: [name, ...stepArgs],
      env: {},
      host: '',
      ports: [],
      after: STEP_NEEDS[name],
    })),
  ];
}

function ca(paths: FabricPaths, { name, host, port }: Organization, programs: Programs): Planned {
  const { caHome } = paths.organization(name);
  return {
    name: `ca-${name}`,
    program: programs['fabric-ca-server'],
    args: [
      'start',
      '--home',
      `${caHome}/ca`,
      '--address',
      host,
      '--cafiles',
      `${caHome}/tlsca/fabric-ca-server-config.yaml`,
    ],
    env: {},
    host,
    ports: [port.ca, port.caOperations],
    after: [],
    readyText: 'Listening on https',
  };
}

function orderer(paths: FabricPaths, { name, host, port }: Organization, programs: Programs): Planned {
  return {
    name: `orderer-${name}`,
    program: programs.orderer,
    args: ['start'],
    env: {
      FABRIC_CFG_PATH: paths.organization(name).member('orderer').folder,
      FABRIC_LOGGING_FORMAT,
      FABRIC_LOGGING_SPEC: 'warning:orderer.common.server=info',
    },
    host,
    ports: [port.orderer, port.ordererAdmin, port.ordererOperations],
    after: ['identities'],
    readyText: 'Beginning to serve requests',
  };
}

function peer(
  paths: FabricPaths,
  { name }: Organization,
  { name: peerName, host, port }: PeerSite,
  programs: Programs,
): Planned {
  const files = paths.organization(name);
  return {
    name: `${peerName}-${name}`,
    program: programs.peer,
    args: ['node', 'start'],
    env: {
      FABRIC_CFG_PATH: files.member(peerName).folder,
      FABRIC_LOGGING_FORMAT,
      FABRIC_LOGGING_SPEC: 'warning:nodeCmd=info',
      PASSAGE_CHAINCODE_SERVER: files.chaincodeServer(peerName),
      // The peer runs the external builder, which is written for Node.
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    },
    host,
    ports: [port.peer, port.peerChaincode, port.peerOperations],
    after: ['identities'],
    readyText: 'Started peer with ID',
  };
}
